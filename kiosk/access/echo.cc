#include "access/echo.h"

#include <algorithm>
#include <string_view>

#include "screen/spelling.h"
#include "text/editing.h"

namespace perspective::access {
namespace {

bool is_inside(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

struct Difference {
  std::string_view gone;
  std::string_view come;
};
Difference difference(std::string_view before, std::string_view now) {
  const std::size_t shorter = std::min(before.size(), now.size());
  std::size_t head = 0;
  while (head < shorter && before[head] == now[head]) ++head;
  const auto splits = [&](std::string_view text, std::size_t at) { return at < text.size() && is_inside(text[at]); };
  while (head > 0 && (splits(before, head) || splits(now, head))) --head;
  std::size_t tail = 0;
  while (tail < shorter - head && before[before.size() - 1 - tail] == now[now.size() - 1 - tail]) ++tail;
  while (tail > 0 && is_inside(now[now.size() - tail])) --tail;
  return {before.substr(head, before.size() - tail - head), now.substr(head, now.size() - tail - head)};
}

bool is_one(std::string_view text) { return !text.empty() && text::place_after(text, 0) == text.size(); }

std::string named(std::string_view text, const text::Catalogue& words) {
  return is_one(text) ? screen::name_of(text, words) : std::string(text);
}

// The word that the space or the line feed before the caret ends.
std::string ended_word(const visit::Writing& now) {
  const std::size_t begin = text::word_before(now.text, now.caret);
  std::string word = now.text.substr(begin, now.caret - begin);
  while (!word.empty() && (word.back() == ' ' || word.back() == '\n')) word.pop_back();
  return word;
}

std::string said_of_insertion(std::string_view come, const visit::Writing& now, const text::Catalogue& words) {
  if (come != " " && come != "\n") return named(come, words);
  const std::string word = ended_word(now);
  const std::string name = screen::name_of(come, words);
  if (word.empty()) return name;
  return come == " " ? word : word + ". " + name;
}

}  // namespace

std::string echo_of(const visit::Writing& before, const visit::Writing& now, const text::Catalogue& words) {
  if (before == now) return {};
  if (before.text == now.text) {
    const std::size_t end = text::place_after(now.text, now.caret);
    if (now.caret >= now.text.size()) return words.say("kiosk.echo.end");
    return screen::name_of(std::string_view(now.text).substr(now.caret, end - now.caret), words);
  }
  const auto [gone, come] = difference(before.text, now.text);
  if (!come.empty()) return said_of_insertion(come, now, words);
  return words.say("kiosk.echo.deleted", {{"what", named(gone, words)}});
}

}  // namespace perspective::access
