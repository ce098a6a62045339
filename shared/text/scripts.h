// Whether the letters of a word are those that its language is written in: "thrее" with a Cyrillic е reads as three.
//
// Promise:   by Unicode's scripts, and by its list of letters that look alike (UTS 39). A language's own scripts are
// ICU's
//            for it, and Latin; letters of Latin that phonetics or typography alone has ("ɑ", "ᴏ") are as those of
//            another.
// Threads:   pure.
#pragma once

#include <string_view>

namespace perspective::text {

enum class Letters {
  own,
  mixed,    // of two scripts in one word, or all of another and looking Latin: nobody writes so
  foreign,  // all of another script
};

// word: one, case folded (tokens.h).
Letters letters_of(std::string_view word, std::string_view language);

}  // namespace perspective::text
