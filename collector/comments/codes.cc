#include "comments/codes.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "text/one_line.h"

namespace perspective::comments {
namespace {

constexpr std::size_t kMostCodes = 10;
constexpr std::size_t kMostBytes = 60;

std::optional<std::string> clean(std::string_view typed) {
  auto code = text::one_line(typed);
  const bool is_one = code && !code->empty() && code->size() <= kMostBytes && code->find_first_of(",;") == code->npos;
  return is_one ? code : std::nullopt;
}

}  // namespace

Result<std::vector<std::string>> clean_codes(const std::vector<std::string>& typed) {
  std::vector<std::string> codes;
  for (const auto& each : typed) {
    auto code = clean(each);
    if (!code) {
      return fail(ErrorCode::invalid,
                  "a code is some words of at most 60 bytes that print, without commas and semicolons, such as \"felt "
                  "listened to\"");
    }
    codes.push_back(*std::move(code));
  }
  std::ranges::sort(codes);
  const auto repeated = std::ranges::unique(codes);
  codes.erase(repeated.begin(), repeated.end());
  if (codes.size() > kMostCodes) return fail(ErrorCode::invalid, "a comment has at most 10 codes");
  return codes;
}

}  // namespace perspective::comments
