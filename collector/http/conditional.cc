#include "http/conditional.h"

#include <algorithm>
#include <utility>

#include "http/problem.h"

namespace perspective::http {

namespace {

constexpr std::string_view kTag = "ETag";
constexpr std::string_view kWeak = "W/";

// Without the weakness that a comparison may not mind; empty where it may.
std::string_view compared(std::string_view tag, Comparison comparison) {
  if (!tag.starts_with(kWeak)) return tag;
  return comparison == Comparison::weak ? tag.substr(kWeak.size()) : std::string_view();
}

// Takes the first tag of a list off its front; empty: there is none, or it is no tag.
std::string_view take_tag(std::string_view& list) {
  list.remove_prefix(std::min(list.find_first_not_of(" \t,"), list.size()));
  const std::size_t quote = list.starts_with(kWeak) ? kWeak.size() : 0;
  if (quote >= list.size() || list[quote] != '"') return {};
  const std::size_t end = list.find('"', quote + 1);
  if (end == std::string_view::npos) return {};
  const std::string_view tag = list.substr(0, end + 1);
  list.remove_prefix(end + 1);
  return tag;
}

}  // namespace

bool is_among(std::string_view field, std::string_view tag, Comparison comparison) {
  if (tag.empty()) return false;
  if (field == "*") return true;
  const std::string_view wanted = compared(tag, comparison);
  for (auto one = take_tag(field); !one.empty(); one = take_tag(field)) {
    if (!wanted.empty() && compared(one, comparison) == wanted) return true;
  }
  return false;
}

std::string_view tag_of(const Response& response) {
  const auto found = std::ranges::find(response.headers, kTag, [](const auto& header) { return header.first; });
  return found == response.headers.end() ? std::string_view() : std::string_view(found->second);
}

void set_tag(Response& response, std::string tag) { response.headers.emplace_back(kTag, std::move(tag)); }

Response unless_known(const Request& request, Response response) {
  if (response.status != 200) return response;
  const std::string_view tag = tag_of(response);
  const std::string must_be = request.header("if-match");
  if (!must_be.empty() && !is_among(must_be, tag, Comparison::strong)) {
    return problem(412, "This is not what If-Match names any more.");
  }
  if (!is_among(request.header("if-none-match"), tag, Comparison::weak)) return response;
  response.status = 304;
  response.content_type.clear();
  response.body.clear();
  std::erase_if(response.headers, [](const auto& header) { return header.first == "Content-Disposition"; });
  return response;
}

}  // namespace perspective::http
