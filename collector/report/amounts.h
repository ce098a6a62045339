// The amounts that a text names: numbers in figures and in words, and what is one without a number: "all", "nobody",
// "a third".
//
// Promise:   numbers up to 999 in words as ICU spells them, in every gender, and as the catalogue says the language
//            spells them too; with the first letters that the language changes. Expressions as the catalogue lists them
//            (report.amount.*, README.md beside this); of two that fit the longer: "all or nearly all" is not "all". It
//            finds too much rather than too little: "the one who" names 1.
// Errors:    of(): invalid, naming the message of the catalogue that is not as it should be.
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

struct Amount {
  std::string name;         // in figures ("15", "88%"), or as the catalogue lists it first ("none")
  std::string words;        // as the text has it
  std::string before = {};  // the words that stand around it; empty: nothing, or it begins or ends an expression there
  std::string after = {};
  bool operator==(const Amount&) const = default;
};

class AmountWords {
 public:
  // phrases: assets/report/<language>.json
  static Result<AmountWords> of(const text::Catalogue& phrases);
  std::vector<Amount> in(std::string_view text) const;
  // Is it a word that prose cannot do without: "one", "all", "no"? As report.amount.may_be_other lists them by name.
  bool may_be_other(const std::string& name) const { return may_be_other_.contains(name); }

 private:
  using Words = std::vector<std::string>;
  struct Found {
    std::size_t length = 0;  // in tokens
    std::string name;        // empty: these words are no amount
  };
  AmountWords() = default;
  Result<void> read(const text::Catalogue& phrases);
  void add(std::string_view expression, const std::string& name);
  void add_changed_letters(std::string_view changes);
  std::string plain(const std::string& word) const;
  Found longest(const std::vector<text::Token>& tokens, std::size_t at) const;
  Found at(const std::vector<text::Token>& tokens, std::size_t at) const;

  std::map<Words, std::string> names_;  // of expressions, each word without a changed first letter
  std::map<Words, bool> no_amounts_;    // as they are written
  std::map<Words, bool> per_cents_;
  std::map<std::string, std::string> same_;       // "dwy": "dau"
  std::map<std::string, std::string> unchanged_;  // "ddau": "dau"
  std::set<std::string> may_be_other_;
  std::size_t most_words_ = 1;
};

}  // namespace perspective::report
