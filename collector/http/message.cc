#include "http/message.h"

namespace perspective::http {

namespace {

std::string value_or_empty(const std::map<std::string, std::string, std::less<>>& values, std::string_view name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string() : found->second;
}

}  // namespace

std::string Request::parameter(std::string_view name) const { return value_or_empty(parameters, name); }

std::string Request::query_value(std::string_view name) const { return value_or_empty(query, name); }

std::string Request::header(std::string_view name) const { return value_or_empty(headers, name); }

Response json_response(int status, std::string json) {
  return {.status = status, .content_type = "application/json", .body = std::move(json), .headers = {}};
}

Response text_response(std::string text) {
  return {.status = 200, .content_type = "text/plain; charset=utf-8", .body = std::move(text), .headers = {}};
}

}  // namespace perspective::http
