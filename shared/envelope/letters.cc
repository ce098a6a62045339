#include "envelope/letters.h"

#include <algorithm>
#include <iterator>

namespace perspective::envelope {
namespace {

// Letters with two cases of Latin-1, Latin Extended-A and Welsh w and y, from Unicode's own tables: the capital, the
// small one and, where it falls apart, its base and mark.
struct Letter {
  char32_t capital;
  char32_t small;
  char base;
  char32_t mark;
};
constexpr Letter kLetters[] = {
    {0x00c0, 0x00e0, 'a', 0x0300}, {0x00c1, 0x00e1, 'a', 0x0301}, {0x00c2, 0x00e2, 'a', 0x0302},
    {0x00c3, 0x00e3, 'a', 0x0303}, {0x00c4, 0x00e4, 'a', 0x0308}, {0x00c5, 0x00e5, 'a', 0x030a},
    {0x00c6, 0x00e6, 0, 0x0000},   {0x00c7, 0x00e7, 'c', 0x0327}, {0x00c8, 0x00e8, 'e', 0x0300},
    {0x00c9, 0x00e9, 'e', 0x0301}, {0x00ca, 0x00ea, 'e', 0x0302}, {0x00cb, 0x00eb, 'e', 0x0308},
    {0x00cc, 0x00ec, 'i', 0x0300}, {0x00cd, 0x00ed, 'i', 0x0301}, {0x00ce, 0x00ee, 'i', 0x0302},
    {0x00cf, 0x00ef, 'i', 0x0308}, {0x00d0, 0x00f0, 0, 0x0000},   {0x00d1, 0x00f1, 'n', 0x0303},
    {0x00d2, 0x00f2, 'o', 0x0300}, {0x00d3, 0x00f3, 'o', 0x0301}, {0x00d4, 0x00f4, 'o', 0x0302},
    {0x00d5, 0x00f5, 'o', 0x0303}, {0x00d6, 0x00f6, 'o', 0x0308}, {0x00d8, 0x00f8, 0, 0x0000},
    {0x00d9, 0x00f9, 'u', 0x0300}, {0x00da, 0x00fa, 'u', 0x0301}, {0x00db, 0x00fb, 'u', 0x0302},
    {0x00dc, 0x00fc, 'u', 0x0308}, {0x00dd, 0x00fd, 'y', 0x0301}, {0x00de, 0x00fe, 0, 0x0000},
    {0x0100, 0x0101, 'a', 0x0304}, {0x0102, 0x0103, 'a', 0x0306}, {0x0104, 0x0105, 'a', 0x0328},
    {0x0106, 0x0107, 'c', 0x0301}, {0x0108, 0x0109, 'c', 0x0302}, {0x010a, 0x010b, 'c', 0x0307},
    {0x010c, 0x010d, 'c', 0x030c}, {0x010e, 0x010f, 'd', 0x030c}, {0x0110, 0x0111, 0, 0x0000},
    {0x0112, 0x0113, 'e', 0x0304}, {0x0114, 0x0115, 'e', 0x0306}, {0x0116, 0x0117, 'e', 0x0307},
    {0x0118, 0x0119, 'e', 0x0328}, {0x011a, 0x011b, 'e', 0x030c}, {0x011c, 0x011d, 'g', 0x0302},
    {0x011e, 0x011f, 'g', 0x0306}, {0x0120, 0x0121, 'g', 0x0307}, {0x0122, 0x0123, 'g', 0x0327},
    {0x0124, 0x0125, 'h', 0x0302}, {0x0126, 0x0127, 0, 0x0000},   {0x0128, 0x0129, 'i', 0x0303},
    {0x012a, 0x012b, 'i', 0x0304}, {0x012c, 0x012d, 'i', 0x0306}, {0x012e, 0x012f, 'i', 0x0328},
    {0x0132, 0x0133, 0, 0x0000},   {0x0134, 0x0135, 'j', 0x0302}, {0x0136, 0x0137, 'k', 0x0327},
    {0x0139, 0x013a, 'l', 0x0301}, {0x013b, 0x013c, 'l', 0x0327}, {0x013d, 0x013e, 'l', 0x030c},
    {0x013f, 0x0140, 0, 0x0000},   {0x0141, 0x0142, 0, 0x0000},   {0x0143, 0x0144, 'n', 0x0301},
    {0x0145, 0x0146, 'n', 0x0327}, {0x0147, 0x0148, 'n', 0x030c}, {0x014a, 0x014b, 0, 0x0000},
    {0x014c, 0x014d, 'o', 0x0304}, {0x014e, 0x014f, 'o', 0x0306}, {0x0150, 0x0151, 'o', 0x030b},
    {0x0152, 0x0153, 0, 0x0000},   {0x0154, 0x0155, 'r', 0x0301}, {0x0156, 0x0157, 'r', 0x0327},
    {0x0158, 0x0159, 'r', 0x030c}, {0x015a, 0x015b, 's', 0x0301}, {0x015c, 0x015d, 's', 0x0302},
    {0x015e, 0x015f, 's', 0x0327}, {0x0160, 0x0161, 's', 0x030c}, {0x0162, 0x0163, 't', 0x0327},
    {0x0164, 0x0165, 't', 0x030c}, {0x0166, 0x0167, 0, 0x0000},   {0x0168, 0x0169, 'u', 0x0303},
    {0x016a, 0x016b, 'u', 0x0304}, {0x016c, 0x016d, 'u', 0x0306}, {0x016e, 0x016f, 'u', 0x030a},
    {0x0170, 0x0171, 'u', 0x030b}, {0x0172, 0x0173, 'u', 0x0328}, {0x0174, 0x0175, 'w', 0x0302},
    {0x0176, 0x0177, 'y', 0x0302}, {0x0178, 0x00ff, 'y', 0x0308}, {0x0179, 0x017a, 'z', 0x0301},
    {0x017b, 0x017c, 'z', 0x0307}, {0x017d, 0x017e, 'z', 0x030c}, {0x1e80, 0x1e81, 'w', 0x0300},
    {0x1e82, 0x1e83, 'w', 0x0301}, {0x1e84, 0x1e85, 'w', 0x0308}, {0x1ef2, 0x1ef3, 'y', 0x0300},
};

// The next character; nothing where the bytes are not UTF-8 of at most three bytes (no letter of ours has more).
std::optional<char32_t> take_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto continues = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xc0) == 0x80; };
  char32_t character = byte(0);
  std::size_t length = 1;
  if ((byte(0) & 0xe0) == 0xc0 && continues(1)) {
    character = (byte(0) & 0x1fU) << 6 | (byte(1) & 0x3fU);
    length = 2;
  } else if ((byte(0) & 0xf0) == 0xe0 && continues(1) && continues(2)) {
    character = (byte(0) & 0x0fU) << 12 | (byte(1) & 0x3fU) << 6 | (byte(2) & 0x3fU);
    length = 3;
  } else if (byte(0) >= 0x80) {
    return std::nullopt;
  }
  text.remove_prefix(length);
  return character;
}

void append(std::string& text, char32_t character) {
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += static_cast<char>(0xc0 | character >> 6);
    text += static_cast<char>(0x80 | (character & 0x3f));
  } else {
    text += static_cast<char>(0xe0 | character >> 12);
    text += static_cast<char>(0x80 | (character >> 6 & 0x3f));
    text += static_cast<char>(0x80 | (character & 0x3f));
  }
}

std::optional<char32_t> small_letter(char32_t character) {
  if (character >= 'A' && character <= 'Z') return character - 'A' + 'a';
  if ((character >= 'a' && character <= 'z') || character == '\'' || character == '-') return character;
  const auto* found = std::ranges::find_if(
      kLetters, [&](const Letter& letter) { return letter.capital == character || letter.small == character; });
  if (found == std::end(kLetters)) return std::nullopt;
  return found->small;
}

std::optional<char32_t> composed(char32_t base, char32_t mark) {
  const auto* found = std::ranges::find_if(kLetters, [&](const Letter& letter) {
    return letter.base != 0 && static_cast<char32_t>(letter.base) == base && letter.mark == mark;
  });
  if (found == std::end(kLetters)) return std::nullopt;
  return found->small;
}

bool is_mark(char32_t character) { return character >= 0x300 && character < 0x370; }

}  // namespace

std::optional<std::string> normalised_word(std::string_view word) {
  std::u32string letters;
  while (!word.empty()) {
    const auto character = take_character(word);
    if (!character) return std::nullopt;
    if (is_mark(*character)) {
      const auto letter = letters.empty() ? std::nullopt : composed(letters.back(), *character);
      if (!letter) return std::nullopt;
      letters.back() = *letter;
    } else if (const auto letter = small_letter(*character)) {
      letters += *letter;
    } else {
      return std::nullopt;
    }
  }
  if (letters.empty()) return std::nullopt;
  std::string text;
  for (const char32_t letter : letters) append(text, letter);
  return text;
}

}  // namespace perspective::envelope
