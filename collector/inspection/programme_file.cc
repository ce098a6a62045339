#include "inspection/programme_file.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>
#include <utility>

namespace perspective::inspection {
namespace {

namespace json = boost::json;

constexpr int kFormat = 1;
constexpr std::size_t kMaxThemes = 30;
constexpr std::size_t kMaxNameBytes = 200;

json::value parsed(std::string_view text) { return json::parse(json::string_view(text.data(), text.size())); }

std::string text_at(const json::value& value, const char* name) { return json::value_to<std::string>(value.at(name)); }

void check_format(const json::value& value) {
  if (value.at("format").to_number<int>() != kFormat) throw std::invalid_argument("format");
}

json::array array_of(const std::vector<Theme>& themes) {
  json::array all;
  for (const auto& theme : themes)
    all.push_back(
        json::object{{"id", theme.id}, {"names", json::value_from(theme.names)}, {"of", json::value_from(theme.of)}});
  return all;
}

std::vector<Theme> themes_in(const json::value& value) {
  std::vector<Theme> themes;
  for (const auto& each : value.as_array()) {
    Theme theme{text_at(each, "id"), json::value_to<std::map<std::string, std::string>>(each.at("names"))};
    const auto* const of = each.as_object().if_contains("of");
    if (of != nullptr) theme.of = json::value_to<std::vector<std::string>>(*of);
    themes.push_back(std::move(theme));
  }
  return themes;
}

bool is_theme_id(const std::string& id) {
  const auto is_fit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !id.empty() && id.size() <= 64 && id.front() >= 'a' && std::ranges::all_of(id, is_fit);
}

}  // namespace

std::string to_json(const ProgrammeFile& file) {
  json::object object{{"format", kFormat},
                      {"title", file.title},
                      {"themes", array_of(file.themes)},
                      {"certificate", file.certificate_pem},
                      {"recovery_certificate", file.recovery_certificate_pem}};
  if (file.printed)
    object["printed"] = json::object{{"at_s", file.printed->at_s}, {"print", release::to_json(file.printed->print)}};
  return json::serialize(object);
}

Result<ProgrammeFile> programme_file_from(std::string_view text) {
  try {
    const auto value = parsed(text);
    check_format(value);
    ProgrammeFile file{.title = text_at(value, "title"),
                       .themes = themes_in(value.at("themes")),
                       .certificate_pem = text_at(value, "certificate"),
                       .recovery_certificate_pem = text_at(value, "recovery_certificate")};
    if (const auto* printed = value.as_object().if_contains("printed")) {
      auto print = release::print_from_json(text_at(*printed, "print"));
      if (!print) return std::unexpected(print.error());
      file.printed = Printed{printed->at("at_s").to_number<std::int64_t>(), *std::move(print)};
    }
    return file;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "what is kept of this programme can not be read");
  }
}

std::string to_json(const ShareFile& file) {
  return json::serialize(
      json::object{{"format", kFormat}, {"programme", file.programme}, {"sealed", to_hex(file.sealed)}});
}

Result<ShareFile> share_file_from(std::string_view text) {
  try {
    const auto value = parsed(text);
    check_format(value);
    auto sealed = from_hex(text_at(value, "sealed"));
    if (!sealed) return std::unexpected(sealed.error());
    return ShareFile{text_at(value, "programme"), *std::move(sealed)};
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "what an inspection brings to its programme can not be read");
  }
}

std::string to_json(const std::vector<Score>& scores) {
  json::array all;
  for (const auto& score : scores)
    all.push_back(json::object{{"theme", score.theme},
                               {"percent", score.percent ? json::value(*score.percent) : json::value(nullptr)},
                               {"comment", score.comment}});
  return json::serialize(json::object{{"format", kFormat}, {"scores", std::move(all)}});
}

Result<std::vector<Score>> scores_from(std::string_view text) {
  try {
    const auto value = parsed(text);
    check_format(value);
    std::vector<Score> scores;
    for (const auto& each : value.at("scores").as_array()) {
      Score score{.theme = text_at(each, "theme"), .comment = text_at(each, "comment")};
      if (!each.at("percent").is_null()) score.percent = each.at("percent").to_number<int>();
      scores.push_back(std::move(score));
    }
    return scores;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "the scores of this inspection can not be read");
  }
}

std::vector<Theme>::const_iterator theme_for(const std::vector<Theme>& themes, const std::string& of_item) {
  return std::ranges::find_if(themes, [&](const Theme& theme) {
    return theme.id == of_item || std::ranges::find(theme.of, of_item) != theme.of.end();
  });
}

Result<std::vector<Theme>> themes_from(std::string_view text) {
  std::vector<Theme> themes;
  try {
    themes = themes_in(parsed(text));
  } catch (const std::exception&) {
    return fail(ErrorCode::invalid, "themes are a list, as [{\"id\": \"safety\", \"names\": {\"en\": \"Safety\"}}]");
  }
  if (themes.size() > kMaxThemes) return fail(ErrorCode::invalid, "a programme has at most 30 themes");
  std::set<std::string> ids;
  for (const auto& theme : themes) {
    if (!is_theme_id(theme.id))
      return fail(ErrorCode::invalid, "'" + theme.id + "' is no id of a theme: small letters, digits and _");
    if (!ids.insert(theme.id).second) return fail(ErrorCode::invalid, "the theme '" + theme.id + "' is there twice");
    const bool has_names = !theme.names.empty() && std::ranges::all_of(theme.names, [](const auto& name) {
      return !name.second.empty() && name.second.size() <= kMaxNameBytes;
    });
    if (!has_names) return fail(ErrorCode::invalid, "the theme '" + theme.id + "' needs a name of 1 to 200 bytes");
  }
  for (const auto& theme : themes) {
    for (const auto& of : theme.of) {
      if (!ids.insert(of).second) return fail(ErrorCode::invalid, "'" + of + "' belongs to two themes");
    }
  }
  return themes;
}

}  // namespace perspective::inspection
