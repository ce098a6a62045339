// What in a comment is likely to say who somebody is: names, telephone numbers, postcodes, addresses, e-mail, dates.
//
// Promise:   the text is never changed, and nothing is hidden by this: an inspector looks, and decides. It knows the
//            forms of English and Welsh and lists of words (assets/comments/<language>.json); it finds too much rather
//            than too little, and cannot find everything ("my brother who won the cup").
// Errors:    parse: invalid, naming the list.
// Threads:   pure.
// Units:     places in bytes of the text, which is UTF-8; spans ascend and do not overlap.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace perspective::comments {

enum class Giveaway { name, telephone, number, postcode, email, date, address };
std::string_view to_text(Giveaway kind);  // "name", ...

struct Span {
  Giveaway kind = Giveaway::name;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const Span&) const = default;
};

struct GiveawayWords {
  using List = std::set<std::string, std::less<>>;  // in small letters
  List names;       // given names that are no other words: found however they are written
  List titles;      // "mr": whoever follows is named
  List introduces;  // "called": likewise
  List does;        // "was": an unknown word that begins a sentence before one of these is a name
  List known;       // written with a capital, and nobody's name
  List months;
  List streets;                               // behind the name of a street
  List street_begins;                         // before it, as in Welsh
  List places;                                // streets only where they have a capital: "Close"
  List homes;                                 // before a number: "flat"
  std::map<std::string, std::string> labels;  // kind -> what stands in the place of one that is taken out

  static Result<GiveawayWords> parse(std::string_view json);
  void add(const GiveawayWords& other);  // its words, not its labels
};

std::vector<Span> giveaways(std::string_view text, const GiveawayWords& words);

}  // namespace perspective::comments
