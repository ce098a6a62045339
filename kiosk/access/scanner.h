// The way of a highlight over a screen, for people who answer by one switch (it moves by itself) or two (one moves it,
// one selects): over groups first and then over what is in one, so that a screen with twenty targets is quick.
//
// The round: each option of the content; "more", where there is more to read; the way on (the primary button); undo;
// the rest of the foot as one group; the bar as one group. What stands in a row (Item::group) is one group too, and a
// content of more than kMostStops becomes groups of about its square root.
//
// A select that was wrong: after each, an item "undo" (kUndo, put on the screen by whoever holds the visit) stands
// right behind the way on and brings back what was there, whatever was pressed. A group that was entered by mistake is
// left after one round, without a press. We tried to think of a long press instead: people who use one switch often
// cannot hold it, or cannot let it go.
//
// Promise: pure: knows no time, only when it is told to go on. After kRounds rounds without a press it rests, and the
//          next press wakes it and presses nothing: who is away costs no wake-up, and nobody is surprised.
//          What is disabled is never stopped at. After a choice of one answer the way on comes first.
// Threads: a plain value.
// Units:   milliseconds.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "screen/screen.h"

namespace perspective::access {

inline constexpr std::string_view kUndo = "undo";
inline constexpr std::size_t kMostStops = 8;
inline constexpr int kRounds = 3;

struct Stop {
  std::vector<std::string> items;  // more than one: a group
  bool is_group() const { return items.size() > 1; }
  bool operator==(const Stop&) const = default;
};

std::vector<Stop> stops_of(const screen::Screen& screen);

class Scanner {
 public:
  // What is on the screen now: another screen starts anew; the same goes on where that makes sense.
  void look(const screen::Screen& screen);
  void stop();  // nothing is lit any more, until look()

  void advance();
  // What is to be pressed, if the highlight was on a single item.
  std::optional<std::string> select();

  // The items that are highlighted; none: it rests, or there is nothing to press.
  const std::vector<std::string>& lit() const { return lit_; }
  bool is_resting() const { return is_resting_; }
  // How long to stay: the first stop after each change is half as long again, for eyes have to find it.
  std::chrono::milliseconds stay(std::chrono::milliseconds pace) const;

 private:
  void begin(std::size_t at);
  void begin_after(const screen::Screen& screen, const std::string& pressed);
  void light();
  bool find(const std::string& id);

  std::string screen_;
  std::vector<Stop> stops_;
  std::size_t at_ = 0;
  std::optional<std::size_t> inside_;  // of the group at at_
  std::optional<std::string> pressed_;
  int rounds_ = 0;
  bool is_first_ = true;
  bool is_resting_ = false;
  std::vector<std::string> lit_;
};

}  // namespace perspective::access
