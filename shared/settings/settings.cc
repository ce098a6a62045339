#include "settings/settings.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <system_error>

#include "base/file.h"

namespace perspective::settings {
namespace {

constexpr std::string_view kSpaces = " \t\r";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

std::unexpected<Error> wrong(int line, const std::string& what) {
  return fail(ErrorCode::invalid, std::to_string(line) + ": " + what);
}

std::string key_of(const CLI::Option& option) {
  const auto& names = option.get_lnames();
  return names.empty() ? "" : names.front();
}

std::string keys_of(const std::vector<CLI::Option*>& options) {
  std::vector<std::string> keys;
  for (const auto* option : options) keys.push_back(key_of(*option));
  std::ranges::sort(keys);
  std::string text;
  for (const auto& key : keys) text += (text.empty() ? "" : ", ") + key;
  return text;
}

Result<void> apply_one(const Setting& setting, const std::vector<CLI::Option*>& options) {
  const auto found = std::ranges::find_if(options, [&](const auto* option) { return key_of(*option) == setting.key; });
  if (found == options.end()) {
    return wrong(setting.line, "there is no key '" + setting.key + "'. There are: " + keys_of(options));
  }
  CLI::Option& option = **found;
  if (option.count() > 0) return {};  // the command line says otherwise
  try {
    option.add_result(setting.value);
    option.run_callback();
  } catch (const CLI::Error& error) {
    return wrong(setting.line, "'" + setting.key + "' cannot be '" + setting.value + "': " + error.what());
  }
  return {};
}

}  // namespace

Result<std::vector<Setting>> parse(std::string_view text) {
  std::vector<Setting> settings;
  int line = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto content = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line;
    if (content.empty() || content.front() == '#') continue;
    const auto equals = content.find('=');
    if (equals == std::string_view::npos) return wrong(line, "write 'key = value', or '#' before what is a remark");
    const Setting setting{std::string(trimmed(content.substr(0, equals))),
                          std::string(trimmed(content.substr(equals + 1))), line};
    if (setting.key.empty()) return wrong(line, "nothing stands before '='");
    if (setting.value.empty()) {
      return wrong(line, "'" + setting.key + "' has no value; put '#' before the line where it should have none");
    }
    const auto twin = std::ranges::find(settings, setting.key, &Setting::key);
    if (twin != settings.end()) {
      return wrong(line, "'" + setting.key + "' stands there twice, first in line " + std::to_string(twin->line));
    }
    settings.push_back(setting);
  }
  return settings;
}

Result<void> apply_file(const std::filesystem::path& file, const std::vector<CLI::Option*>& options) {
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  const auto at_line = [&file](Error error) {
    error.what = file.string() + ":" + error.what;
    return std::unexpected(std::move(error));
  };
  const auto settings = parse(*text);
  if (!settings) return at_line(settings.error());
  for (const auto& setting : *settings) {
    if (auto applied = apply_one(setting, options); !applied) return at_line(applied.error());
  }
  return {};
}

std::filesystem::path file_to_read(const std::filesystem::path& named, const std::filesystem::path& packaged) {
  if (!named.empty()) return named;
  std::error_code error;
  return !packaged.empty() && std::filesystem::exists(packaged, error) ? packaged : std::filesystem::path();
}

}  // namespace perspective::settings
