// Which rule decides a finding, and against which group: worked out from the questionnaire, how many took part and what
// is already printed, so that whoever reads the release can work it out too. The auditor does.
//
// Promise:   pure; uses no count of the finding that is judged.
// Threads:   any.
// Units:     people.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "release/statement.h"
#include "survey/questionnaire.h"

namespace perspective::release {

enum class Rule {
  silent,           // nothing is said, whatever the counts (A, E4, F; D below a small group)
  all,              // B: `size` people
  base,             // C: `size` were asked; its base decides
  routed,           // D: at most `size` were asked; its base decides
  printed,          // E1, E2: of `size`
  nearly_everyone,  // E2 below C4: of `size` nearly everyone answered
  both,             // E3: of the parent's base: `size`, or 0 where that is not printed: then the base of `base_of`
};

struct Judging {
  Rule rule = Rule::silent;
  std::string clause;     // "C", "E2": for the full tally, never printed
  std::int64_t size = 0;  // printed, or follows from what is
  bool is_ordinary = true;
  bool has_outside = false;
  Whom whom = Whom::nobody;  // E1, E2
  std::string base_of;       // the finding whose base decides; empty: none does
  bool operator==(const Judging&) const = default;
};

// Rules in force. Anything but the default is for the auditor's own trials: it must find a breach.
struct Scheme {
  bool a = true;
  bool b = true;
  bool c = true;  // off: count and base, whatever they are
  bool d = true;
  bool e = true;
  bool f = true;
  bool c4 = true;
  static Scheme naive() { return {false, false, true, false, false, false, true}; }  // the ladder of bands
};

struct Judged {
  Judging judging;
  Statement statement;
};

// Decides every finding of a questionnaire in an order in which what it leans on is there already. `state` is asked
// once for each, with how it is judged, and gives the statement. Returns them in the questionnaire's order.
using State = std::function<Statement(const survey::Finding&, const Judging&)>;
std::vector<Judged> judge_all(const survey::Questionnaire& questionnaire, std::int64_t n, const State& state,
                              const Scheme& scheme = {});

// The statement for these counts. `base`: the base of `judging.base_of`; 0 where none decides.
Statement state(const Judging& judging, std::int64_t count, std::int64_t base, const Scheme& scheme = {});

}  // namespace perspective::release
