// Whose words a release quotes (RELEASES.md).
#include <map>
#include <utility>

#include "inspection/releases.h"
#include "release/quotable.h"

namespace perspective::inspection {
namespace {

using release::Quotable;

std::string name_of(Quotable outcome) {
  switch (outcome) {
    case Quotable::too_few_asked:
      return "too_few_asked";
    case Quotable::too_many_words:
      return "too_many_words";
    case Quotable::quoted_already:
      return "quoted_already";
    case Quotable::yes:
      break;
  }
  return {};
}

}  // namespace

Result<Releases::Quoted> Releases::quoted_in(const release::Release& release, const Responses& responses,
                                             Opened& opened, const std::string& language) {
  auto chosen = opened.release_quotations(language, responses);
  if (!chosen) return std::unexpected(chosen.error());
  const auto questionnaires = questionnaires_of(opened.record());
  if (!questionnaires) return std::unexpected(questionnaires.error());
  Quoted quoted;
  for (const auto& questionnaire : *questionnaires) {
    const auto* part = release.part(questionnaire.id);
    if (part == nullptr) continue;
    std::vector<Opened::ReleaseQuotation*> here;
    std::vector<release::Words> words;
    std::map<std::string, std::int64_t> foreign;  // by variable
    for (auto& each : *chosen) {
      if (each.quotation.questionnaire != questionnaire.id) continue;
      if (!each.has_own_words) {
        ++foreign[each.quotation.variable];
        continue;
      }
      here.push_back(&each);
      words.push_back({each.quotation.variable, each.writer});
    }
    for (const auto& [variable, count] : foreign) {
      quoted.left_out.push_back({questionnaire.id, variable, "not_its_words", count});
    }
    if (words.empty()) continue;
    const auto outcomes = release::quotable(questionnaire, *part, words);
    if (!outcomes) return std::unexpected(outcomes.error());
    std::map<std::pair<std::string, Quotable>, std::int64_t> left_out;
    for (std::size_t i = 0; i < here.size(); ++i) {
      const auto outcome = (*outcomes)[i];
      if (outcome == Quotable::yes) {
        quoted.quotations.push_back(std::move(here[i]->quotation));
      } else {
        ++left_out[{words[i].variable, outcome}];
      }
    }
    for (const auto& [which, count] : left_out) {
      quoted.left_out.push_back({questionnaire.id, which.first, name_of(which.second), count});
    }
  }
  return quoted;
}

Result<std::vector<report::Quotation>> Releases::quotations_of(std::string_view inspection, const ReadRelease& read,
                                                               const std::string& language) {
  const auto opened = inspections_.opened(inspection);
  if (!opened) return std::vector<report::Quotation>();  // words stay sealed
  const auto kept = this->kept(inspection, **opened);
  if (!kept) return std::unexpected(kept.error());
  if (std::cmp_less(kept->file.frozen.size(), read.number)) return std::vector<report::Quotation>();
  const auto& frozen = kept->file.frozen[static_cast<std::size_t>(read.number - 1)];
  auto quoted = quoted_in(read.release, frozen.responses, **opened, language);
  if (!quoted) return std::unexpected(quoted.error());
  return std::move(quoted->quotations);
}

}  // namespace perspective::inspection
