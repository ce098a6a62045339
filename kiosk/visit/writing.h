// Words being written: a text and the caret in it, and what an edit makes of them. The keys of a keyboard and those on
// the screen end here alike.
//
// Promise:   the text is UTF-8 in NFC; the caret never stands inside a character as people see it. An insertion that
//            would go over the limit changes nothing.
// Threads:   plain values.
// Units:     places and sizes in bytes.
#pragma once

#include <cstddef>
#include <string>

namespace perspective::visit {

struct Insert {
  std::string text;
  bool operator==(const Insert&) const = default;
};
enum class Reach { before, after, word };  // one character before the caret, one after it, the word before it
struct Erase {
  Reach reach = Reach::before;
  bool operator==(const Erase&) const = default;
};
struct MoveCaret {  // by so many characters: -1, 1
  int by = 0;
  bool operator==(const MoveCaret&) const = default;
};
struct PlaceCaret {
  std::size_t at = 0;
  bool operator==(const PlaceCaret&) const = default;
};

// The keyboard on the screen.
enum class KeyPage { letters, accents, signs, edit };
struct ShowKeyboard {
  bool operator==(const ShowKeyboard&) const = default;
};
struct ShowKeys {  // of that page; the same again: the letters
  KeyPage page = KeyPage::letters;
  bool operator==(const ShowKeys&) const = default;
};
struct Shift {  // for one letter: a capital, or a small one where a capital would come by itself
  bool operator==(const Shift&) const = default;
};
struct NextKeyOrder {
  bool operator==(const NextKeyOrder&) const = default;
};

struct Writing {
  std::string text = {};
  std::size_t caret = 0;
  bool operator==(const Writing&) const = default;
};
Writing after(Writing writing, const Insert& insert, std::size_t max_bytes);
Writing after(Writing writing, const Erase& erase);
Writing after(Writing writing, const MoveCaret& move);
Writing after(Writing writing, const PlaceCaret& place);

}  // namespace perspective::visit
