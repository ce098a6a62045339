#include "release/judging.h"

#include <algorithm>
#include <map>
#include <optional>

#include "release/bounds.h"
#include "release/routing.h"
#include "release/rules.h"

namespace perspective::release {
namespace {

struct Asked {
  std::optional<std::int64_t> size;  // printed exactly
  std::int64_t most = 0;             // by what is printed; 0: below a group that is not printed
};

class Judge {
 public:
  Judge(const survey::Questionnaire& questionnaire, std::int64_t n, const State& state, const Scheme& scheme)
      : questionnaire_(questionnaire), n_(n), state_(state), scheme_(scheme) {}

  const Judged& of(const survey::Finding& finding) {
    const auto found = judged_.find(finding.id);
    if (found != judged_.end()) return found->second;
    const auto judging = judge(finding);
    return judged_.emplace(finding.id, Judged{judging, state_(finding, judging)}).first->second;
  }

 private:
  Judging judge(const survey::Finding& finding) {
    if (n_ == 0 || (scheme_.a && n_ < kFewest)) return silent("A");
    if (scheme_.f && (is_second(finding) || hangs_on_a_second(finding))) return silent("F");
    const auto& item = *questionnaire_.item(finding.item);
    const auto is_routed = !item.relevant.is_always();
    if (is_against_all(n_, item)) return against_all(n_, finding, item, !is_routed);
    if (!is_plain(finding)) return scheme_.e ? hanging(finding) : on_its_base(finding, item, n_);
    const auto asked = asked_of(item);
    if (!asked.size) return scheme_.d ? routed(finding, asked.most) : on_its_base(finding, item, n_);
    if (scheme_.a && *asked.size < kFewest) return silent("C");
    if (is_against_all(*asked.size, item)) return against_all(*asked.size, finding, item, true);
    return on_its_base(finding, item, *asked.size);
  }

  static Judging silent(const std::string& clause) {
    Judging judging;
    judging.clause = clause;
    return judging;
  }

  bool is_against_all(std::int64_t n, const survey::Item& item) const {
    if (!scheme_.b) return false;
    return is_set_against_all(n, has_outside_option(item)) || n < kFewest;  // below it, only where A is off
  }

  static Judging against_all(std::int64_t n, const survey::Finding& finding, const survey::Item& item,
                             bool is_asked_of_all) {
    const bool is_ordinary = is_asked_of_all && is_plain(finding);
    return {Rule::all, "B", n, is_ordinary, has_outside_option(item), Whom::everyone, is_ordinary ? finding.id : ""};
  }

  Judging on_its_base(const survey::Finding& finding, const survey::Item& item, std::int64_t n) const {
    const bool has_outside = scheme_.c4 && has_outside_option(item);
    return {Rule::base, "C", n, is_plain(finding), has_outside, Whom::who_answered, finding.id};
  }

  static Judging routed(const survey::Finding& finding, std::int64_t most) {
    if (most < kFewestRouted) return silent("D");
    return {Rule::routed, "D", most, false, false, Whom::who_answered, finding.id};
  }

  // F, and E's "the item of a joint finding prints only the joint finding". A finding that is nested in an earlier one
  // of its own item may follow it; a third may only follow the second.
  bool is_second(const survey::Finding& finding) const {
    const survey::Finding* last = first_printed(finding.item);
    for (const auto& other : questionnaire_.findings) {
      if (other.item != finding.item || &other == last) continue;
      const bool follows = !last->joint_with && other.within == last->id;
      if (follows) last = &other;
      if (&other == &finding) return !follows;
    }
    return false;
  }

  // What hangs on a finding that must not be printed would print some of it.
  bool hangs_on_a_second(const survey::Finding& finding) const {
    if (is_plain(finding)) return false;
    const auto& parent = *questionnaire_.finding(parent_of(finding));
    return is_second(parent) || hangs_on_a_second(parent);
  }

  const survey::Finding* first_printed(const std::string& item) const {
    const survey::Finding* first = nullptr;
    for (const auto& finding : questionnaire_.findings) {
      if (finding.item != item) continue;
      if (finding.joint_with) return &finding;
      if (first == nullptr) first = &finding;
    }
    return first;
  }

  Judging hanging(const survey::Finding& finding) {
    const auto& parent = of(*questionnaire_.finding(parent_of(finding)));
    const auto& said = parent.statement;
    switch (said.says) {
      case Says::exactly:
        return {Rule::printed, "E1", *said.count, false, false, Whom::these, {}};
      case Says::nearly_all:
        if (said.of) return {Rule::printed, "E2", *said.of, false, false, Whom::parents_base, {}};
        if (said.whom != Whom::nearly_everyone) return silent("E2");
        return {Rule::nearly_everyone, "E2", parent.judging.size, false, false, Whom::nearly_everyone, {}};
      case Says::more_than_half:
        return {Rule::both,
                "E3",
                said.of.value_or(0),
                false,
                false,
                Whom::parents_base,
                said.of ? std::string() : parent.judging.base_of};
      default:
        return silent("E4");
    }
  }

  Asked asked_of(const survey::Item& item) {
    if (item.relevant.is_always()) return {n_, n_};
    const auto routing = routing_of(questionnaire_, item);
    if (routing.variable.empty()) {
      const bool is_second_routing = std::ranges::any_of(
          routing.variables, [&](const auto& name) { return !asked_of(*questionnaire_.item(name)).size; });
      return {std::nullopt, is_second_routing ? 0 : n_};
    }
    const auto& other = *questionnaire_.item(routing.variable);
    const auto above = asked_of(other);
    if (!above.size) return {};
    const auto printed = printed_on(other.variable);
    for (const auto& each : printed)
      if (each.judged.statement.says == Says::exactly && each.options == routing.options && !routing.asks_unanswered)
        return {each.judged.statement.count, *each.judged.statement.count};
    return {std::nullopt, most_asked(other, routing, *above.size, printed)};
  }

  // Findings on the item that hang on nothing but others on it.
  std::vector<OnItem> printed_on(const std::string& item) {
    std::vector<OnItem> all;
    for (const auto& finding : questionnaire_.findings) {
      if (finding.item != item || finding.joint_with || (finding.within && !scheme_.e)) continue;
      std::set<std::string> options(finding.counted.begin(), finding.counted.end());
      if (finding.within) {
        const auto parent = std::ranges::find(all, *finding.within, &OnItem::finding);
        if (parent == all.end()) continue;
        std::erase_if(options, [&](const auto& option) { return !parent->options.contains(option); });
      }
      all.push_back({finding.id, std::move(options), of(finding)});
    }
    return all;
  }

  const survey::Questionnaire& questionnaire_;
  std::int64_t n_;
  const State& state_;
  Scheme scheme_;
  std::map<std::string, Judged> judged_;
};

}  // namespace

std::vector<Judged> judge_all(const survey::Questionnaire& questionnaire, std::int64_t n, const State& state,
                              const Scheme& scheme) {
  Judge judge(questionnaire, n, state, scheme);
  std::vector<Judged> all;
  for (const auto& finding : questionnaire.findings) all.push_back(judge.of(finding));
  return all;
}

Statement state(const Judging& judging, std::int64_t count, std::int64_t base, const Scheme& scheme) {
  switch (judging.rule) {
    case Rule::silent:
      return {};
    case Rule::all:
      return said_of_all(judging.size, count, base, judging.is_ordinary);
    case Rule::base:
      if (!scheme.c) return {{}, Says::exactly, Whom::who_answered, count, base};
      return said_of_base(judging.size, count, base, judging.has_outside);
    case Rule::routed:
      return said_of_routed(judging.size, count, base);
    case Rule::printed:
      return said_of_printed(judging.size, count, judging.whom);
    case Rule::nearly_everyone:
      return said_of_nearly_everyone(judging.size, count);
    case Rule::both:
      if (judging.size > 0) return said_of_both(judging.size, judging.size, count);
      return said_of_both(base, std::nullopt, count);
  }
  return {};
}

}  // namespace perspective::release
