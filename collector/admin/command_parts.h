// What the command files share: asking the API, reading its JSON.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "admin/api_client.h"
#include "admin/commands.h"

namespace perspective::admin {

Result<boost::json::object> get_object(const Chosen& chosen, const std::string& path);
// A whole list: the member `name` of every page, beside what else the first one says.
Result<boost::json::object> get_list(const Chosen& chosen, const std::string& path, std::string_view name);
Result<boost::json::object> post_object(const Chosen& chosen, const std::string& path, ByteView json);
Result<boost::json::object> post_object(const Chosen& chosen, const std::string& path, const boost::json::object& body);

// Fields of an answer: empty, 0, false where they are missing.
std::string text_of(const boost::json::object& object, std::string_view name);
std::int64_t number_of(const boost::json::object& object, std::string_view name);
bool flag_of(const boost::json::object& object, std::string_view name);
std::vector<boost::json::object> list_of(const boost::json::object& object, std::string_view name);
std::vector<std::string> texts_of(const boost::json::object& object, std::string_view name);
std::vector<std::int64_t> numbers_of(const boost::json::object& object, std::string_view name);
std::string joined(const boost::json::object& object, std::string_view name);  // a list of texts, with commas

// An export: a new file, and beside it FILE.audit with the head of the audit once the export is in it, which
// `audit verify --since` takes. check: before anything is asked, since that it was read is kept for ever. conflict: one
// of the two is there already.
Result<void> check_export(const std::string& path);
Result<void> write_export(const ApiClient& client, const std::string& path, std::string_view bytes);

std::string inspection_path(const std::string& inspection);  // "/v1/inspections/x"
void print_line(std::string_view text);

}  // namespace perspective::admin
