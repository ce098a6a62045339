// How one respondent likes it. Ends with the visit: the next person starts from the default.
#pragma once

#include <array>
#include <string>

#include "visit/input.h"

namespace perspective::visit {

enum class TextSize { smallest, standard, large, distant, largest };  // millimetres: access/theme.h
enum class Typeface { andika, open_dyslexic };                        // both made for people who find reading hard
enum class Colours { standard, black_on_white, white_on_black, low_contrast };

// Of the keyboard on the screen.
enum class KeyOrder { typewriter, alphabet };

constexpr int kTextSizes = 5;
constexpr int kColours = 4;
constexpr int kTypefaces = 2;

// Speech. Per cent of 120 to 125 words a minute, at the same pitch (VVSG 2.0, 7.1-K: 50 % to 200 %).
inline constexpr std::array<int, 7> kRates_percent{50, 65, 80, 100, 130, 160, 200};
inline constexpr int kUsualRate = 3;
// 3 dB a step: 30 dB in all, and the fifth is 12 dB above the lowest (EN 301 549, 5.1.3.11-12).
inline constexpr int kVolumes = 11;
inline constexpr int kUsualVolume = 7;
inline constexpr int kVolumeStep_dB = 3;

struct Sound {
  bool is_on = false;
  bool is_aloud = false;      // without headphones too: others may hear
  int rate = kUsualRate;      // index of kRates_percent
  int volume = kUsualVolume;  // 0 to kVolumes - 1
  bool operator==(const Sound&) const = default;
};

struct Settings {
  std::string language;
  TextSize size = TextSize::standard;
  Colours colours = Colours::standard;
  Typeface typeface = Typeface::andika;
  bool is_spaced = false;  // letters, words and lines further apart (WCAG 2.2, 1.4.12)
  Sound sound = {};
  Input input = {};
  // As on every telephone; the alphabet is no quicker even for who never typed (Norman and Fisher 1982).
  KeyOrder keys = KeyOrder::typewriter;
  bool is_speech_only = false;  // while there is sound: no picture
  bool operator==(const Settings&) const = default;
};

TextSize next_size(TextSize size);      // the next larger; after the largest the smallest
Colours next_colours(Colours colours);  // round and round
Typeface next_typeface(Typeface typeface);

}  // namespace perspective::visit
