// Paper forms: printing them.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/file.h"
#include "inspection/inspections.h"
#include "inspection/record.h"
#include "inspection/results.h"
#include "paper/form_pdf.h"
#include "paper/reference.h"

namespace perspective::inspection {
namespace {

std::optional<paper::Style> style_from(std::string_view text) {
  if (text == "standard") return paper::Style::standard;
  if (text == "large-print") return paper::Style::large_print;
  if (text == "easy-read") return paper::Style::easy_read;
  return std::nullopt;
}

Result<text::Catalogue> paper_words(const std::filesystem::path& assets, const std::string& language) {
  const auto json = read_text(assets / "paper" / (language + ".json"));
  if (!json && json.error().code == ErrorCode::not_found) {
    return fail(
        ErrorCode::not_found,
        fmt::format("there are no paper forms in '{0}': the collector's assets have no paper/{0}.json", language));
  }
  if (!json) return std::unexpected(json.error());
  return text::Catalogue::parse(*json, language);
}

struct Chosen {
  survey::Questionnaire questionnaire;
  const protocol::PackedQuestionnaire* packed = nullptr;
};

Result<Chosen> chosen_from(const Record& record, const std::string& id) {
  if (id.empty() && record.chapters.size() > 1) {
    return fail(ErrorCode::invalid,
                fmt::format("name one of its questionnaires: {}", fmt::join(record.chapters, ", ")));
  }
  const std::string& wanted = id.empty() ? record.chapters.front() : id;
  const auto found = record.package.questionnaires.find(wanted);
  if (found == record.package.questionnaires.end()) {
    return fail(ErrorCode::not_found, fmt::format("this inspection has no questionnaire '{}'; it has {}", wanted,
                                                  fmt::join(record.chapters, ", ")));
  }
  auto questionnaire = survey::Questionnaire::parse(found->second.definition);
  if (!questionnaire) return std::unexpected(questionnaire.error());
  return Chosen{*std::move(questionnaire), &found->second};
}

Result<void> check_printable(const store::InspectionHead& head) {
  const auto state = state_of(head.state, head.id);
  if (!state) return std::unexpected(state.error());
  if (is_past_fieldwork(*state)) return fail(ErrorCode::conflict, "fieldwork of '" + head.id + "' has ended");
  return {};
}

// A hundred forms of ours have 12 000 lines. Of a questionnaire of 1 500 questions with 30 answers each, a hundred are
// five gigabytes that are made in memory.
constexpr std::size_t kMostLines = 20'000;

Result<void> check_copies(const survey::Questionnaire& questionnaire, std::size_t copies) {
  std::size_t lines = 0;  // questions and answers
  for (const auto& item : questionnaire.items) lines += 1 + survey::options_of(item).size();
  const auto most =
      std::clamp<std::size_t>(kMostLines / std::max<std::size_t>(lines, 1), 1, Inspections::kMaxFormsAtOnce);
  if (copies >= 1 && copies <= most) return {};
  return fail(ErrorCode::invalid, fmt::format("1 to {} forms of this questionnaire at once; ask again for more", most));
}

Result<std::string> language_for(const Record& record, const std::string& wanted) {
  const std::string& language = wanted.empty() ? record.package.languages.front() : wanted;
  if (auto checked = check_language(record, language); !checked) return std::unexpected(checked.error());
  return language;
}

}  // namespace

Result<PaperQuestions> Inspections::paper_questions(std::string_view inspection, const std::string& questionnaire,
                                                    const std::string& language) {
  const auto stored = store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  const auto wanted = language_for(*record, language);
  if (!wanted) return std::unexpected(wanted.error());
  const auto chosen = chosen_from(*record, questionnaire);
  if (!chosen) return std::unexpected(chosen.error());
  return PaperQuestions{chosen->packed->definition, *wanted, chosen->packed->texts.at(*wanted)};
}

Result<std::string> Inspections::paper_forms(std::string_view inspection, const PaperForms& wanted) {
  const auto stored = store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  if (auto may = check_printable(stored->head); !may) return std::unexpected(may.error());
  const auto style = style_from(wanted.style);
  if (!style) return fail(ErrorCode::invalid, "a form may be standard, large-print or easy-read");
  const auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  const auto asked_for = language_for(*record, wanted.language);
  if (!asked_for) return std::unexpected(asked_for.error());
  const std::string& language = *asked_for;
  const auto chosen = chosen_from(*record, wanted.questionnaire);
  if (!chosen) return std::unexpected(chosen.error());
  if (auto may = check_copies(chosen->questionnaire, wanted.copies); !may) return std::unexpected(may.error());
  const auto words = paper_words(setting_.assets, language);
  if (!words) return std::unexpected(words.error());
  const auto texts = text::Catalogue::parse(chosen->packed->texts.at(language), language);
  if (!texts) return std::unexpected(texts.error());
  const auto form =
      paper::form_of(chosen->questionnaire, *texts, *words,
                     {.area = record->package.area, .style = *style, .has_token = record->package.tokens.has_value()});
  if (!form) return std::unexpected(form.error());
  std::vector<std::string> references;
  while (references.size() < wanted.copies) references.push_back(paper::draw_reference(record->package.salt));
  return paper::forms_pdf(*form, *style, *words, chosen->packed->pictures, references);
}

}  // namespace perspective::inspection
