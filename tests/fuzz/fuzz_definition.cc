// What an author may have in a questionnaire's folder, and what respondents may make of it. Parts with form feeds
// between them: definition, English texts, English section, the picture of each option, then a byte an answer.
//
// Must hold: what the check finds no error in a kiosk can ask; whoever answers it by chance makes a submission that
//            reads back to the same, belongs to it, and is no longer than was said beforehand.
#include <algorithm>
#include <set>
#include <span>

#include "authoring/check.h"
#include "survey/questionnaire.h"
#include "survey/routing.h"
#include "survey/submission.h"
#include "target.h"

namespace perspective::survey {
namespace {

using fuzz::must;
constexpr std::size_t kSteps = 200;
const std::string kInspection = "croydon-2012";

fuzz::Milestone parsed("a definition was taken");
fuzz::Milestone sound("a folder has no error");
fuzz::Milestone routed("somebody answered a part of it and was led past another");
fuzz::Milestone sealed("what was answered belongs to the questionnaire");

// Answers are drawn from these; when they are used up, nothing more is answered.
class Chance {
 public:
  explicit Chance(std::string_view bytes) : bytes_(bytes) {}
  bool is_empty() const { return bytes_.empty(); }
  std::size_t below(std::size_t limit) {
    if (bytes_.empty() || limit == 0) return 0;
    const auto drawn = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return drawn % limit;
  }
  std::string text(std::size_t most) {
    const auto wanted = below(64);  // takes one of them
    const auto size = std::min(wanted, bytes_.size());
    std::string words;
    for (const char c : bytes_.substr(0, size)) {  // as Latin-1: that words are UTF-8 is the entry's promise
      const auto byte = static_cast<unsigned char>(c);
      if (byte >= 0x80) words += static_cast<char>(0xc0 | byte >> 6);
      words += byte < 0x80 ? c : static_cast<char>(0x80 | (byte & 0x3f));
    }
    bytes_.remove_prefix(size);
    return clean_text(words, most);
  }

 private:
  std::string_view bytes_;
};

std::optional<Answer> answer_by_chance(const Item& item, Chance& chance) {
  const auto& options = options_of(item);
  if (const auto* words = std::get_if<FreeText>(&item.kind)) {
    const auto text = chance.text(words->max_bytes);
    return text.empty() ? std::nullopt : std::optional<Answer>(Words{text});
  }
  if (options.empty() || chance.below(4) == 0) return std::nullopt;
  const auto first = chance.below(options.size());
  if (!std::holds_alternative<MultipleChoice>(item.kind)) return Choice{options[first].id};
  Choices chosen{{options[first].id}};
  for (std::size_t i = first + 1; i < options.size() && !options[first].is_exclusive; ++i) {
    if (!options[i].is_exclusive && chance.below(2) == 1) chosen.options.push_back(options[i].id);
  }
  return chosen;
}

void answer(const Questionnaire& questionnaire, std::string_view bytes) {
  Chance chance(bytes);
  Answers answers;
  std::set<std::size_t> reached;
  auto at = next_on_route(questionnaire, answers, std::nullopt);
  for (std::size_t step = 0; at && step < kSteps && !chance.is_empty(); ++step) {
    must(*at < questionnaire.items.size(), "the route goes through the questionnaire");
    const Item& item = questionnaire.items[*at];
    reached.insert(*at);
    if (const auto given = answer_by_chance(item, chance)) {
      must(check_answer(item, *given).has_value(), "what an option says is an answer");
      answers.insert_or_assign(item.variable, *given);
    } else {
      answers.erase(item.variable);
    }
    const auto next = next_on_route(questionnaire, answers, at);
    must(!next || *next > *at, "the route goes on");
    must(!next || previous_on_route(questionnaire, answers, *next) == at, "and back by the same way");
    at = next;
  }
  const Answers kept = prune(questionnaire, answers);
  must(prune(questionnaire, kept) == kept, "what is left out stays out");
  const auto missing = absences(questionnaire, kept, reached);
  if (!kept.empty() && std::ranges::any_of(missing, [](const auto& one) { return one.second == Absence::not_asked; })) {
    routed.reach();
  }
  const Submission made{.envelope = std::string(32, 'a'),
                        .inspection = kInspection,
                        .questionnaire = questionnaire.id,
                        .version = questionnaire.version,
                        .language = questionnaire.languages.front(),
                        .mode = "kiosk",
                        .answers = kept,
                        .absent = missing};
  const std::string json = to_json(made);
  must(json.size() <= longest_submission_bytes(std::span(&questionnaire, 1), kInspection), "no submission is longer");
  const auto read = from_json(json);
  must(read && to_json(*read) == json, "a submission reads back to the same");
  must(check(*read, questionnaire).has_value(), "what was answered belongs to it");
  sealed.reach();
}

void take(std::string_view text) {
  const auto parts = fuzz::parts_of(text, '\f', 5);
  authoring::Folder folder{.definition = parts[0], .texts = {}, .section = {}};
  if (!parts[1].empty()) folder.texts["en"] = parts[1];
  if (!parts[2].empty()) folder.section["en"] = parts[2];
  const auto questionnaire = Questionnaire::parse(folder.definition);
  if (!questionnaire) return fuzz::must_be_an_answer(questionnaire.error());
  parsed.reach();
  for (const auto& name : picture_names(*questionnaire)) {
    if (!parts[3].empty()) folder.pictures[name] = parts[3];
  }
  const auto checked = authoring::check(folder, {"en"});
  for (const auto& remark : checked.remarks) must(!to_text(remark).empty(), "a remark has words");
  if (count(checked.remarks, Severity::error) == 0) sound.reach();
  answer(*questionnaire, parts[4]);
}

}  // namespace
}  // namespace perspective::survey

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  perspective::survey::take(perspective::as_text({data, size}));
  return 0;
}
