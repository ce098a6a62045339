// Words of one language: ICU messages by key, from a flat JSON object { "key": "message", ... }.
//
// Promise:   every message is parsed once, on loading, so that a mistake in a catalogue is known before a person sees
// it. Plurals
//            and spelled-out numbers are ICU's (Welsh has six plural forms). Apostrophes are plain (ICU's
//            DOUBLE_OPTIONAL mode).
// Errors:    invalid, naming key and place. format(): not_found for a missing key, invalid for a missing argument.
// Ownership: a Catalogue owns its messages; copies share them.
// Threads:   const calls from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace perspective::text {

using Argument = std::variant<std::int64_t, std::string>;
using Arguments = std::map<std::string, Argument, std::less<>>;

// A part of a formatted message: what one argument became, or words of the message itself (no argument).
struct Piece {
  std::string text;
  std::string argument = {};
  bool operator==(const Piece&) const = default;
};

class Catalogue {
 public:
  static Result<Catalogue> parse(std::string_view json, std::string language);  // language: BCP 47, "en", "cy"
  // The messages in which nothing is wrong; `mistakes`: what is wrong with each of the others, by its key.
  static Result<Catalogue> parse_what_can_be(std::string_view json, std::string language,
                                             std::map<std::string, Error>& mistakes);

  const std::string& language() const;
  bool has(std::string_view key) const;
  Result<std::string> format(std::string_view key, const Arguments& arguments = {}) const;
  // As format(), in its parts: a plural's "#" is a part of its argument. Only an argument's may be empty.
  Result<std::vector<Piece>> pieces(std::string_view key, const Arguments& arguments = {}) const;
  // As format(), and the key in double angle brackets where it fails: for a screen, on which something must stand.
  std::string say(std::string_view key, const Arguments& arguments = {}) const;
  std::vector<std::string> keys() const;
  std::vector<std::string> argument_names(std::string_view key) const;  // each as often as the message names it
  std::vector<std::string> number_names(std::string_view key) const;    // those of them that must be numbers: plurals
  // This one, and what it lacks from the other; a twin "<key>.spoken" only together with its key.
  Catalogue completed_from(const Catalogue& other) const;
  Catalogue with(const Catalogue& over) const;  // both; where both have a key, `over`

 private:
  struct Messages;
  explicit Catalogue(std::shared_ptr<const Messages> messages) : messages_(std::move(messages)) {}
  std::shared_ptr<const Messages> messages_;
};

// 15 -> "fifteen" (en), "pymtheg" or its like as ICU's rules for the language have it.
std::string number_in_words(std::int64_t number, std::string_view language);

// Whether the language's usual script runs from right to left, by ICU: Urdu and Arabic, not Bengali.
bool is_right_to_left(std::string_view language);

// The first letter in title case, by the language's rules.
std::string capitalised(std::string_view text, std::string_view language);

// "a", "a; b"... joined with `separator`, the last with `last`.
std::string joined(const std::vector<std::string>& parts, std::string_view separator, std::string_view last);

}  // namespace perspective::text
