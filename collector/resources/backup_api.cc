#include "resources/backup_api.h"

#include <boost/json.hpp>
#include <set>
#include <utility>

#include "base/log.h"
#include "resources/audit_api.h"
#include "resources/json_body.h"
#include "resources/paging.h"

namespace perspective::resources {

namespace json = boost::json;
namespace fs = std::filesystem;
using http::Request;
using http::Response;

namespace {

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

// The collector stands in another folder than whoever asks.
Result<fs::path> whole_path(const JsonBody& body, std::string_view name) {
  const auto text = body.text(name);
  if (!text) return std::unexpected(text.error());
  fs::path path(*text);
  if (path.is_absolute() && path.has_filename()) return path;
  return fail(ErrorCode::invalid, "\"" + std::string(name) + "\" must be a whole path, from / on");
}

Result<Response> make_backup(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto file = whole_path(*body, "file");
  if (!file) return std::unexpected(file.error());
  const auto manifest = services.back_up(*file);
  if (!manifest) return std::unexpected(manifest.error());
  log::info("a backup was written");
  return audited(services, event_of(request, "backup written", {}, {{"file", file->filename().string()}}),
                 ok({{"file", file->string()}, {"about", manifest->about}}, 201));
}

Result<Response> copy_keys(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto folder = whole_path(*body, "folder");
  if (!folder) return std::unexpected(folder.error());
  const auto place = body->text("place");
  if (!place) return std::unexpected(place.error());
  const auto inspection = body->text_or("inspection", {});
  if (!inspection) return std::unexpected(inspection.error());
  std::error_code error;
  if (fs::exists(*folder, error)) return fail(ErrorCode::conflict, folder->string() + " is there already");
  const auto files = services.inspections->copy_keys(*inspection, *place);
  if (!files) return std::unexpected(files.error());
  if (auto written = write_keys(*files, *folder); !written) {
    return in_context("the copy is registered, but was not finished; take away what is there of it", written.error());
  }
  log::info(inspection->empty() ? "all keys were copied" : "the keys of inspection " + *inspection + " were copied");
  return audited(services, event_of(request, "keys copied", *inspection, {{"place", *place}}),
                 ok({{"folder", folder->string()}, {"files", files->size()}}, 201));
}

// "inspections/x/inspection.key" -> x
std::set<std::string> inspections_in(const std::vector<keys::KeyFile>& files) {
  std::set<std::string> ids;
  for (const auto& file : files) {
    const fs::path path(file.name);
    if (path.begin()->string() == "inspections") ids.insert(path.parent_path().filename().string());
  }
  return ids;
}

Result<Response> take_keys(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto folder = whole_path(*body, "folder");
  if (!folder) return std::unexpected(folder.error());
  const auto files = read_keys(*folder);
  if (!files) return std::unexpected(files.error());
  const auto ids = inspections_in(*files);
  if (ids.empty()) return fail(ErrorCode::invalid, "there are no keys of an inspection in " + folder->string());
  for (const auto& id : ids) {
    if (auto taken = services.inspections->take_keys(id, *files); !taken) return std::unexpected(taken.error());
    log::info("keys of inspection " + id + " were taken in");
  }
  std::string names;
  for (const auto& id : ids) names += (names.empty() ? "" : ", ") + id;
  return audited(services, event_of(request, "keys taken in", {}, {{"inspections", names}}),
                 ok({{"inspections", json::value_from(ids)}}, 201));
}

Result<Response> list_key_copies(const Services& services, const Request& request) {
  const auto copies = registered_copies(*services.inspections);
  if (!copies) return std::unexpected(copies.error());
  return paged(
      services, request, "copies", *copies,
      [](const auto& copy) {
        return key_of({copy.inspection, copy.key, copy.since, copy.place});
      },
      [](const auto& copy) -> json::object {
        return {{"inspection", copy.inspection}, {"key", copy.key}, {"place", copy.place}, {"since", copy.since}};
      });
}

}  // namespace

Result<std::vector<backup::KeyCopy>> registered_copies(inspection::Inspections& inspections) {
  const auto registered = inspections.key_copies();
  if (!registered) return std::unexpected(registered.error());
  std::vector<backup::KeyCopy> copies;
  for (const auto& [inspection, copy] : *registered) {
    if (!copy.destroyed.empty()) continue;
    const std::string key = copy.half == keys::Half::inspection ? "inspection" : "recovery";
    const bool is_beside_the_list = copy.place == key + ".key";
    const auto own = "the collector's folder, keys/inspections/" + inspection + "/" + copy.place;
    copies.push_back({inspection, key, is_beside_the_list ? own : copy.place, copy.since});
  }
  return copies;
}

void add_backup_routes(http::Router& router, Services& services) {
  const auto add = [&](std::string method, std::string path, Asked asked) {
    const std::size_t max_body_bytes = method == "POST" ? http::kSmallBodyBytes : 0;
    add_route(router, services, people::Right::run_service, std::move(method), std::move(path), asking(services, asked),
              max_body_bytes);
  };
  add("POST", "/v1/backups", make_backup);
  add("POST", "/v1/key-copies", copy_keys);
  add("GET", "/v1/key-copies", list_key_copies);
  add("POST", "/v1/keys", take_keys);
}

}  // namespace perspective::resources
