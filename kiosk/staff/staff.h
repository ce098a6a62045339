// The supervisor's start screen: which questionnaire, for which area, and how sending goes. Again a Screen.
#pragma once

#include <string>
#include <vector>

#include "screen/screen.h"
#include "text/catalogue.h"

namespace perspective::staff {

// No numbers: a count that rises tells who refused.
enum class Sending { all_sent, some_waiting, full };
struct Status {
  Sending sending = Sending::all_sent;
  std::string reason;            // why some wait or nothing more fits, for the supervisor; empty: none known
  bool is_taking_visits = true;  // false: the outbox refuses, no visit may start
};

struct Offered {  // one questionnaire of one inspection
  std::string inspection;
  std::string questionnaire;
  std::string title;
  std::string area;
};

// Ids: questionnaire.<id>, or questionnaire.<inspection>/<id> where there are several inspections.
screen::Screen start_screen(const std::vector<Offered>& offered, const Status& status, const text::Catalogue& words);

}  // namespace perspective::staff
