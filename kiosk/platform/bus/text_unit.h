// Pieces of a text as a screen reader asks for them: the character, word, sentence, line or paragraph at a place.
//
// Promise:   0 <= begin <= end <= length, whatever the offset. Words and sentences are Unicode's, in any script.
// Threads:   pure.
// Units:     characters (code points).
#pragma once

#include <string>
#include <vector>

namespace perspective::platform::bus {

enum class Unit { character, word, sentence, line, paragraph };
struct Span {
  int begin = 0;
  int end = 0;
  bool operator==(const Span&) const = default;
};

int length_of(const std::string& text);
std::string part_of(const std::string& text, Span span);

// line_starts: as the text is wrapped; empty: its lines are its paragraphs.
Span unit_at(const std::string& text, int offset, Unit unit, const std::vector<int>& line_starts);

// What one has to take out and put in to make `now` of `before`, at one place.
struct Edit {
  int at = 0;
  std::string taken;
  std::string put;
};
Edit edit_between(const std::string& before, const std::string& now);

}  // namespace perspective::platform::bus
