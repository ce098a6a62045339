#include "http/message.h"

#include <sys/mman.h>

#include <algorithm>

namespace perspective::http {

namespace {

std::string value_or_empty(const std::map<std::string, std::string, std::less<>>& values, std::string_view name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string() : found->second;
}

}  // namespace

void* take_pages(std::size_t bytes) {
  void* const memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return memory;
}

void give_back_pages(void* memory, std::size_t bytes) { ::munmap(memory, bytes); }

std::string Request::parameter(std::string_view name) const { return value_or_empty(parameters, name); }

std::string Request::query_value(std::string_view name) const { return value_or_empty(query, name); }

std::string Request::header(std::string_view name) const { return value_or_empty(headers, name); }

std::string_view media_type(std::string_view content_type) {
  const auto end = std::min(content_type.find(';'), content_type.size());
  const auto last = content_type.substr(0, end).find_last_not_of(" \t");
  return content_type.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

std::string lower_case(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

Response json_response(int status, std::string json) {
  return {.status = status, .content_type = "application/json", .body = std::move(json), .headers = {}};
}

Response text_response(std::string text) {
  return {.status = 200, .content_type = "text/plain; charset=utf-8", .body = std::move(text), .headers = {}};
}

}  // namespace perspective::http
