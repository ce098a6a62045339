// The operator's log, on standard error: one line an event, no answers, no secrets, nothing per visit.
//
// Promise: the kiosk logs nothing that tells when or how many visits took place.
// Threads: any.
#pragma once

#include <string_view>

namespace perspective::log {

void info(std::string_view message);
void warning(std::string_view message);
void error(std::string_view message);

}  // namespace perspective::log
