#include "people/password_rule.h"

#include <algorithm>
#include <string_view>

#include "base/secret.h"
#include "people/common_passwords.h"
#include "text/normal_form.h"

namespace perspective::people {
namespace {

constexpr std::size_t kShortestName = 4;
constexpr std::string_view kRows[] = {"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl",
                                      "zxcvbnm"};

std::unexpected<Error> no(std::string why) { return fail(ErrorCode::invalid, std::move(why)); }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0; }
char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_common(std::string_view word) { return std::ranges::binary_search(common_passwords(), word); }

// "!!Football2026" -> "football"
std::string_view without_ends(std::string_view text) {
  const auto* const first = std::ranges::find_if(text, is_letter);
  text.remove_prefix(static_cast<std::size_t>(first - text.begin()));
  while (!text.empty() && !is_letter(text.back())) text.remove_suffix(1);
  return text;
}

bool is_one_thing_over_and_over(std::string_view text) {
  for (std::size_t unit = 1; unit <= text.size() / 2; ++unit) {
    bool is_same = true;
    for (std::size_t i = unit; is_same && i < text.size(); ++i) is_same = text[i] == text[i - unit];
    if (is_same) return true;
  }
  return false;
}

bool are_neighbours(char one, char next) {
  for (const auto row : kRows) {
    const auto at = row.find(one);
    if (at == std::string_view::npos) continue;
    if (at + 1 < row.size() && row[at + 1] == next) return true;
    if (at > 0 && row[at - 1] == next) return true;
  }
  return one == next;
}

// Three of four steps go to the neighbour.
bool is_a_row(std::string_view text) {
  std::size_t steps = 0;
  for (std::size_t i = 1; i < text.size(); ++i) steps += are_neighbours(text[i - 1], text[i]) ? 1 : 0;
  return steps * 4 >= (text.size() - 1) * 3;
}

Result<void> check_guessable(std::string_view text, const std::vector<std::string>& names) {
  const auto without = without_ends(text);
  if (is_common(text) || is_common(without)) {
    return no("too many people have this password, or a word of it: choose several words that do not belong together");
  }
  if (is_one_thing_over_and_over(text)) return no("this password says one thing over and over; choose another");
  if (is_a_row(text)) return no("this password is a row of keys; choose another");
  for (const auto& name : names) {
    std::string low = name;
    std::ranges::transform(low, low.begin(), small);
    if (low.size() >= kShortestName && text.find(low) != std::string_view::npos) {
      return no("a name that everyone knows, yours or the service's, is in this password; choose another");
    }
  }
  return {};
}

}  // namespace

Result<SecretBytes> typed_password(ByteView typed) {
  if (typed.size() <= kMostTypedBytes) return text::in_normal_form(typed);
  return no("a password has at most " + std::to_string(kLongest) + " characters");
}

Result<void> check_password(ByteView password, const std::vector<std::string>& names, bool has_code) {
  const auto characters = text::characters_in(password);
  if (!characters) return std::unexpected(characters.error());
  const auto shortest = has_code ? kShortestWithCode : kShortestAlone;
  if (*characters < shortest) {
    return no("a password has " + std::to_string(shortest) + " characters or more" +
              (has_code ? "" : " (8 where an authenticator's code is asked for as well)"));
  }
  if (*characters > kLongest) return no("a password has at most " + std::to_string(kLongest) + " characters");
  SecretBytes low(password);
  std::ranges::transform(low.span(), low.span().begin(),
                         [](std::uint8_t c) { return static_cast<std::uint8_t>(small(static_cast<char>(c))); });
  return check_guessable(low.text(), names);
}

}  // namespace perspective::people
