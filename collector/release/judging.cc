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
    if (scheme_.f && is_second(finding)) return silent("F");
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

  // The first finding on the item that hangs on none, if it may be printed.
  const survey::Finding* plain_on(const std::string& item) const {
    const auto* first = first_printed(item);
    return first != nullptr && is_plain(*first) ? first : nullptr;
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
    const auto* first = plain_on(other.variable);
    if (first == nullptr) return {std::nullopt, *above.size};
    const auto& judged = of(*first);
    const std::set<std::string> counted(first->counted.begin(), first->counted.end());
    if (judged.statement.says == Says::exactly && counted == routing.options && !routing.asks_unanswered)
      return {judged.statement.count, *judged.statement.count};
    return {std::nullopt, most_asked(routing, other, counted, judged, *above.size)};
  }

  static std::int64_t most_asked(const Routing& routing, const survey::Item& other,
                                 const std::set<std::string>& counted, const Judged& judged, std::int64_t n) {
    if (judged.judging.rule != Rule::all && judged.judging.rule != Rule::base) return n;
    const auto most = most_by(judged);
    std::int64_t in_base = 0;
    bool has_counted = false;
    bool has_others = false;
    bool has_unanswered = routing.asks_unanswered;
    for (const auto& option : survey::options_of(other)) {
      if (!routing.options.contains(option.id)) continue;
      if (!option.in_base)
        has_unanswered = true;
      else
        (counted.contains(option.id) ? has_counted : has_others) = true;
    }
    if (has_counted) in_base += most.counted;
    if (has_others) in_base += most.others;
    return std::min(n, std::min(in_base, most.base) + (has_unanswered ? most.unanswered : 0));
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
