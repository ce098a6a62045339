// One page of a list: {"kiosks": [...], "next": "..."}, with `limit` and `after` as every list of the API has them.
//
// Promise:   a list is in the order of its keys, so pages fit each other whatever is added or goes meanwhile: what was
//            there all the time is on one page, once. `next` names the place after the last that is shown, and is null
//            on the last page; a header Link says the same (RFC 8288). It may go to no other list than its own.
//            What is read from the store is the whole list: a page bounds the answer.
// Errors:    invalid for a limit that is no number of 1 to kMaxPage, and for an `after` that this list never gave.
// Threads:   any.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "http/message.h"
#include "resources/services.h"

namespace perspective::resources {

constexpr std::size_t kPage = 100;
constexpr std::size_t kMaxPage = 500;

Result<std::size_t> limit_in(const http::Request& request);

// A key of several parts, in the order of the first that differs.
std::string key_of(const std::vector<std::string>& parts);

// Of a list whose order is to be another each time: drawn for the first page, and for those that follow what `after`
// says it was. To be put before each key.
Result<std::string> drawn_order(const Services& services, const http::Request& request, Reach reach);

struct Cut {
  std::vector<std::size_t> shown;   // which of the keys, in their order
  std::optional<std::string> next;  // none: the last page
};
Result<Cut> cut(const Services& services, const http::Request& request, const std::vector<std::string>& keys,
                Reach reach);

// The page with what else the answer says.
http::Response page_of(const http::Request& request, std::string_view name, boost::json::array shown,
                       const std::optional<std::string>& next, boost::json::object more = {});

// All of a handler whose list is `items`. key_of(item): a text, the same each time; object_of(item): as it is shown.
template <typename Item, typename KeyOf, typename ObjectOf>
Result<http::Response> paged(const Services& services, const http::Request& request, std::string_view name,
                             const std::vector<Item>& items, KeyOf key_of_item, ObjectOf object_of_item,
                             boost::json::object more = {}, Reach reach = Reach::of_every_collector) {
  std::vector<std::string> keys;
  keys.reserve(items.size());
  for (const Item& item : items) keys.push_back(key_of_item(item));
  const auto page = cut(services, request, keys, reach);
  if (!page) return std::unexpected(page.error());
  boost::json::array shown;
  for (const std::size_t index : page->shown) shown.push_back(object_of_item(items[index]));
  return page_of(request, name, std::move(shown), page->next, std::move(more));
}

}  // namespace perspective::resources
