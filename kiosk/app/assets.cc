#include "app/assets.h"

#include <system_error>

#include "base/file.h"

namespace perspective::app {
namespace {

namespace fs = std::filesystem;

// Files of a folder with that ending, by what stands before it; none where there is no folder.
std::map<std::string, fs::path> files_in(const fs::path& folder, std::string_view ending) {
  std::map<std::string, fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename();
    if (name.ends_with(ending)) files.emplace(name.substr(0, name.size() - ending.size()), entry.path());
  }
  return files;
}

}  // namespace

Result<Assets> load_assets(const fs::path& folder) {
  Assets assets;
  for (const auto& [language, file] : files_in(folder / "texts", ".json")) {
    const auto text = read_text(file);
    if (!text) return std::unexpected(text.error());
    auto words = text::Catalogue::parse(*text, language);
    if (!words) return in_context(file.string(), words.error());
    assets.words.emplace(language, *words);
  }
  for (const auto& [language, file] : files_in(folder / "withdrawal", ".json")) {
    const auto text = read_text(file);
    if (!text) return std::unexpected(text.error());
    auto words = text::Catalogue::parse(*text, language);
    if (!words) return in_context(file.string(), words.error());
    assets.withdrawal.emplace(language, *words);
  }
  for (const auto& [language, file] : files_in(folder / "texts", ".words.txt")) {
    const auto lines = read_text(file);
    if (!lines) return std::unexpected(lines.error());
    auto list = envelope::WordList::parse(*lines);
    if (!list) return in_context(file.string(), list.error());
    assets.word_lists.emplace(language, *list);
  }
  if (const auto english = assets.words.find("en"); english != assets.words.end()) {
    // A language that is still growing says the rest in English: that is better than a blank.
    for (auto& [language, words] : assets.words) words = words.completed_from(english->second);
  }
  if (!assets.words.contains("en"))
    return fail(ErrorCode::not_found, (folder / "texts/en.json").string() + " is missing");
  if (!assets.word_lists.contains("en"))
    return fail(ErrorCode::not_found, (folder / "texts/en.words.txt").string() + " is missing");
  return assets;
}

}  // namespace perspective::app
