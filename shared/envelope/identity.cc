#include "envelope/identity.h"

#include <openssl/evp.h>

#include <algorithm>
#include <set>

#include "base/random.h"
#include "base/secret.h"
#include "envelope/letters.h"
#include "envelope/openssl.h"

namespace perspective::envelope {
namespace {

constexpr std::uint64_t kScryptN = std::uint64_t{1} << 15;
constexpr std::uint64_t kScryptR = 8;
constexpr std::uint64_t kScryptP = 1;
constexpr std::uint64_t kScryptMemoryBytes = std::uint64_t{64} << 20;  // N * r * 128 = 32 MiB, and a little more

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto begin = line.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kBlanks) - begin + 1);
}

}  // namespace

Result<WordList> WordList::parse(std::string_view lines) {
  WordList list;
  std::set<std::string> seen;
  std::size_t number = 0;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = trimmed(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
    ++number;
    if (line.empty()) continue;
    auto word = normalised_word(line);
    if (!word) return fail(ErrorCode::invalid, "word list, line " + std::to_string(number) + ": not one Latin word");
    if (!seen.insert(*word).second) {
      return fail(ErrorCode::invalid, "word list, line " + std::to_string(number) + ": the word stands there twice");
    }
    list.words_.push_back(std::move(*word));
  }
  if (list.words_.size() != kWords) {
    return fail(ErrorCode::invalid, "word list: " + std::to_string(list.words_.size()) + " words, not 2048");
  }
  return list;
}

std::vector<std::string> WordList::draw_four() const {
  std::vector<std::string> four;
  for (int i = 0; i < 4; ++i) four.push_back(words_[random_below(kWords)]);
  return four;
}

bool WordList::has(std::string_view word) const {
  const auto normalised = normalised_word(trimmed(word));
  return normalised && std::ranges::find(words_, *normalised) != words_.end();
}

Result<EnvelopeId> derive_id(const std::vector<std::string>& four_words, ByteView inspection_salt) {
  if (four_words.size() != 4) return fail(ErrorCode::invalid, "an envelope's words are four");
  if (inspection_salt.size() < 16) return fail(ErrorCode::invalid, "the inspection's salt has less than 16 bytes");
  std::string phrase;
  for (const std::string& given : four_words) {
    const auto word = normalised_word(trimmed(given));
    if (!word) {
      wipe(phrase.data(), phrase.size());
      return fail(ErrorCode::invalid, "one of the four words is not one Latin word");
    }
    if (!phrase.empty()) phrase += ' ';
    phrase += *word;
  }
  EnvelopeId id{};
  const int done = EVP_PBE_scrypt(phrase.data(), phrase.size(), inspection_salt.data(), inspection_salt.size(),
                                  kScryptN, kScryptR, kScryptP, kScryptMemoryBytes, id.data(), id.size());
  wipe(phrase.data(), phrase.size());
  if (done != 1) return openssl::failure(ErrorCode::io, "cannot derive the envelope's id");
  return id;
}

std::string to_hex(const EnvelopeId& id) { return perspective::to_hex(ByteView(id)); }

Result<EnvelopeId> id_from_hex(std::string_view hex) {
  const auto bytes = from_hex(hex);
  if (!bytes || bytes->size() != std::tuple_size_v<EnvelopeId>) {
    return fail(ErrorCode::invalid, "an envelope's id is 32 digits of small hexadecimal");
  }
  EnvelopeId id{};
  std::ranges::copy(*bytes, id.begin());
  return id;
}

}  // namespace perspective::envelope
