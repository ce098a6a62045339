#include "resources/paging.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>

#include "base/bytes.h"
#include "base/random.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;

namespace {

constexpr std::string_view kCursor = "cursor";
constexpr std::size_t kOrderBytes = 8;

// Equal keys are told apart by their place among themselves.
std::vector<std::string> distinct(const std::vector<std::string>& keys) {
  std::vector<std::string> made;
  std::map<std::string, int> times;
  for (const std::string& key : keys) {
    const int before = times[key]++;
    made.push_back(before == 0 ? key : key_of({key, std::to_string(before)}));
  }
  return made;
}

std::string cursor_of(const Services& services, const Request& request, Reach reach, const std::string& key) {
  return services.stamps.mark(reach, kCursor, request.path + '\0' + key) + to_hex(as_bytes(key));
}

// The key that it names; empty where there is no cursor.
Result<std::string> key_in(const Services& services, const Request& request, Reach reach) {
  const std::string cursor = request.query_value("after");
  if (cursor.empty()) return cursor;
  const std::size_t mark_size = services.stamps.mark(reach, kCursor, "").size();
  const auto key = from_hex(std::string_view(cursor).substr(std::min(mark_size, cursor.size())));
  if (key) {
    std::string text(as_text(*key));
    if (cursor_of(services, request, reach, text) == cursor) return text;
  }
  return fail(ErrorCode::invalid, "\"after\" is no place in this list; leave it out to begin at the first page");
}

std::string encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string made;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    if (is_plain) made += c;
    if (!is_plain) made += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return made;
}

// The same question, but for the page.
std::string link_to(const Request& request, const std::string& next) {
  std::string target = request.path + "?";
  for (const auto& [name, value] : request.query) {
    if (name != "after") target += encoded(name) + "=" + encoded(value) + "&";
  }
  return "<" + target + "after=" + encoded(next) + ">; rel=\"next\"";
}

}  // namespace

Result<std::size_t> limit_in(const Request& request) {
  const std::string text = request.query_value("limit");
  if (text.empty()) return kPage;
  std::size_t limit = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), limit);
  const bool is_number = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
  if (is_number && limit >= 1 && limit <= kMaxPage) return limit;
  return fail(ErrorCode::invalid, "\"limit\" must be a whole number, 1 to " + std::to_string(kMaxPage));
}

std::string key_of(const std::vector<std::string>& parts) {
  std::string key;
  for (const std::string& part : parts) key += part + '\0';
  return key;
}

Result<std::string> drawn_order(const Services& services, const Request& request, Reach reach) {
  const auto after = key_in(services, request, reach);
  if (!after) return after;
  return after->empty() ? to_hex(random_bytes(kOrderBytes)) : after->substr(0, 2 * kOrderBytes);
}

Result<Cut> cut(const Services& services, const Request& request, const std::vector<std::string>& keys, Reach reach) {
  const auto limit = limit_in(request);
  if (!limit) return std::unexpected(limit.error());
  const auto after = key_in(services, request, reach);
  if (!after) return std::unexpected(after.error());
  const auto known = distinct(keys);
  Cut page;
  page.shown.resize(known.size());
  std::iota(page.shown.begin(), page.shown.end(), std::size_t{0});
  if (!after->empty()) std::erase_if(page.shown, [&](std::size_t index) { return known[index] <= *after; });
  std::ranges::sort(page.shown, {}, [&](std::size_t index) -> const std::string& { return known[index]; });
  if (page.shown.size() <= *limit) return page;
  page.shown.resize(*limit);
  page.next = cursor_of(services, request, reach, known[page.shown.back()]);
  return page;
}

Response page_of(const Request& request, std::string_view name, json::array shown,
                 const std::optional<std::string>& next, json::object more) {
  more[name] = std::move(shown);
  more["next"] = next ? json::value(*next) : json::value(nullptr);
  Response response = http::json_response(200, json::serialize(more));
  if (next) response.headers.emplace_back("Link", link_to(request, *next));
  return response;
}

}  // namespace perspective::resources
