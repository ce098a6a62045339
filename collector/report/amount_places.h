// What an amount may be but a number of people, by the words beside it: a year, the number of a chapter, how many
// visits.
//
// Promise:   of the lists of a catalogue (report.amount.things, people, links ..., README.md beside this); without them
//            every amount may be of people. A number with another beside it ("83 in 100", "1950 of the 2000", "19/20")
//            is neither the number of a chapter nor one of things, and no year.
// Errors:    of(): invalid, naming the message that is not as it should be.
// Threads:   const calls from any thread.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/catalogue.h"
#include "text/tokens.h"

namespace perspective::report {

enum class AmountPlace {
  people,
  things,        // a number or "most" before a word for what is nobody: "two visits", "12 March", "most comments"
  numbered,      // a number behind the word for what has one: "chapter 4", "section 47"
  perhaps_year,  // 1900 to 2100 in four figures, and beside it what makes it less sure: "of 2009", "2009 children"
  year,          // with nothing of the kind
};

// An amount in a text, by its tokens.
struct AmountSpan {
  std::string name;
  std::size_t begin = 0;
  std::size_t end = 0;
};

class AmountPlaces {
 public:
  AmountPlaces() = default;
  static Result<AmountPlaces> of(const text::Catalogue& phrases);
  // What the text's own language has no need to say: in English it may be said in a Welsh text, too.
  void add(const AmountPlaces& beside);
  // spans: all of the text, in their order.
  AmountPlace at(std::string_view text, const std::vector<text::Token>& tokens, const std::vector<AmountSpan>& spans,
                 std::size_t which) const;

 private:
  using Words = std::vector<std::string>;
  std::string plain(const std::string& word) const;
  bool begins(const std::set<Words>& expressions, const std::vector<text::Token>& tokens, std::size_t at) const;
  bool ends(const std::set<Words>& expressions, const std::vector<text::Token>& tokens, std::size_t end) const;
  bool is_numbered(const std::vector<text::Token>& tokens, std::size_t at) const;
  AmountPlace of_year(const std::vector<text::Token>& tokens, const AmountSpan& span, bool has_another_apart) const;

  std::set<Words> people_;
  std::set<Words> things_;
  std::set<Words> numbered_;
  std::set<std::string> before_numbered_;   // "this": of what stands behind it the number is not
  std::set<std::string> links_;             // between two numbers of which one is a part of the other
  std::set<std::string> before_years_;      // those of them that a year stands behind
  std::set<std::string> may_be_of_things_;  // names: "more than half"
  std::map<std::string, std::string> unchanged_;
};

}  // namespace perspective::report
