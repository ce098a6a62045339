// The amounts that a text names: numbers in figures and in words, and what is one without a number: "all", "nobody",
// "a third".
//
// Promise:   numbers up to 999 in words as ICU spells them, in every gender, and as the catalogue says the language
//            spells them too; with the first letters that the language changes. Expressions as the catalogue lists them
//            (report.amount.*, README.md beside this); of two that fit the longer: "all or nearly all" is not "all".
//            "At least 13" and "13 or more" are one amount, and neither is 13. It
//            finds too much rather than too little: "the one who" names 1. "Second" and "lone" are numbers beside a
//            word for people, and "two visits" may be none of people: by the words beside it (amount_places.h). What is
//            an amount in a language beside the text's own is found too, where it is none of its own. A word whose
//            letters are not all of one script
//            ("thrее", in part Cyrillic) may be any: it is its own name.
// Errors:    of(): invalid, naming the message of the catalogue that is not as it should be.
// Threads:   const calls from any thread.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "report/amount_places.h"
#include "text/catalogue.h"
#include "text/tokens.h"

namespace perspective::report {

struct Amount {
  std::string name;         // in figures ("15", "88%", "13 or more"), or as the catalogue lists it first ("none")
  std::string words;        // as the text has it
  std::string before = {};  // the words that stand around it; empty: nothing, or it begins or ends an expression there
  std::string after = {};
  std::size_t begin = 0;  // of its words in the text, in bytes
  // It may be no amount at all, wherever it stands: "the others", a word that the text's own language has too (Welsh
  // "all"), or one in letters of another script.
  bool may_be_none = false;
  AmountPlace place = AmountPlace::people;
  bool operator==(const Amount&) const = default;
};

class AmountWords {
 public:
  // phrases, and beside: assets/report/<language>.json
  static Result<AmountWords> of(const text::Catalogue& phrases, const std::vector<text::Catalogue>& beside = {});
  // The languages whose catalogues belong beside this one.
  static Result<std::vector<std::string>> languages_beside(const text::Catalogue& phrases);
  std::vector<Amount> in(std::string_view text) const;
  // Is it a word that prose cannot do without: "one", "all", "no"? As report.amount.may_be_other lists them by name.
  bool may_be_other(const std::string& name) const { return may_be_other_.contains(name); }

 private:
  using Words = std::vector<std::string>;
  struct Found {
    std::size_t length = 0;  // in tokens
    std::string name;        // empty: these words are no amount
    bool may_be_none = false;
  };
  // How far a number may go, and how that is named: "13 or more".
  struct Bound {
    std::set<Words> before;  // "at least"
    std::set<Words> behind;  // "or more"
    std::string name;
  };
  AmountWords() = default;
  Result<void> read(const text::Catalogue& phrases);
  Result<void> read_numbers(const text::Catalogue& phrases);
  Result<void> read_bounds(const text::Catalogue& phrases);
  Result<void> read_expressions(const text::Catalogue& phrases);
  void add(std::string_view expression, const std::string& name);
  Result<void> add_changed_letters(const text::Catalogue& phrases);
  std::string plain(const std::string& word) const;
  Found longest(const std::vector<text::Token>& tokens, std::size_t at) const;
  Found at(const std::vector<text::Token>& tokens, std::size_t at) const;
  Found number_at(const std::vector<text::Token>& tokens, std::size_t at) const;
  Found beside_at(const std::vector<text::Token>& tokens, std::size_t at) const;
  Found written_oddly(const text::Token& token) const;

  std::map<Words, std::string> names_;  // of expressions, each word without a changed first letter
  std::set<Words> no_amounts_;          // as they are written
  std::set<Words> per_cents_;
  std::array<Bound, 2> bounds_;                   // below, above
  std::map<std::string, std::string> same_;       // "dwy": "dau"
  std::map<std::string, std::string> unchanged_;  // "ddau": "dau"
  std::set<std::string> may_be_other_;
  std::set<std::string> may_be_none_;   // names
  std::set<std::string> may_be_words_;  // of the text's own language, that are amounts in another
  AmountPlaces places_;
  std::vector<AmountWords> beside_;
  std::string language_;
  std::size_t most_words_ = 1;
};

}  // namespace perspective::report
