// Where in a JSON text everything stands: line and column of each JSON pointer; and what is wrong with the text itself.
//
// Promise: the place of a member is that of its name, of an element that of its value. A place that is not there has
//          that of the nearest one around it. Every name that is twice in one object is noted (parsers keep one of the
//          two in silence), and the first break of the grammar.
// Threads: plain values.
// Units:   lines and columns from 1; a column counts bytes.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace perspective::authoring {

struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
  bool operator==(const Place&) const = default;
};

struct JsonMistake {
  Place place;
  std::string pointer;
  std::string what;
  std::string remedy;
};

class JsonPlaces {
 public:
  explicit JsonPlaces(std::string_view json);

  bool is_json() const { return is_json_; }
  const std::vector<JsonMistake>& mistakes() const { return mistakes_; }
  Place of(std::string_view pointer) const;

 private:
  std::map<std::string, Place, std::less<>> places_;
  std::vector<JsonMistake> mistakes_;
  bool is_json_ = true;
};

}  // namespace perspective::authoring
