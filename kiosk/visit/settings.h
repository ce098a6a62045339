// How one respondent likes it. Ends with the visit: the next person starts from the default.
#pragma once

#include <string>

namespace perspective::visit {

enum class TextSize { smallest, standard, large, distant, largest };  // millimetres: access/theme.h
enum class Colours { standard, black_on_white, white_on_black, low_contrast };

constexpr int kTextSizes = 5;
constexpr int kColours = 4;

struct Settings {
  std::string language;
  TextSize size = TextSize::standard;
  Colours colours = Colours::standard;
  bool operator==(const Settings&) const = default;
};

TextSize next_size(TextSize size);      // the next larger; after the largest the smallest
Colours next_colours(Colours colours);  // round and round

}  // namespace perspective::visit
