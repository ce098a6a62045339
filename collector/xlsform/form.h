// A form as it was read, with the names of its sheets; between the workbook and the questionnaire. Used by the import
// alone.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xlsform/expression.h"
#include "xlsform/line.h"

namespace perspective::xlsform {

using Texts = std::map<std::string, std::string>;  // by language code

struct Choice {
  std::size_t row = 0;  // of the sheet choices; 0: it stands in none, as a number of a scale
  std::string name;
  std::string id;
  Texts labels = {};
  Texts audio = {};  // names of files
  std::string image = {};
  bool is_outside = false;
  std::optional<int> value = {};
};
using Choices = std::vector<Choice>;

struct Note {
  std::size_t row = 0;
  std::string name;
  Texts labels = {};
  std::vector<std::string> conditions = {};  // of the groups around it, then its own; as written
  std::string own = {};                      // the last of them, if it has one
  std::size_t before = 0;                    // how many questions stand above it
  std::vector<std::size_t> groups = {};      // rows at which the groups around it begin
};

enum class Asks { one, scale, several, words };

struct Question {
  std::size_t row = 0;
  std::string name;
  std::string variable;
  Asks asks = Asks::words;
  std::size_t max_bytes = 1000;
  Choices choices = {};
  std::vector<std::string> conditions = {};
  std::vector<std::size_t> groups = {};
  Texts labels = {};
  Texts hints = {};
  Texts audio = {};
  std::set<std::string> exclusive = {};  // names of choices
};

struct Form {
  std::string id;
  int version = 1;
  Texts titles;
  std::vector<std::string> languages;  // codes; the first is the default
  std::vector<Question> questions;
  std::vector<Note> notes;
};

}  // namespace perspective::xlsform
