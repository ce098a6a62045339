// Rows of one questionnaire, for the statistics programs of inspectors.
#include <fmt/format.h>

#include <algorithm>

#include "exports/formats.h"
#include "inspection/inspections.h"
#include "inspection/opened.h"
#include "inspection/results.h"

namespace perspective::inspection {
namespace {

using WriteFormat = Result<std::string> (*)(const exports::Dataset& data, std::string_view csv_name);

struct Format {
  std::string_view name;
  std::string_view media_type;
  std::string_view suffix;
  WriteFormat write;
};

// By the standard of each: RFC 4180 and RFC 7303; SPSS files have no registered type.
constexpr Format kFormats[] = {
    {"csv", "text/csv; charset=utf-8; header=present", ".csv",
     [](const exports::Dataset& data, std::string_view) { return Result<std::string>(exports::csv(data)); }},
    {"codebook", "text/csv; charset=utf-8; header=present", "-codebook.csv",
     [](const exports::Dataset& data, std::string_view) { return Result<std::string>(exports::codebook_csv(data)); }},
    {"sav", "application/octet-stream", ".sav",
     [](const exports::Dataset& data, std::string_view) { return exports::sav(data); }},
    {"ddi", "application/xml", "-ddi.xml", exports::ddi},
    {"triple-s", "application/xml", ".sss", exports::triple_s},
    {"triple-s-data", "text/csv; charset=utf-8; header=present", "-triple-s.csv",
     [](const exports::Dataset& data, std::string_view) { return Result<std::string>(exports::triple_s_csv(data)); }},
};

Result<Format> format_named(std::string_view name) {
  const auto* const found = std::ranges::find(kFormats, name, &Format::name);
  if (found != std::end(kFormats)) return *found;
  return fail(ErrorCode::invalid,
              "\"format\" may be csv, codebook, sav (SPSS), ddi, triple-s or triple-s-data, and not '" +
                  std::string(name) + "'");
}

}  // namespace

Result<exports::Dataset> Opened::dataset(const std::filesystem::path& assets, const std::string& questionnaire,
                                         const std::string& asked) {
  const auto language = asked.empty() ? report_language(assets, record_) : asked;
  if (!language) return std::unexpected(language.error());
  if (auto checked = check_language(record_, *language); !checked) return std::unexpected(checked.error());
  const auto phrases = report_phrases(assets, *language);
  if (!phrases) return std::unexpected(phrases.error());
  const std::lock_guard lock(work_);
  if (auto absorbed = absorb_under_lock(); !absorbed) return std::unexpected(absorbed.error());
  const auto chapter = std::ranges::find_if(
      chapters_, [&](const tally::Columns& columns) { return columns.questionnaire().id == questionnaire; });
  if (chapter == chapters_.end()) {
    return fail(ErrorCode::not_found, fmt::format("this inspection has no questionnaire '{}'; it has {}", questionnaire,
                                                  fmt::join(record_.chapters, ", ")));
  }
  const auto words = tally_words(*phrases, record_, questionnaire);
  if (!words) return std::unexpected(words.error());
  return exports::dataset_of(*chapter, *words);
}

// While fieldwork is open two exports tell who answered between them.
Result<Rows> Inspections::rows(std::string_view inspection, const RowsWanted& wanted) {
  const auto format = format_named(wanted.format);
  if (!format) return std::unexpected(format.error());
  const auto has_ended = has_fieldwork_ended(inspection);
  if (!has_ended) return std::unexpected(has_ended.error());
  if (!*has_ended) {
    return fail(ErrorCode::conflict, "fieldwork of '" + std::string(inspection) +
                                         "' is open: rows can be exported once it has ended, for two exports tell who "
                                         "answered between them");
  }
  const auto found = used(inspection);
  if (!found) return std::unexpected(found.error());
  const auto data = (*found)->dataset(setting_.assets, wanted.questionnaire, wanted.language);
  if (!data) return std::unexpected(data.error());
  const std::string stem = std::string(inspection) + "-" + wanted.questionnaire;
  // Each description names the file with the codes that it describes.
  auto bytes = format->write(*data, stem + (format->name == "triple-s" ? "-triple-s.csv" : ".csv"));
  if (!bytes) return std::unexpected(bytes.error());
  return Rows{.bytes = *std::move(bytes),
              .media_type = std::string(format->media_type),
              .file_name = stem + std::string(format->suffix)};
}

}  // namespace perspective::inspection
