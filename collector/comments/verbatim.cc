#include "comments/verbatim.h"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "comments/tokens.h"

namespace perspective::comments {
namespace {

constexpr std::size_t kMostForeign = 5;
constexpr std::string_view kEllipsis = "\u2026";

// "[name]" is no word "name".
std::vector<Token> words_of(std::string_view text) {
  auto words = tokens_of(text);
  for (auto& word : words) {
    if (word.begin > 0 && text[word.begin - 1] == '[') {
      --word.begin;
      word.folded.insert(word.folded.begin(), '[');
    }
    if (word.end < text.size() && text[word.end] == ']') {
      ++word.end;
      word.folded += ']';
    }
  }
  return words;
}

std::string_view between(std::string_view text, const Token& one, const Token& next) {
  return text.substr(one.end, next.begin - one.end);
}

bool has_ellipsis(std::string_view text) {
  return text.find("...") != std::string_view::npos || text.find(kEllipsis) != std::string_view::npos;
}

using Words = std::span<const Token>;

std::vector<Words> pieces_of(std::string_view chosen, Words words) {
  std::vector<Words> pieces;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= words.size(); ++i) {
    if (i < words.size() && !has_ellipsis(between(chosen, words[i - 1], words[i]))) continue;
    pieces.push_back(words.subspan(begin, i - begin));
    begin = i;
  }
  return pieces;
}

// Where these words stand in a row, from that word on.
std::optional<std::size_t> place_of(Words piece, Words comment, std::size_t from) {
  const auto rest = comment.subspan(std::min(from, comment.size()));
  const auto found = std::ranges::search(rest, piece, {}, &Token::folded, &Token::folded);
  if (found.empty()) return std::nullopt;
  return from + static_cast<std::size_t>(found.begin() - rest.begin());
}

std::string foreign_in(std::string_view chosen, Words piece, Words comment, std::size_t from) {
  std::size_t known = 0;
  while (known < piece.size() && place_of(piece.first(known + 1), comment, from)) ++known;
  const auto last = std::min(piece.size(), known + kMostForeign) - 1;
  return std::string(chosen.substr(piece[known].begin, piece[last].end - piece[known].begin));
}

// How many bytes of punctuation both have there; a character goes with all of its bytes.
std::size_t common_behind(std::string_view one, std::string_view other) {
  std::size_t same = 0;
  while (same < one.size() && same < other.size() && one[same] == other[same] && one[same] != ' ' && one[same] != '\n')
    ++same;
  while (same > 0 && same < one.size() && (static_cast<unsigned char>(one[same]) & 0xC0U) == 0x80) --same;
  return same;
}

std::size_t common_before(std::string_view one, std::string_view other) {
  std::size_t same = 0;
  const auto at = [](std::string_view text, std::size_t i) { return text[text.size() - 1 - i]; };
  while (same < one.size() && same < other.size() && at(one, same) == at(other, same) && at(one, same) != ' ' &&
         at(one, same) != '\n')
    ++same;
  while (same > 0 && (static_cast<unsigned char>(one[one.size() - same]) & 0xC0U) == 0x80) --same;
  return same;
}

// Of the text: what stands before its word `i`, or behind it.
std::string_view before(std::string_view text, Words words, std::size_t i) {
  const auto begin = i == 0 ? 0 : words[i - 1].end;
  return text.substr(begin, words[i].begin - begin);
}
std::string_view behind(std::string_view text, Words words, std::size_t i) {
  const auto end = i + 1 < words.size() ? words[i + 1].begin : text.size();
  return text.substr(words[i].end, end - words[i].end);
}

struct Run {  // words of the comment, and those that were chosen, by their numbers
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t chosen_begin = 0;
  std::size_t chosen_end = 0;
};

}  // namespace

Verbatim verbatim(std::string_view comment, std::string_view chosen) {
  const auto written = words_of(comment);
  const auto wanted = words_of(chosen);
  if (wanted.empty()) return {};
  std::vector<Run> runs;
  std::size_t from = 0;
  std::size_t at = 0;
  for (const auto& piece : pieces_of(chosen, wanted)) {
    const auto place = place_of(piece, written, from);
    if (!place) return {.words = {}, .foreign = foreign_in(chosen, piece, written, from)};
    from = *place + piece.size();
    if (!runs.empty() &&
        runs.back().end == *place) {  // nothing is left out: the three dots are the writer's, or nobody's
      runs.back().end = from;
      runs.back().chosen_end = at + piece.size();
    } else {
      runs.push_back({*place, from, at, at + piece.size()});
    }
    at += piece.size();
  }
  std::string words;
  for (const auto& [begin, end, chosen_begin, chosen_end] : runs) {
    if (!words.empty()) {
      const bool is_in_brackets = before(chosen, wanted, chosen_begin).find('[') != std::string_view::npos;
      words += is_in_brackets ? " [...] " : " ... ";
    }
    const auto first =
        written[begin].begin - common_before(before(comment, written, begin), before(chosen, wanted, chosen_begin));
    const auto last =
        written[end - 1].end + common_behind(behind(comment, written, end - 1), behind(chosen, wanted, chosen_end - 1));
    words += comment.substr(first, last - first);
  }
  return {.words = std::move(words), .foreign = {}};
}

}  // namespace perspective::comments
