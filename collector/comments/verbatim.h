// Words that somebody chose of a comment, as the comment has them.
//
// Promise:   what is given back is the comment's own spelling, whoever typed what: whole words of it in its order, and
//            "..." or "[...]" between pieces where one stood between the words that were chosen and something is left
//            out. Small and capital letters, spaces, quotation marks and punctuation are no difference; what stands in
//            square brackets is the same only as what stands so in the comment. Punctuation before or behind a piece is
//            there where both have it.
// Errors:    none: `foreign` says the first words, as they were typed, that do not stand there; at most five.
// Threads:   pure.
#pragma once

#include <string>
#include <string_view>

namespace perspective::comments {

struct Verbatim {
  std::string words;    // empty: it holds no word, or a foreign one
  std::string foreign;  // empty: all of it stands in the comment
};
Verbatim verbatim(std::string_view comment, std::string_view chosen);

}  // namespace perspective::comments
