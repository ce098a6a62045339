// The supervisor's start screen: which questionnaire, for which area, how sending goes, and what stands in the way.
// Again a Screen.
//
// Promise:   whatever stops a visit is said here, with what to do, and the button does nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "readiness/reason.h"
#include "screen/screen.h"
#include "text/catalogue.h"

namespace perspective::staff {

// No numbers: a count that rises tells who refused.
enum class Sending { all_sent, some_waiting, full };
struct Status {
  Sending sending = Sending::all_sent;
  readiness::Reasons reasons;
  bool can_withdraw = false;  // somebody may take their answers back here

  bool is_taking_visits() const;
  bool waits_for_others() const;                            // for no other reason
  readiness::Reasons told(readiness::Weight weight) const;  // those of that weight; why something waits only if it does
};

// What must be so of a parent or carer before a visit. local: what the place's own policy requires.
enum class Guardian { local, informed, consent, not_needed };

struct Offered {  // one questionnaire of one inspection
  std::string inspection;
  std::string questionnaire;
  std::string title;
  std::string area;
  std::optional<readiness::Reason> why_not = {};  // it cannot start, the others can
  Guardian guardian = Guardian::local;
};

// Ids: withdraw; questionnaire.<id>, or questionnaire.<inspection>/<id> where there are several inspections. Reasons,
// of two lines each: refuses.<code> and refuses.<code>.2; warns.<code>; waits.<code>; why.<code>.<questionnaire's name>
// behind its button.
screen::Screen start_screen(const std::vector<Offered>& offered, const Status& status, const text::Catalogue& words);

// The same for a terminal, a line each; empty when all is well.
std::vector<std::string> lines_of(const std::vector<Offered>& offered, const Status& status,
                                  const text::Catalogue& words);

}  // namespace perspective::staff
