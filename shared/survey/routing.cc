#include "survey/routing.h"

#include <algorithm>

namespace perspective::survey {
namespace {

bool is_blank(const Answer& answer) {
  const auto* words = std::get_if<Words>(&answer);
  return words != nullptr && words->text.empty();
}

struct Walk {
  std::vector<std::size_t> positions;
  Answers kept;
};

// Conditions name earlier items only (Questionnaire::parse sees to it), so one pass in order settles everything.
Walk walk(const Questionnaire& questionnaire, const Answers& answers) {
  Walk on_route;
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) {
    const Item& item = questionnaire.items[i];
    const auto value = [&](std::string_view variable) { return value_of(on_route.kept, variable); };
    if (!item.relevant.holds(value)) continue;
    on_route.positions.push_back(i);
    const auto found = answers.find(item.variable);
    if (found != answers.end() && !is_blank(found->second)) on_route.kept.emplace(*found);
  }
  return on_route;
}

}  // namespace

std::vector<std::size_t> route(const Questionnaire& questionnaire, const Answers& answers) {
  return walk(questionnaire, answers).positions;
}

std::optional<std::size_t> next_on_route(const Questionnaire& questionnaire, const Answers& answers,
                                         std::optional<std::size_t> after) {
  const auto positions = route(questionnaire, answers);
  const auto next = after ? std::ranges::upper_bound(positions, *after) : positions.begin();
  return next == positions.end() ? std::nullopt : std::optional(*next);
}

std::optional<std::size_t> previous_on_route(const Questionnaire& questionnaire, const Answers& answers,
                                             std::size_t before) {
  const auto positions = route(questionnaire, answers);
  const auto here = std::ranges::lower_bound(positions, before);
  return here == positions.begin() ? std::nullopt : std::optional(*std::prev(here));
}

Answers prune(const Questionnaire& questionnaire, const Answers& answers) { return walk(questionnaire, answers).kept; }

Absences absences(const Questionnaire& questionnaire, const Answers& pruned, const std::set<std::size_t>& reached) {
  const auto asked = route(questionnaire, pruned);
  Absences absent;
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) {
    const auto& variable = questionnaire.items[i].variable;
    if (pruned.contains(variable)) continue;
    if (!std::ranges::binary_search(asked, i)) {
      absent.emplace(variable, Absence::not_asked);
    } else {
      absent.emplace(variable, reached.contains(i) ? Absence::skipped : Absence::not_reached);
    }
  }
  return absent;
}

std::vector<const Note*> notes_to_show(const Questionnaire& questionnaire, const Item& item, const Answers& answers) {
  Answers known = prune(questionnaire, answers);
  // What is being answered on this very screen counts too, also in the practice question.
  if (const auto here = answers.find(item.variable); here != answers.end()) known.insert(*here);
  const auto value = [&](std::string_view variable) { return value_of(known, variable); };
  std::vector<const Note*> notes;
  for (const Note& note : item.notes) {
    if (note.when.holds(value)) notes.push_back(&note);
  }
  return notes;
}

}  // namespace perspective::survey
