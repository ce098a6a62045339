// Four words that only the respondent holds, and the envelope id that follows from them (FORMAT.md, "Identifier").
//
// Promise:   id = scrypt(words, salt of the inspection; N = 2^15, r = 8, p = 1), 16 bytes. The same words in any letter
//            case and spacing give the same id.
// Errors:    invalid when a word list has not exactly 2 048 different words.
// Threads:   const calls from any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::envelope {

using EnvelopeId = std::array<std::uint8_t, 16>;

class WordList {
 public:
  static constexpr std::size_t kWords = 2048;             // 11 bits a word, 44 bits for four
  static Result<WordList> parse(std::string_view lines);  // one word a line
  std::vector<std::string> draw_four() const;             // from the kernel's randomness; may repeat a word
  const std::vector<std::string>& words() const { return words_; }
  bool has(std::string_view word) const;  // in any letter case

 private:
  std::vector<std::string> words_;
};

Result<EnvelopeId> derive_id(const std::vector<std::string>& four_words, ByteView inspection_salt);

std::string to_hex(const EnvelopeId& id);
Result<EnvelopeId> id_from_hex(std::string_view hex);

}  // namespace perspective::envelope
