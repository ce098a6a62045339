#include "screen/spelling.h"

#include <fmt/format.h>

#include <cstdint>

#include "text/editing.h"

namespace perspective::screen {

std::string name_of(std::string_view character, const text::Catalogue& words) {
  const auto parts = text::code_points_apart(character);
  if (parts.empty()) return {};
  const auto key = [](std::string_view stem, char32_t point) {
    return fmt::format("{}{:x}", stem, static_cast<std::uint32_t>(point));
  };
  const std::string sign = key("kiosk.sign.", parts.front());
  if (words.has(sign)) return words.say(sign);
  // A small letter alone could be read as a word, "a"; a large one is read as a letter.
  std::string name = text::in_capitals(text::from_code_point(parts.front()), words.language());
  const std::string mark = parts.size() > 1 ? key("kiosk.mark.", parts[1]) : std::string();
  if (!mark.empty() && words.has(mark)) name = words.say(mark, {{"letter", name}});
  return text::is_capital(character) ? words.say("kiosk.echo.capital", {{"letter", name}}) : name;
}

}  // namespace perspective::screen
