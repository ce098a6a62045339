// Whose words a release quotes (RELEASES.md).
#include <map>
#include <utility>

#include "inspection/releases.h"
#include "release/quotable.h"

namespace perspective::inspection {
namespace {

using release::Quotable;

std::string why(Quotable outcome) {
  switch (outcome) {
    case Quotable::too_few_asked:
      return "by what the release says, fewer than five may have been asked this, and their words would tell how many";
    case Quotable::too_many_words:
      return "they are more than the people whom the release shows to have been asked: choose fewer";
    case Quotable::quoted_already:
      return "who wrote them is quoted elsewhere in it, and two comments by one hand can be told to be so";
    case Quotable::yes:
      break;
  }
  return {};
}

std::string comments_in_words(std::int64_t count) {
  return count == 1 ? "1 chosen comment is" : std::to_string(count) + " chosen comments are";
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
      quoted.left_out.push_back(questionnaire.id + ", " + variable + ": " + comments_in_words(count) +
                                " not quoted anywhere: the words that were chosen are not those of the comment as it "
                                "may be printed; choose them again");
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
      quoted.left_out.push_back(questionnaire.id + ", " + which.first + ": " + comments_in_words(count) +
                                " not quoted in the release: " + why(which.second));
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
