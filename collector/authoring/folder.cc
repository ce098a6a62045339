#include "authoring/folder.h"

#include <algorithm>
#include <system_error>

#include "base/file.h"
#include "survey/definition_reader.h"
#include "survey/recording.h"

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

Result<survey::Pictures> read_pictures(const fs::path& folder) {
  survey::Pictures pictures;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() != ".svg") continue;
    auto svg = read_text(entry->path());
    if (!svg) return std::unexpected(svg.error());
    pictures[entry->path().stem().string()] = *std::move(svg);
  }
  return pictures;
}

// One byte too many is enough to be told of.
Result<std::map<std::string, Bytes>> read_recordings(const fs::path& folder) {
  std::map<std::string, Bytes> recordings;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() != ".opus") continue;
    auto file = read_file(entry->path());
    if (!file) return std::unexpected(file.error());
    file->resize(std::min(file->size(), survey::kMaxRecordingBytes + 1));
    const fs::path name = entry->path().lexically_relative(folder);
    recordings[(name.parent_path() / name.stem()).generic_string()] = *std::move(file);
  }
  return recordings;
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
  auto pictures = read_pictures(folder / "pictures");
  if (!pictures) return std::unexpected(pictures.error());
  auto shared = read_pictures(fs::absolute(folder).lexically_normal() / ".." / "pictures");
  if (!shared) return std::unexpected(shared.error());
  auto recordings = read_recordings(folder / "recordings");
  if (!recordings) return std::unexpected(recordings.error());
  return Folder{.definition = *std::move(definition),
                .texts = *std::move(texts),
                .section = *std::move(section),
                .pictures = *std::move(pictures),
                .shared_pictures = *std::move(shared),
                .recordings = *std::move(recordings)};
}

const std::string* picture(const Folder& folder, const std::string& name) {
  for (const survey::Pictures* pictures : {&folder.pictures, &folder.shared_pictures}) {
    if (const auto found = pictures->find(name); found != pictures->end()) return &found->second;
  }
  return nullptr;
}

survey::Pictures used_pictures(const Folder& folder) {
  survey::Problems problems;  // told of by the check
  survey::Pictures used;
  for (const std::string& name : survey::picture_names(survey::read_definition(folder.definition, problems))) {
    if (const std::string* svg = picture(folder, name)) used.emplace(name, *svg);
  }
  return used;
}

std::vector<Bytes> used_recordings(const Folder& folder, const std::vector<std::string>& languages) {
  std::vector<Bytes> used;
  for (const auto& [name, file] : folder.recordings) {
    const auto recording = survey::read_recording(file);
    const bool is_wanted = recording && std::ranges::find(languages, recording->language) != languages.end();
    if (is_wanted) used.push_back(file);
  }
  return used;
}

}  // namespace perspective::authoring
