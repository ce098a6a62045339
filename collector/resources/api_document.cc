#include "resources/api_document.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>
#include <utility>

#include "base/file.h"
#include "http/conditional.h"
#include "http/problem.h"
#include "people/secrets.h"

namespace perspective::resources {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

constexpr const char* kHow = " (its form: collector/resources/API.md)";

// The files of a folder, and what lies above it for every door.
struct Described {
  struct Operation {
    json::object says;
    std::string tag;
    std::string file;
    bool is_routed = false;
  };
  std::map<std::string, Operation> operations;  // "GET /v1/kiosks"
  json::object door;
  json::array tags;
  json::object components{{"schemas", json::object()}, {"parameters", json::object()}, {"headers", json::object()}};
  std::string folder;  // as it is named in faults
};

Result<json::object> read_object(const fs::path& file) {
  const auto bytes = read_file(file);
  if (!bytes) return std::unexpected(bytes.error());
  boost::system::error_code error;
  auto value = json::parse(as_text(*bytes), error);
  if (error || !value.is_object()) return fail(ErrorCode::invalid, file.string() + " is no JSON object");
  return std::move(value.get_object());
}

void take_components(Described& all, json::object& file) {
  for (const char* const kind : {"schemas", "parameters", "headers"}) {
    json::value* const given = file.if_contains(kind);
    if (!given) continue;
    for (auto& [key, value] : given->as_object()) all.components.at(kind).as_object()[key] = std::move(value);
  }
}

void take_in(Described& all, json::object& file, const std::string& name) {
  const std::string tag(file.at("tag").as_string());
  all.tags.push_back(json::object{{"name", tag}, {"description", file.at("says")}});
  for (auto& [operation, says] : file.at("operations").as_object()) {
    all.operations[operation] = {.says = std::move(says.as_object()), .tag = tag, .file = name};
  }
  take_components(all, file);
}

Result<Described> read_folder(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> files{folder.parent_path() / "every-door.json"};
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json" && entry.path().filename() != "door.json") files.push_back(entry.path());
  }
  if (error) {
    return fail(ErrorCode::not_found, "there is no folder " + folder.string() +
                                          "; --assets, or $PERSPECTIVE_ASSETS, names the folder that has api/");
  }
  std::ranges::sort(files.begin() + 1, files.end());
  Described all;
  all.folder = "assets/api/" + folder.filename().string();
  auto door = read_object(folder / "door.json");
  if (!door) return std::unexpected(door.error());
  all.door = *std::move(door);
  take_components(all, all.door);
  for (const fs::path& path : files) {
    auto file = read_object(path);
    if (!file) return std::unexpected(file.error());
    try {
      take_in(all, *file, path.filename().string());
    } catch (const std::exception& wrong) {
      return fail(ErrorCode::invalid, path.string() + ": " + wrong.what());
    }
  }
  return all;
}

json::object reference(std::string_view kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

// "Not Found" as a name of components may be written.
std::string name_of_problem(int status) {
  std::string name(http::title_of(status));
  std::erase(name, ' ');
  return name;
}

// What any route of this kind may give.
std::set<int> problems_of(const http::Route& route) {
  std::set<int> problems{400, 408, 414, 429, 431, 500, 503};
  if (!route.right.empty() || route.needs_certificate) problems.insert({401, 403});
  if (!http::names_in(route.path).empty()) problems.insert(404);
  if (route.max_body_bytes > 0) problems.insert({413, 415});
  if (route.has_tag || route.heeds_if_match) problems.insert(412);
  return problems;
}

json::object content_of(std::string_view what) {
  if (what.find('/') == std::string_view::npos) {
    return {{"application/json", json::object{{"schema", reference("schemas", what)}}}};
  }
  return {{what, json::object{{"schema", json::object{{"type", "string"}}}}}};
}

// A schema, a media type, or several of them; nothing: no body.
json::object content_of(const json::value& what) {
  if (what.is_string()) return content_of(std::string_view(what.as_string()));
  json::object content;
  if (!what.is_array()) return content;
  for (const json::value& one : what.as_array()) {
    for (auto& [type, schema] : content_of(std::string_view(one.as_string()))) content[type] = schema;
  }
  return content;
}

json::object responses_of(const http::Route& route, const json::object& says) {
  json::object responses;
  json::object headers;
  if (route.has_tag) headers["ETag"] = reference("headers", "ETag");
  if (const json::value* const named = says.if_contains("headers")) {
    for (const json::value& name : named->as_array())
      headers[name.as_string()] = reference("headers", name.as_string());
  }
  for (const auto& [status, what] : says.at("gives").as_object()) {
    json::object response{{"description", status == "201" ? "Made" : "Done"}};
    if (!headers.empty()) response["headers"] = headers;
    if (auto content = content_of(what); !content.empty()) response["content"] = std::move(content);
    responses[status] = std::move(response);
  }
  if (route.has_tag) responses["304"] = json::object{{"description", "Nothing is new"}, {"headers", headers}};
  std::set<int> problems = problems_of(route);
  if (const json::value* const more = says.if_contains("problems")) {
    for (const json::value& status : more->as_array()) problems.insert(static_cast<int>(status.as_int64()));
  }
  for (const int status : problems) {
    responses[std::to_string(status)] = reference("responses", name_of_problem(status));
  }
  return responses;
}

std::string taken_by(const json::object& says) {
  return says.contains("takes") ? std::string(says.at("takes").as_string()) : "Nothing";
}

// The router refuses every other media type.
std::string fault_of_type(const http::Route& route, const json::object& says) {
  if (route.max_body_bytes == 0) return {};
  const std::string what = taken_by(says);
  const std::string described = what.find('/') == std::string::npos ? "application/json" : what;
  if (described == route.takes) return {};
  return " is described to take " + described + ", and its route takes " + route.takes + kHow;
}

json::object body_of(const http::Route& route, const json::object& says) {
  const std::string what = taken_by(says);
  return {{"description", "At most " + std::to_string(route.max_body_bytes) + " bytes."},
          {"required", what != "Nothing"},
          {"content", content_of(std::string_view(what))}};
}

json::array parameters_of(const http::Route& route, const json::object& says) {
  json::array parameters;
  for (const std::string& name : http::names_in(route.path)) parameters.push_back(reference("parameters", name));
  if (route.has_tag) parameters.push_back(reference("parameters", "If-None-Match"));
  if (route.has_tag || route.heeds_if_match) parameters.push_back(reference("parameters", "If-Match"));
  const json::value* const more = says.if_contains("asks");
  if (!more) return parameters;
  for (const json::value& name : more->as_array()) parameters.push_back(reference("parameters", name.as_string()));
  return parameters;
}

json::object operation_of(const http::Route& route, const Described::Operation& described, const json::object& door) {
  const json::object& says = described.says;
  json::object operation{{"operationId", says.at("id")}, {"tags", json::array{described.tag}}};
  operation["summary"] = says.at("summary");
  if (const json::value* const more = says.if_contains("description")) operation["description"] = *more;
  if (!route.right.empty()) operation["x-right"] = route.right;
  const bool is_for_anyone = route.right.empty() && !route.needs_certificate;
  operation["security"] = is_for_anyone ? json::value(json::array()) : door.at("security");
  if (auto parameters = parameters_of(route, says); !parameters.empty())
    operation["parameters"] = std::move(parameters);
  if (route.max_body_bytes > 0) {
    operation["requestBody"] = body_of(route, says);
    operation["x-max-body-bytes"] = route.max_body_bytes;
  }
  operation["responses"] = responses_of(route, says);
  return operation;
}

json::object problem_response(int status) {
  json::object response{{"description", http::title_of(status)},
                        {"content", json::object{{"application/problem+json",
                                                  json::object{{"schema", reference("schemas", "Problem")}}}}}};
  if (status == 429 || status == 503) {
    response["headers"] = json::object{{"Retry-After", reference("headers", "Retry-After")}};
  }
  return response;
}

// "#/components/schemas/Kiosk" of every $ref below.
void gather_references(const json::value& value, std::set<std::string>& found) {
  if (value.is_array()) {
    for (const json::value& one : value.get_array()) gather_references(one, found);
  } else if (value.is_object()) {
    for (const auto& [key, one] : value.get_object()) {
      if (key == "$ref" && one.is_string()) found.emplace(one.get_string());
      gather_references(one, found);
    }
  }
}

void find_loose_ends(const json::object& document, const std::string& folder, std::vector<std::string>& faults) {
  std::set<std::string> wanted;
  gather_references(document, wanted);
  for (const auto& [kind, all] : document.at("components").as_object()) {
    if (kind == "securitySchemes") continue;
    for (const auto& [name, ignored] : all.as_object()) {
      const std::string here = "#/components/" + std::string(kind) + "/" + std::string(name);
      if (wanted.erase(here) == 0) faults.push_back(folder + ": nothing uses " + here);
    }
  }
  for (const std::string& missing : wanted) faults.push_back(folder + ": there is no " + missing + kHow);
}

json::object composed(Described& all, const http::Router& router, std::vector<std::string>& faults) {
  json::object paths;
  for (const http::Route& route : router.routes()) {
    const std::string name = route.method + " " + route.path;
    const auto found = all.operations.find(name);
    if (found == all.operations.end()) {
      faults.push_back(name + " is not described: add \"" + name + "\" to \"operations\" of a file in " + all.folder +
                       kHow);
      continue;
    }
    found->second.is_routed = true;
    if (const auto fault = fault_of_type(route, found->second.says); !fault.empty()) faults.push_back(name + fault);
    std::string method = route.method;
    std::ranges::transform(method, method.begin(), [](char c) { return static_cast<char>(c - 'A' + 'a'); });
    json::value& path = paths[route.path];
    if (path.is_null()) path.emplace_object();
    path.get_object()[method] = operation_of(route, found->second, all.door);
  }
  for (const auto& [name, operation] : all.operations) {
    if (operation.is_routed) continue;
    faults.push_back(operation.file + " in " + all.folder + " describes " + name + ", which no route has");
  }
  std::set<std::string> used;
  gather_references(paths, used);
  json::object responses;
  for (const int status : {400, 401, 403, 404, 408, 409, 412, 413, 414, 415, 422, 429, 431, 500, 503}) {
    const std::string name = name_of_problem(status);
    if (used.contains("#/components/responses/" + name)) responses[name] = problem_response(status);
  }
  all.components["responses"] = std::move(responses);
  all.components["securitySchemes"] = all.door.at("securitySchemes");
  json::object info = all.door.at("info").as_object();
  json::object document{{"openapi", "3.1.0"}, {"info", std::move(info)},   {"servers", all.door.at("servers")},
                        {"tags", all.tags},   {"paths", std::move(paths)}, {"components", all.components}};
  find_loose_ends(document, all.folder, faults);
  return document;
}

}  // namespace

Result<ApiDocument> describe(const http::Router& router, const fs::path& folder) {
  auto all = read_folder(folder);
  if (!all) return std::unexpected(all.error());
  ApiDocument document;
  try {
    document.json = json::serialize(composed(*all, router, document.faults));
  } catch (const std::exception& wrong) {
    return fail(ErrorCode::invalid,
                folder.string() + ": a member is missing or is not what it should be: " + wrong.what());
  }
  return document;
}

Result<void> add_api_document(http::Router& router, const fs::path& folder) {
  auto given = std::make_shared<http::Response>();
  router.add({.method = "GET",
              .path = "/v1/openapi.json",
              .handler = [given](const http::Request& request,
                                 const http::Respond& respond) { respond(http::unless_known(request, *given)); },
              .is_open = true,
              .has_tag = true});
  auto document = describe(router, folder);
  if (!document) return std::unexpected(document.error());
  *given = http::json_response(200, std::move(document->json));
  http::set_tag(*given, "\"" + people::hashed(given->body) + "\"");
  return {};
}

}  // namespace perspective::resources
