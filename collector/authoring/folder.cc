#include "authoring/folder.h"

#include <system_error>

#include "base/file.h"

namespace perspective::authoring {

namespace fs = std::filesystem;

namespace {

// A folder that is missing has none; whether they are needed is the check's business.
Result<Catalogues> read_catalogues(const fs::path& folder) {
  Catalogues catalogues;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() != ".json") continue;
    auto text = read_text(entry->path());
    if (!text) return std::unexpected(text.error());
    catalogues[entry->path().stem().string()] = *std::move(text);
  }
  return catalogues;
}

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    names.insert(entry->path().filename().string());
  }
  return names;
}

}  // namespace

Result<Folder> read_folder(const fs::path& folder) {
  auto definition = read_text(folder / "definition.json");
  if (!definition) {
    if (definition.error().code != ErrorCode::not_found) return std::unexpected(definition.error());
    return fail(ErrorCode::not_found, folder.string() + " is no folder of a questionnaire: it has no definition.json");
  }
  auto texts = read_catalogues(folder / "texts");
  if (!texts) return std::unexpected(texts.error());
  auto section = read_catalogues(folder / "section");
  if (!section) return std::unexpected(section.error());
  return Folder{.definition = *std::move(definition),
                .texts = *std::move(texts),
                .section = *std::move(section),
                .pictures = names_in(folder / "pictures")};
}

}  // namespace perspective::authoring
