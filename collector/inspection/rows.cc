// Rows of one questionnaire, for the statistics programs of inspectors; and what people wrote, with its codes.
#include <fmt/format.h>

#include <algorithm>

#include "base/random.h"
#include "exports/csv_text.h"
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
  WriteFormat write;  // null: of comments, which are no rows
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
    {"comments", "text/csv; charset=utf-8; header=present", "-comments.csv", nullptr},
};

Result<Format> format_named(std::string_view name) {
  const auto* const found = std::ranges::find(kFormats, name, &Format::name);
  if (found != std::end(kFormats)) return *found;
  return fail(ErrorCode::invalid,
              "\"format\" may be csv, codebook, sav (SPSS), ddi, triple-s, triple-s-data or comments, and not '" +
                  std::string(name) + "'");
}

// The questionnaire's own texts and the phrases, in the language that was asked for or the first that reports have.
Result<text::Catalogue> labels_of(const Record& record, const std::filesystem::path& assets,
                                  const std::string& questionnaire, const std::string& asked) {
  const auto language = asked.empty() ? report_language(assets, record) : asked;
  if (!language) return std::unexpected(language.error());
  if (auto checked = check_language(record, *language); !checked) return std::unexpected(checked.error());
  const auto phrases = report_phrases(assets, *language);
  if (!phrases) return std::unexpected(phrases.error());
  if (std::ranges::find(record.chapters, questionnaire) == record.chapters.end()) {
    return fail(ErrorCode::not_found, fmt::format("this inspection has no questionnaire '{}'; it has {}", questionnaire,
                                                  fmt::join(record.chapters, ", ")));
  }
  return tally_words(*phrases, record, questionnaire);
}

// What people wrote in one questionnaire, without what was taken out, with its codes; in an order of its own.
Result<std::string> comments_csv(Opened& opened, const std::filesystem::path& assets, const RowsWanted& wanted) {
  const auto words = labels_of(opened.record(), assets, wanted.questionnaire, wanted.language);
  if (!words) return std::unexpected(words.error());
  auto comments = opened.comments();
  if (!comments) return std::unexpected(comments.error());
  shuffle(*comments);  // nor who was read when
  std::string csv = "question,words,language,may_be_quoted,codes" + std::string(exports::kLineEnd);
  for (const auto& comment : *comments) {
    if (comment.questionnaire != wanted.questionnaire) continue;
    const auto question = words->format("item." + comment.variable);
    if (!question) return std::unexpected(question.error());
    const auto codes = fmt::format("{}", fmt::join(comment.codes, "; "));
    csv += fmt::format("{},{},{},{},{}{}", exports::safe_cell(*question),
                       exports::safe_cell(comment.redacted.value_or(comment.text)), exports::cell(comment.language),
                       comment.may_be_quoted ? 1 : 0, exports::safe_cell(codes), exports::kLineEnd);
  }
  return csv;
}

}  // namespace

Result<exports::Dataset> Opened::dataset(const std::filesystem::path& assets, const std::string& questionnaire,
                                         const std::string& asked) {
  const auto words = labels_of(record_, assets, questionnaire, asked);
  if (!words) return std::unexpected(words.error());
  const std::lock_guard lock(work_);
  if (auto absorbed = absorb_under_lock(); !absorbed) return std::unexpected(absorbed.error());
  const auto chapter = std::ranges::find_if(
      chapters_, [&](const tally::Columns& columns) { return columns.questionnaire().id == questionnaire; });
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
  const std::string stem = std::string(inspection) + "-" + wanted.questionnaire;
  if (format->write == nullptr) {
    auto written = comments_csv(**found, setting_.assets, wanted);
    if (!written) return std::unexpected(written.error());
    return Rows{.bytes = *std::move(written),
                .media_type = std::string(format->media_type),
                .file_name = stem + std::string(format->suffix)};
  }
  const auto data = (*found)->dataset(setting_.assets, wanted.questionnaire, wanted.language);
  if (!data) return std::unexpected(data.error());
  // Each description names the file with the codes that it describes.
  auto bytes = format->write(*data, stem + (format->name == "triple-s" ? "-triple-s.csv" : ".csv"));
  if (!bytes) return std::unexpected(bytes.error());
  return Rows{.bytes = *std::move(bytes),
              .media_type = std::string(format->media_type),
              .file_name = stem + std::string(format->suffix)};
}

}  // namespace perspective::inspection
