#include "resources/questionnaire_api.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <utility>

#include "authoring/check.h"
#include "authoring/folder.h"

namespace perspective::resources {

namespace fs = std::filesystem;
namespace json = boost::json;
using http::Request;
using http::Response;

namespace {

constexpr const char* kDefinition = "definition.json";

// By id, which is the folder's name.
Result<std::map<std::string, fs::path, std::less<>>> folders_in(const fs::path& assets) {
  std::map<std::string, fs::path, std::less<>> folders;
  std::error_code error;
  for (auto entry = fs::directory_iterator(assets / "questionnaires", error); !error && entry != fs::end(entry);
       entry.increment(error)) {
    std::error_code ignored;
    if (fs::is_regular_file(entry->path() / kDefinition, ignored)) {
      folders.emplace(entry->path().filename().string(), entry->path());
    }
  }
  if (error) return fail(ErrorCode::io, "reading " + (assets / "questionnaires").string() + ": " + error.message());
  return folders;
}

std::string member(const std::string& catalogue, std::string_view name) {
  boost::system::error_code error;
  const auto value = json::parse(json::string_view(catalogue.data(), catalogue.size()), error);
  const json::value* const found = !error && value.is_object() ? value.get_object().if_contains(name) : nullptr;
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

json::object object_of(const std::string& id, const authoring::Folder& folder) {
  json::object titles;
  json::array languages;
  json::array drafts;
  for (const auto& [language, catalogue] : folder.texts) {
    titles[language] = member(catalogue, "title");
    languages.emplace_back(language);
    if (member(catalogue, "status") == "draft") drafts.emplace_back(language);
  }
  return {{"id", id}, {"title", std::move(titles)}, {"languages", std::move(languages)}, {"drafts", std::move(drafts)}};
}

Result<Response> list(const Services& services, const Request&) {
  const auto folders = folders_in(services.assets);
  if (!folders) return std::unexpected(folders.error());
  json::array all;
  for (const auto& [id, path] : *folders) {
    const auto folder = authoring::read_folder(path);
    if (!folder) return std::unexpected(folder.error());
    all.push_back(object_of(id, *folder));
  }
  return http::json_response(200, json::serialize(json::object{{"questionnaires", std::move(all)}}));
}

}  // namespace

Result<inspection::NewQuestionnaire> installed_questionnaire(const fs::path& assets, std::string_view id,
                                                             const std::vector<std::string>& languages) {
  const auto folders = folders_in(assets);
  if (!folders) return std::unexpected(folders.error());
  const auto found = folders->find(id);
  if (found == folders->end()) {
    return fail(ErrorCode::not_found, "no questionnaire '" + std::string(id) + "' is installed beside the collector");
  }
  const auto folder = authoring::read_folder(found->second);
  if (!folder) return std::unexpected(folder.error());
  if (authoring::count(authoring::check(*folder, languages).remarks, authoring::Severity::error) > 0) {
    return fail(ErrorCode::invalid, "the questionnaire '" + std::string(id) +
                                        "' is refused in these languages; `questionnaire check` says why");
  }
  inspection::NewQuestionnaire made{.definition = folder->definition,
                                    .texts = {},
                                    .section = folder->section,
                                    .pictures = authoring::used_pictures(*folder),
                                    .recordings = authoring::used_recordings(*folder, languages)};
  for (const auto& [language, catalogue] : folder->texts) {
    if (std::ranges::find(languages, language) != languages.end()) made.texts.emplace(language, catalogue);
  }
  return made;
}

void add_questionnaire_routes(http::Router& router, Services& services) {
  add_route(router, services, people::Right::set_up_inspections, "GET", "/v1/questionnaires", asking(services, list));
}

}  // namespace perspective::resources
