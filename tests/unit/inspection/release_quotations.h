// Readers of whom some are asked what they wish for, and what a release quotes of it.
#pragma once

#include <string>
#include <vector>

#include "inspection/releases.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {

class QuotationsOfARelease : public Collector {
 protected:
  // Where only those who come every month are asked what they wish for.
  void create_asking_only_monthly_readers(bool is_in_welsh_too = false) {
    auto inspection = new_inspection("lewes");
    if (is_in_welsh_too) {
      inspection.languages = {"en", "cy"};
      inspection.questionnaires = {{kReaders,
                                    {{"en", kReadersTexts}, {"cy", kReadersTextsInWelsh}},
                                    {{"en", kReadersSection}, {"cy", kReadersSectionInWelsh}}}};
    }
    auto& definition = inspection.questionnaires.front().definition;
    const std::string wishes = R"("variable": "wishes",)";
    const auto at = definition.find(wishes);
    ASSERT_NE(at, std::string::npos);
    definition.insert(at + wishes.size(), R"( "relevant": "${comes} = 'monthly'",)");
    const auto created = inspections_->create(inspection);
    ASSERT_TRUE(created) << created.error().what;
  }
  static survey::Submission monthly_reader(const std::string& words = {}) {
    auto reader = weekly_reader(words);
    reader.answers["comes"] = survey::Choice{"monthly"};
    return reader;
  }
  static survey::Submission weekly_reader_who_was_not_asked() {
    auto reader = weekly_reader();
    reader.absent["wishes"] = survey::Absence::not_asked;
    return reader;
  }
  void end_fieldwork() {
    ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
    ASSERT_TRUE(unlock());
  }
  void choose_and_read(const std::string& words) {
    ASSERT_TRUE(inspections_->choose("lewes", {.reference = reference_of(words), .is_sic = false, .words = {}}));
    const auto read = inspections_->prepare("lewes", {reference_of(words), MarkRead{}, "ada"});
    ASSERT_TRUE(inspections_->keep("lewes", *read));
  }
  Releases releases() { return Releases(*inspections_); }
  std::string section() { return report::to_text(*releases().document("lewes", "en")); }
};

}  // namespace perspective::inspection
