// What a supervisor can do, beside starting a visit (screen.h: StartVisit).
//
// Threads: plain values.
#pragma once

#include <string>
#include <variant>

namespace perspective::screen {

struct TypeDigit {  // of the PIN
  int digit = 0;
  bool operator==(const TypeDigit&) const = default;
};
struct EraseDigit {
  bool operator==(const EraseDigit&) const = default;
};
struct TryPin {
  bool operator==(const TryPin&) const = default;
};
struct PrepareVisit {  // what is to be seen to before it starts
  std::string inspection;
  std::string questionnaire;
  bool operator==(const PrepareVisit&) const = default;
};
struct ShowStart {  // leaves whatever lies before it
  bool operator==(const ShowStart&) const = default;
};
struct TestSound {
  bool operator==(const TestSound&) const = default;
};
struct ChangeLoudness {  // of the visit that is to start, by so many steps
  int by = 0;
  bool operator==(const ChangeLoudness&) const = default;
};

struct AskToSend {  // what waits, however few: first what that gives away
  bool operator==(const AskToSend&) const = default;
};
struct LookOver {  // the readiness report
  bool operator==(const LookOver&) const = default;
};
struct SendNow {
  bool operator==(const SendNow&) const = default;
};

struct AskForStick {  // first what it is for
  bool operator==(const AskForStick&) const = default;
};
struct UseStick {
  bool operator==(const UseStick&) const = default;
};

using StaffAction = std::variant<TypeDigit, EraseDigit, TryPin, PrepareVisit, ShowStart, TestSound, ChangeLoudness,
                                 AskToSend, LookOver, SendNow, AskForStick, UseStick>;

}  // namespace perspective::screen
