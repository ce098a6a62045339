// What an author is told of conditions that decide nothing.
#include <algorithm>
#include <string>

#include "survey/reachability.h"

namespace perspective::survey {
namespace {

class Conditions {
 public:
  Conditions(const Questionnaire& questionnaire, Problems& problems)
      : questionnaire_(questionnaire), problems_(problems), reachability_(questionnaire, doubtful_items()) {}

  void all() {
    for (std::size_t i = 0; i < questionnaire_.items.size(); ++i) {
      const Item& item = questionnaire_.items[i];
      const std::string pointer = "/items/" + std::to_string(i);
      if (is_sound(pointer + "/relevant", item.relevant)) relevant(pointer + "/relevant", item);
      if (never_asked_.contains(item.variable)) continue;  // nor are its notes ever shown
      for (std::size_t k = 0; k < item.notes.size(); ++k) {
        const std::string place = pointer + "/notes/" + std::to_string(k) + "/when";
        if (is_sound(place, item.notes[k].when)) note(place, item.notes[k].when, i);
      }
    }
    const bool are_findings_sound = std::ranges::none_of(
        problems_, [](const Problem& problem) { return problem.pointer.starts_with("/findings"); });
    for (std::size_t i = 0; are_findings_sound && i < questionnaire_.findings.size(); ++i) finding(i);
  }

 private:
  bool is_noted(const std::string& pointer) const {
    return std::ranges::find(problems_, pointer, &Problem::pointer) != problems_.end();
  }
  bool is_sound(const std::string& pointer, const Condition& condition) const {
    return !condition.is_always() && !is_noted(pointer);
  }

  // Those whose condition is wrong, or that are there twice: which of the two is meant?
  std::set<std::size_t> doubtful_items() const {
    std::set<std::size_t> doubtful;
    for (std::size_t i = 0; i < questionnaire_.items.size(); ++i) {
      const std::string pointer = "/items/" + std::to_string(i);
      if (is_noted(pointer + "/relevant") || is_noted(pointer + "/variable")) doubtful.insert(i);
    }
    return doubtful;
  }

  void say(const std::string& pointer, std::string what, std::string remedy, Severity severity) {
    problems_.push_back({pointer, std::move(what), std::move(remedy), severity});
  }

  void relevant(const std::string& pointer, const Item& item) {
    const Verdict alone = reachability_.on_its_own(item.relevant);
    if (alone == Verdict::never) {
      never_asked_.insert(item.variable);
      return say(pointer, "can never hold, whatever is answered", "correct it: as it stands the item is never asked",
                 Severity::error);
    }
    const Verdict verdict = reachability_.on_the_route(item.relevant);
    if (verdict == Verdict::never) {
      never_asked(pointer, item);
    } else if (verdict == Verdict::always || alone == Verdict::always) {
      say(pointer, "always holds", "correct it, or take it out: the item is asked of everyone", Severity::warning);
    } else if (verdict == Verdict::undecided) {
      too_large(pointer);
    }
  }

  // Where it only follows from another that is never asked, that one is to be corrected.
  void never_asked(const std::string& pointer, const Item& item) {
    const bool follows = std::ranges::any_of(item.relevant.variables(),
                                             [&](const auto& variable) { return never_asked_.contains(variable); });
    if (follows) {
      say(pointer, "can never hold: " + why_never(item.relevant), "correct that one, and look at this again",
          Severity::note);
    } else {
      say(pointer, "can never hold, so that " + item.variable + " is never asked: " + why_never(item.relevant),
          "correct this condition or that one", Severity::error);
    }
    never_asked_.insert(item.variable);
  }

  // Who looks for the reason finds it in the conditions of the items that are named.
  std::string why_never(const Condition& condition) const {
    std::string reasons;
    for (const auto& variable : condition.variables()) {
      const Item* item = questionnaire_.item(variable);
      if (item == nullptr || item->relevant.is_always()) continue;
      if (!reasons.empty()) reasons += ", and ";
      reasons += "${" + variable + "} is ";
      reasons += never_asked_.contains(variable) ? "never asked" : "asked only where " + item->relevant.source();
    }
    return reasons;
  }

  void note(const std::string& pointer, const Condition& when, std::size_t item) {
    const Verdict alone = reachability_.on_its_own(when);
    const Verdict verdict = alone == Verdict::never ? alone : reachability_.on_the_route(when, item);
    if (verdict == Verdict::never) {
      const std::string reason = alone == Verdict::never ? ", whatever is answered" : " where the item is asked";
      say(pointer, "can never hold" + reason, "correct it: as it stands the note is never shown", Severity::error);
    } else if (verdict == Verdict::always || alone == Verdict::always) {
      say(pointer, "always holds where the item is asked", "correct it, or take it out", Severity::warning);
    } else if (verdict == Verdict::undecided) {
      too_large(pointer);
    }
  }

  // Can anybody be in the base of a finding that hangs on another?
  void finding(std::size_t at) {
    const Finding& finding = questionnaire_.findings[at];
    const auto& other = finding.within ? finding.within : finding.joint_with;
    if (!other || never_asked_.contains(finding.item)) return;
    const auto base = Condition::parse(in_base(finding));
    if (!base || reachability_.on_the_route(*base) != Verdict::never) return;
    const std::string whom = finding.within ? "whom " + *other + " counts" : "in the base of " + *other;
    say("/findings/" + std::to_string(at) + (finding.within ? "/within" : "/joint_with"),
        "leaves nobody in its base: those " + whom + " never answer " + finding.item,
        "let it hang on another finding, or on none", Severity::error);
  }

  // As a condition: is somebody in its base, and answered there?
  std::string in_base(const Finding& finding) const {
    std::vector<std::string> inside;
    for (const auto& option : options_of(*questionnaire_.item(finding.item))) {
      if (option.in_base) inside.push_back(option.id);
    }
    const std::string answered = one_of(finding.item, inside);
    if (finding.within) return answered + " and " + is_counted(*questionnaire_.finding(*finding.within));
    if (finding.joint_with) return answered + " and " + in_base(*questionnaire_.finding(*finding.joint_with));
    return answered;
  }

  std::string is_counted(const Finding& finding) const {
    const std::string chosen = one_of(finding.item, finding.counted);
    const auto& other = finding.within ? finding.within : finding.joint_with;
    return other ? chosen + " and " + is_counted(*questionnaire_.finding(*other)) : chosen;
  }

  static std::string one_of(const std::string& variable, const std::vector<std::string>& options) {
    std::string condition;
    for (const auto& option : options) {
      condition += (condition.empty() ? "(" : " or ") + ("selected(${" + variable + "}, '" + option + "')");
    }
    return condition + ")";
  }

  void too_large(const std::string& pointer) {
    say(pointer, "depends on too many answers to be tried out",
        "try it on a kiosk: whether it can hold was not checked", Severity::note);
  }

  const Questionnaire& questionnaire_;
  Problems& problems_;
  Reachability reachability_;
  std::set<std::string> never_asked_;
};

}  // namespace

void check_reachability(const Questionnaire& questionnaire, Problems& problems) {
  Conditions(questionnaire, problems).all();
}

}  // namespace perspective::survey
