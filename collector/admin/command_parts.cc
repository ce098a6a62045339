#include "admin/command_parts.h"

#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>

#include "base/file.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

constexpr const char* kHead = ".audit";
constexpr int kMostOfAPage = 500;
constexpr const char* kUnreadable = "the collector's answer cannot be read";

Result<json::object> object_of(const Result<std::string>& answer) {
  if (!answer) return std::unexpected(answer.error());
  boost::system::error_code error;
  json::value value = json::parse(*answer, error);
  if (error || !value.is_object()) return fail(ErrorCode::corrupt, kUnreadable);
  return value.get_object();
}

}  // namespace

Result<json::object> get_object(const Chosen& chosen, const std::string& path) {
  return object_of(ApiClient(chosen.data).get(path));
}

Result<json::object> get_list(const Chosen& chosen, const std::string& path, std::string_view name) {
  const std::string first = path + "?limit=" + std::to_string(kMostOfAPage);
  auto whole = get_object(chosen, first);
  if (!whole) return whole;
  for (std::string next = text_of(*whole, "next"); !next.empty();) {
    const auto page = get_object(chosen, first + "&after=" + ApiClient::segment(next));
    if (!page) return page;
    const json::value* const more = page->if_contains(name);
    json::value* const list = whole->if_contains(name);
    if (!more || !more->is_array() || !list || !list->is_array()) return fail(ErrorCode::corrupt, kUnreadable);
    for (const json::value& one : more->get_array()) list->get_array().push_back(one);
    next = text_of(*page, "next");
  }
  whole->erase("next");
  return whole;
}

Result<json::object> post_object(const Chosen& chosen, const std::string& path, ByteView body) {
  return object_of(ApiClient(chosen.data).post(path, body));
}

Result<json::object> post_object(const Chosen& chosen, const std::string& path, const json::object& body) {
  return post_object(chosen, path, as_bytes(json::serialize(body)));
}

std::string text_of(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::int64_t number_of(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value && value->is_int64() ? value->get_int64() : 0;
}

bool flag_of(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

std::vector<json::object> list_of(const json::object& object, std::string_view name) {
  std::vector<json::object> list;
  const json::value* const value = object.if_contains(name);
  if (!value || !value->is_array()) return list;
  for (const json::value& one : value->get_array()) {
    if (one.is_object()) list.push_back(one.get_object());
  }
  return list;
}

std::vector<std::string> texts_of(const json::object& object, std::string_view name) {
  std::vector<std::string> list;
  const json::value* const value = object.if_contains(name);
  if (!value || !value->is_array()) return list;
  for (const json::value& one : value->get_array()) {
    if (one.is_string()) list.emplace_back(one.get_string());
  }
  return list;
}

std::vector<std::int64_t> numbers_of(const json::object& object, std::string_view name) {
  std::vector<std::int64_t> list;
  const json::value* const value = object.if_contains(name);
  if (!value || !value->is_array()) return list;
  for (const json::value& one : value->get_array()) {
    if (one.is_int64()) list.push_back(one.get_int64());
  }
  return list;
}

std::string joined(const json::object& object, std::string_view name) {
  std::string text;
  const json::value* const value = object.if_contains(name);
  if (value == nullptr || !value->is_array()) return text;
  for (const auto& each : value->get_array()) {
    if (each.is_string()) text += (text.empty() ? "" : ", ") + std::string(each.get_string());
  }
  return text;
}

Result<void> check_export(const std::string& path) {
  for (const auto& each : {path, path + kHead}) {
    if (std::filesystem::exists(each)) {
      return fail(ErrorCode::conflict, each + " is there already; name another file");
    }
  }
  return {};
}

Result<void> write_export(const ApiClient& client, const std::string& path, std::string_view bytes) {
  if (auto written = write_file(path, as_bytes(bytes)); !written) return written;
  return write_file(path + kHead, as_bytes(client.audit_head() + "\n"));
}

std::string inspection_path(const std::string& inspection) {
  return "/v1/inspections/" + ApiClient::segment(inspection);
}

void print_line(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (!text.ends_with('\n')) std::fputc('\n', stdout);
}

ExitCode exit_code_of(const Result<void>& result) {
  if (result) return kDone;
  std::fprintf(stderr, "perspective-collector: %s\n", result.error().what.c_str());
  return result.error().code == ErrorCode::unreachable ? kNotRunning : kFailed;
}

std::string general_notes() {
  return "All commands but init, serve, verify, restore and questionnaire ask a running collector; start it with\n"
         "`perspective-collector serve`.\n"
         "Passphrases are asked for at the terminal, or read as lines from standard input; they are never arguments.\n"
         "\n"
         "Exit codes:\n"
         "  0  done\n"
         "  1  refused or failed; one sentence on standard error says why and what to do\n"
         "  2  wrong usage; nothing was changed\n"
         "  3  the collector is not running, or there is none in that folder\n"
         "  4  alarms: there is one\n";
}

}  // namespace perspective::admin
