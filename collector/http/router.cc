#include "http/router.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace perspective::http {

namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

bool is_name(std::string_view part) { return part.size() > 2 && part.front() == '{' && part.back() == '}'; }

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

// How many bytes the character has that begins with this one, and what its second byte may be; 0: none begins so. RFC
// 3629, 4: no character in more bytes than it needs, none beyond U+10FFFF, no halves of UTF-16.
struct Head {
  std::size_t bytes = 0;
  unsigned char least = 0x80;
  unsigned char most = 0xBF;
};
Head head_of(unsigned char first) {
  if (first < 0x80) return {.bytes = first == 0 ? 0U : 1U};  // a zero byte ends a text for many who read it
  if (first < 0xC2 || first > 0xF4) return {};
  if (first < 0xE0) return {.bytes = 2};
  if (first < 0xF0) {
    return {.bytes = 3,
            .least = static_cast<unsigned char>(first == 0xE0 ? 0xA0 : 0x80),
            .most = static_cast<unsigned char>(first == 0xED ? 0x9F : 0xBF)};
  }
  return {.bytes = 4,
          .least = static_cast<unsigned char>(first == 0xF0 ? 0x90 : 0x80),
          .most = static_cast<unsigned char>(first == 0xF4 ? 0x8F : 0xBF)};
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const Head head = head_of(static_cast<unsigned char>(text.front()));
    if (head.bytes == 0 || head.bytes > text.size()) return false;
    for (std::size_t i = 1; i < head.bytes; ++i) {
      const auto next = static_cast<unsigned char>(text[i]);
      if (next < (i == 1 ? head.least : 0x80) || next > (i == 1 ? head.most : 0xBF)) return false;
    }
    text.remove_prefix(head.bytes);
  }
  return true;
}

}  // namespace

void Router::add(Route route) {
  Pattern pattern;
  for (const std::string_view part : split(route.path, '/')) pattern.parts.emplace_back(part);
  pattern.names = static_cast<std::size_t>(std::ranges::count_if(pattern.parts, is_name));
  routes_.push_back(std::move(route));
  patterns_.push_back(std::move(pattern));
}

// Whoever asks has not been asked who they are: a path is taken apart once, whatever is in it, and only the parts of
// the route that is found are decoded.
Match Router::find(std::string_view method, std::string_view path) const {
  Match match;
  const auto given = split(path, '/');
  const auto fits = [&](const Pattern& pattern) {
    return std::ranges::equal(pattern.parts, given, [](std::string_view wanted, std::string_view part) {
      return is_name(wanted) ? !part.empty() : wanted == part;
    });
  };
  const Pattern* best = nullptr;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!fits(patterns_[i])) continue;
    if (routes_[i].method != method) {
      match.allowed += (match.allowed.empty() ? "" : ", ") + routes_[i].method;
    } else if (best == nullptr || patterns_[i].names < best->names) {
      match.route = &routes_[i];
      best = &patterns_[i];
    }
  }
  for (std::size_t i = 0; best != nullptr && i < given.size(); ++i) {
    if (!is_name(best->parts[i])) continue;
    auto value = percent_decode(given[i]);
    if (!value) return {};
    match.parameters.emplace(best->parts[i].substr(1, best->parts[i].size() - 2), *std::move(value));
  }
  return match;
}

std::vector<std::string> names_in(std::string_view path) {
  std::vector<std::string> names;
  for (const std::string_view part : split(path, '/')) {
    if (is_name(part)) names.emplace_back(part.substr(1, part.size() - 2));
  }
  return names;
}

Result<Target> parse_target(std::string_view target) {
  if (target.empty() || target.front() != '/') return fail(ErrorCode::invalid, "the path does not begin with /");
  const std::size_t mark = std::min(target.find('?'), target.size());
  Target parsed{.path = std::string(target.substr(0, mark)), .query = {}};
  if (auto decoded = percent_decode(parsed.path); !decoded) return std::unexpected(decoded.error());
  if (mark == target.size()) return parsed;
  const auto pairs = split(target.substr(mark + 1), '&');
  if (pairs.size() > kMaxQueryNames) return fail(ErrorCode::invalid, "the address asks for more than 32 things");
  for (const std::string_view pair : pairs) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto name = percent_decode(pair.substr(0, equals));
    if (!name) return std::unexpected(name.error());
    auto value = percent_decode(equals == pair.size() ? std::string_view() : pair.substr(equals + 1));
    if (!value) return std::unexpected(value.error());
    if (!name->empty()) parsed.query[*name] = *value;
  }
  return parsed;
}

Result<std::string> percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const auto high = i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
    if (!high || !low) return fail(ErrorCode::invalid, "a % in the address is not followed by two hexadecimal digits");
    decoded += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  if (!is_utf8(decoded)) return fail(ErrorCode::invalid, "the address is no text in UTF-8 once its % are read");
  return decoded;
}

}  // namespace perspective::http
