// Puts a Screen together, item by item, in one language.
//
// Threads: one.
#pragma once

#include <string>
#include <string_view>

#include "screen/screen.h"

namespace perspective::screen {

class Writer {
 public:
  // `arguments` are known to every message; where one is said in other words, `said_arguments` has those.
  Writer(std::string id, const text::Catalogue& words, text::Arguments arguments = {},
         text::Arguments said_arguments = {});

  // What stands under the key, and what is said for it (the twin `<key>.spoken`, where there is one).
  std::string say(std::string_view key) const;
  std::string say(std::string_view key, text::Arguments arguments) const;
  std::string spoken(std::string_view key, text::Arguments arguments = {}) const;
  bool has(std::string_view key) const { return words_.has(key); }
  const text::Catalogue& words() const { return words_; }

  // Each gives the item back for what else is to be said of it; the reference holds until the next call.
  Item& add(Item item);  // where nothing is said for it, its label is
  Item& text(std::string id, Role role, std::string_view key);
  Item& heading(std::string_view key) { return text("heading", Role::heading, key); }
  Item& button(std::string id, std::string_view key, Place place, Look look, Action action);
  // One paragraph a line of the message: id, id.2, id.3 ...
  void paragraphs(const std::string& id, Role role, std::string_view key);

  Screen take() { return std::move(screen_); }

 private:
  const text::Catalogue& words_;
  text::Arguments arguments_;
  text::Arguments said_arguments_;  // with those of arguments_ that are said as they stand
  Screen screen_;
};

// "0800 1111" -> "0 8 0 0, 1 1 1 1": a number is said digit by digit.
std::string digit_by_digit(std::string_view number);

// With spaces at which no line is broken: a number stands on one line.
std::string unbroken(std::string_view number);

}  // namespace perspective::screen
