#include "paper/route_words.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <string>

namespace perspective::paper {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t kMostTrials = 20'000;

// One answer that a condition may tell from others.
struct Trial {
  std::string value;                 // as conditions see it
  std::vector<std::size_t> options;  // that are ticked
};

// Of every item: no answer first. Of a text what it is compared with. Of a multiple choice each option, each two, and
// so many of the first.
std::vector<Trial> trials_of(const survey::Item& item, const survey::Condition& condition) {
  std::vector<Trial> trials{{}};
  if (survey::is_text(item)) {
    trials.push_back({"\u2026", {}});
    for (const auto& mention : condition.mentions()) {
      if (mention.variable != item.variable) continue;
      for (const auto* compared : {&mention.texts, &mention.numbers}) {
        for (const auto& text : *compared) {
          if (!text.empty()) trials.push_back({text, {}});
        }
      }
    }
    return trials;
  }
  const auto& options = survey::options_of(item);
  for (std::size_t i = 0; i < options.size(); ++i) trials.push_back({options[i].id, {i}});
  if (!std::holds_alternative<survey::MultipleChoice>(item.kind)) return trials;
  Trial first;
  for (std::size_t i = 0; i < options.size(); ++i) {
    first.value += (i == 0 ? "" : " ") + options[i].id;
    first.options.push_back(i);
    if (i > 1) trials.push_back(first);
    for (std::size_t k = i + 1; k < options.size(); ++k) {
      trials.push_back({options[i].id + " " + options[k].id, {i, k}});
    }
  }
  return trials;
}

struct Asked {
  std::vector<std::size_t> items;          // that the condition names, ascending
  std::vector<std::vector<Trial>> trials;  // of each
  std::size_t combinations = 1;
};

Asked asked_by(const survey::Questionnaire& questionnaire, const survey::Condition& condition) {
  Asked asked;
  for (const auto& variable : condition.variables()) asked.items.push_back(questionnaire.position(variable));
  std::ranges::sort(asked.items);
  for (const auto item : asked.items) {
    asked.trials.push_back(trials_of(questionnaire.items[item], condition));
    asked.combinations = std::min(asked.combinations * asked.trials.back().size(), kMostTrials + 1);
  }
  return asked;
}

// Calls back with one trial of each, in every combination, until it says no.
bool for_each(const Asked& asked, const std::function<bool(const std::vector<const Trial*>&)>& say) {
  std::vector<std::size_t> at(asked.items.size(), 0);
  for (;;) {
    std::vector<const Trial*> chosen;
    for (std::size_t i = 0; i < at.size(); ++i) chosen.push_back(&asked.trials[i][at[i]]);
    if (!say(chosen)) return false;
    std::size_t i = 0;
    while (i < at.size() && ++at[i] == asked.trials[i].size()) at[i++] = 0;
    if (i == at.size()) return true;
  }
}

Values values_of(const survey::Questionnaire& questionnaire, const Asked& asked,
                 const std::vector<const Trial*>& chosen) {
  Values values;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    values[questionnaire.items[asked.items[i]].variable] = chosen[i]->value;
  }
  return values;
}

bool does_hold(const survey::Condition& condition, const Values& values) {
  return condition.holds([&](std::string_view variable) {
    const auto found = values.find(variable);
    return found == values.end() ? std::string() : found->second;
  });
}

bool meets(const Requirement& requirement, const Trial& trial) {
  if (requirement.kind == Requirement::Kind::unanswered) return trial.value.empty();
  if (requirement.kind == Requirement::Kind::answered) return !trial.value.empty();
  if (requirement.kind == Requirement::Kind::several) return trial.options.size() >= requirement.least;
  const bool is_ticked = std::ranges::any_of(trial.options, [&](std::size_t option) {
    return std::ranges::find(requirement.options, option) != requirement.options.end();
  });
  return is_ticked == (requirement.kind == Requirement::Kind::ticked);
}

// In words of these kinds, from the trials for which it is met (none for a trial that asks for nothing).
Requirement requirement_of(std::size_t item, const std::vector<Trial>& trials,
                           const std::function<bool(const Trial&)>& is_met) {
  Requirement requirement{.item = item, .options = {}};
  const bool is_met_by_none = is_met(trials.front());
  if (!is_met_by_none && std::all_of(trials.begin() + 1, trials.end(), is_met)) return requirement;
  if (is_met_by_none && std::none_of(trials.begin() + 1, trials.end(), is_met)) {
    requirement.kind = Requirement::Kind::unanswered;
    return requirement;
  }
  requirement.kind = is_met_by_none ? Requirement::Kind::not_ticked : Requirement::Kind::ticked;
  for (const auto& trial : trials) {
    if (trial.options.size() == 1 && is_met(trial) != is_met_by_none) {
      requirement.options.push_back(trial.options.front());
    }
  }
  if (!requirement.options.empty() || is_met_by_none) return requirement;
  requirement.kind = Requirement::Kind::several;
  requirement.least = std::numeric_limits<std::size_t>::max();
  for (const auto& trial : trials) {
    if (is_met(trial)) requirement.least = std::min(requirement.least, trial.options.size());
  }
  return requirement;
}

// Does the sentence say what the condition says, whatever was answered?
bool is_true(const AskedIf& sentence, const survey::Condition& condition, const survey::Questionnaire& questionnaire,
             const Asked& asked) {
  return for_each(asked, [&](const std::vector<const Trial*>& chosen) {
    std::size_t met = 0;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      for (const auto& requirement : sentence.requirements) {
        if (requirement.item == asked.items[i] && meets(requirement, *chosen[i])) ++met;
      }
    }
    const bool says = sentence.are_all_needed ? met == sentence.requirements.size() : met > 0;
    return says == does_hold(condition, values_of(questionnaire, asked, chosen));
  });
}

// Every one of them: each is what it must be where the others are as in a combination for which it holds. Or any one:
// where they are as in one for which it does not.
std::optional<AskedIf> sentence(bool are_all_needed, const survey::Condition& condition,
                                const survey::Questionnaire& questionnaire, const Asked& asked) {
  std::vector<const Trial*> others;
  for_each(asked, [&](const std::vector<const Trial*>& chosen) {
    const bool is_found = does_hold(condition, values_of(questionnaire, asked, chosen)) == are_all_needed;
    if (is_found) others = chosen;
    return !is_found;
  });
  if (others.empty()) return std::nullopt;
  AskedIf said{.are_all_needed = are_all_needed, .requirements = {}};
  for (std::size_t i = 0; i < asked.items.size(); ++i) {
    said.requirements.push_back(requirement_of(asked.items[i], asked.trials[i], [&](const Trial& trial) {
      auto chosen = others;
      chosen[i] = &trial;
      return does_hold(condition, values_of(questionnaire, asked, chosen));
    }));
  }
  return is_true(said, condition, questionnaire, asked) ? std::optional(said) : std::nullopt;
}

// The first item after `item` whose condition is not known to be false. Those before it have no answer.
std::size_t first_possible(const survey::Questionnaire& questionnaire, std::size_t item, Values known) {
  for (std::size_t next = item + 1; next < questionnaire.items.size(); ++next) {
    const auto holds =
        questionnaire.items[next].relevant.holds_so_far([&](std::string_view variable) -> std::optional<std::string> {
          const auto found = known.find(variable);
          return found == known.end() ? std::nullopt : std::optional(found->second);
        });
    if (holds.value_or(true)) return next;
    known[questionnaire.items[next].variable].clear();
  }
  return questionnaire.items.size();
}

}  // namespace

Result<AskedIf> asked_if(const survey::Questionnaire& questionnaire, std::size_t item) {
  const auto& condition = questionnaire.items[item].relevant;
  if (condition.is_always()) return AskedIf{};
  const auto asked = asked_by(questionnaire, condition);
  if (asked.combinations <= kMostTrials) {
    for (const bool are_all_needed : {true, false}) {
      if (auto said = sentence(are_all_needed, condition, questionnaire, asked)) return *std::move(said);
    }
  }
  return fail(ErrorCode::invalid,
              "the condition of '" + questionnaire.items[item].variable +
                  "' cannot be said on paper: only \"if this or that was answered\", or \"if this and that was\", "
                  "with options that are ticked");
}

std::size_t next_after(const survey::Questionnaire& questionnaire, std::size_t item,
                       std::optional<std::size_t> option) {
  const auto& here = questionnaire.items[item];
  const std::string value = option ? survey::options_of(here)[*option].id : "\u2026";
  const auto asked = asked_by(questionnaire, here.relevant);
  if (asked.combinations > kMostTrials) return item + 1;
  std::size_t next = questionnaire.items.size();
  // Whoever is asked this has answered what it hangs on so that it is.
  for_each(asked, [&](const std::vector<const Trial*>& chosen) {
    auto known = values_of(questionnaire, asked, chosen);
    if (!does_hold(here.relevant, known)) return true;
    if (option || survey::is_text(here)) known[here.variable] = value;  // of a choice of several any may be ticked
    next = std::min(next, first_possible(questionnaire, item, known));
    return true;
  });
  return next;
}

}  // namespace perspective::paper
