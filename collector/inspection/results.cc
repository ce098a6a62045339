#include "inspection/results.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/file.h"
#include "inspection/opened.h"
#include "inspection/reconciliation.h"
#include "report/head.h"
#include "report/section.h"

namespace perspective::inspection {
namespace {

std::filesystem::path path_of_phrases(const std::filesystem::path& assets, const std::string& language) {
  return assets / "report" / (language + ".json");
}

std::unexpected<Error> no_phrases_in(std::string_view language) {
  return fail(ErrorCode::not_found,
              fmt::format("there is no report in '{0}': the collector's assets have no report/{0}.json", language));
}

Result<text::Catalogue> no_own_words(const text::Catalogue& phrases, const Record& /*unused*/,
                                     std::string_view /*unused*/) {
  return phrases;
}

// With what stands above the figures in every other form of them.
Result<std::string> as_json(const report::Draft& draft, const text::Catalogue& phrases) {
  std::vector<std::string> notes;
  for (const auto line : {report::no_tokens_line, report::set_aside_line}) {
    auto note = line(draft, phrases);
    if (!note) return std::unexpected(note.error());
    if (!note->empty()) notes.push_back(*std::move(note));
  }
  auto gaps = report::gaps_of(draft.reconciliation, phrases);
  if (!gaps) return std::unexpected(gaps.error());
  std::ranges::move(*gaps, std::back_inserter(notes));
  std::vector<tally::Tally> tallies;
  for (const auto& chapter : draft.chapters) tallies.push_back(*chapter.tally);
  return tally::tallies_to_json(draft.inspection, draft.set_aside, notes, tallies);
}

}  // namespace

Result<text::Catalogue> report_phrases(const std::filesystem::path& assets, const std::string& language) {
  const auto json = read_text(path_of_phrases(assets, language));
  if (!json && json.error().code == ErrorCode::not_found) return no_phrases_in(language);
  if (!json) return std::unexpected(json.error());
  return text::Catalogue::parse(*json, language);
}

Result<std::string> report_language(const std::filesystem::path& assets, const Record& record) {
  for (const auto& language : record.package.languages) {
    const bool has_sections =
        std::ranges::all_of(record.sections, [&](const auto& section) { return section.second.contains(language); });
    if (has_sections && std::filesystem::exists(path_of_phrases(assets, language))) return language;
  }
  return fail(
      ErrorCode::not_found,
      fmt::format("there is no report in any language of this inspection ('{}'): in each, words are missing from "
                  "the collector's report/ or from a questionnaire's section/",
                  fmt::join(record.package.languages, "', '")));
}

Result<void> check_language(const Record& record, const std::string& language) {
  const auto& languages = record.package.languages;
  if (std::ranges::find(languages, language) != languages.end()) return {};
  return fail(ErrorCode::not_found, fmt::format("this inspection is not in '{}'; it was created in '{}'", language,
                                                fmt::join(languages, "', '")));
}

Result<text::Catalogue> section_words(const text::Catalogue& phrases, const Record& record, std::string_view chapter) {
  const auto& catalogues = record.sections.at(std::string(chapter));
  const auto found = catalogues.find(phrases.language());
  if (found == catalogues.end()) {
    return fail(ErrorCode::not_found, fmt::format("it has no section in '{0}': section/{0}.json was not in its folder "
                                                  "when the inspection was created",
                                                  phrases.language()));
  }
  const auto words = text::Catalogue::parse(found->second, phrases.language());
  if (!words) return std::unexpected(words.error());
  return phrases.with(*words);
}

Result<text::Catalogue> tally_words(const text::Catalogue& phrases, const Record& record, std::string_view chapter) {
  auto words = section_words(phrases, record, chapter);
  const auto& catalogues = record.package.questionnaires.at(std::string(chapter)).texts;
  const auto found = catalogues.find(phrases.language());
  if (!words || found == catalogues.end()) return words;
  const auto texts = text::Catalogue::parse(found->second, phrases.language());
  if (!texts) return std::unexpected(texts.error());
  return words->with(*texts);
}

std::vector<tally::Tally> Opened::tallies() const {
  std::vector<tally::Tally> tallies;
  tallies.reserve(chapters_.size());
  for (const auto& columns : chapters_) tallies.push_back(tally::tally_of(columns));
  return tallies;
}

template <typename Text>
Result<Text> Opened::written_up(const std::filesystem::path& assets, const std::string& language, WordsOf words_of,
                                WriteUp<Text> write_up) {
  // Asked from outside: only what the inspection has may become a file's name.
  if (auto checked = check_language(record_, language); !checked) return std::unexpected(checked.error());
  const auto phrases = report_phrases(assets, language);
  if (!phrases) return std::unexpected(phrases.error());
  const std::lock_guard lock(work_);
  if (auto absorbed = absorb_under_lock(); !absorbed) return std::unexpected(absorbed.error());
  if (auto read = read_annotations(); !read) return std::unexpected(read.error());
  auto sides = reconcile(store_, record_.package.inspection, Unlocked{counted_, set_aside_});
  if (!sides) return std::unexpected(sides.error());
  const auto counts = tallies();
  report::Draft draft;
  draft.inspection = record_.package.inspection;
  draft.area = record_.package.area;
  draft.why_no_tokens = record_.why_no_tokens;
  draft.set_aside = set_aside_;
  draft.reconciliation = *std::move(sides);
  for (std::size_t i = 0; i < chapters_.size(); ++i) {
    const auto& questionnaire = chapters_[i].questionnaire();
    auto words = words_of(*phrases, record_, questionnaire.id);
    if (!words) return in_context("questionnaire '" + questionnaire.id + "'", words.error());
    draft.chapters.push_back({&questionnaire, &counts[i], std::move(*words)});
  }
  draft.quotations = quotations(phrases->language());
  return write_up(draft, *phrases);
}

Result<std::string> Opened::tally_json(const std::filesystem::path& assets, const std::string& asked) {
  const auto language = asked.empty() ? report_language(assets, record_) : asked;
  if (!language) return std::unexpected(language.error());
  return written_up<std::string>(assets, *language, no_own_words, as_json);
}

Result<std::string> Opened::tally_text(const std::filesystem::path& assets, const std::string& asked) {
  const auto language = asked.empty() ? report_language(assets, record_) : asked;
  if (!language) return std::unexpected(language.error());
  return written_up<std::string>(assets, *language, tally_words, report::full_tally);
}

Result<std::string> Opened::section(const std::filesystem::path& assets, const std::string& language) {
  return written_up<std::string>(assets, language, section_words, report::full_section);
}

Result<report::Document> Opened::full_document(const std::filesystem::path& assets, const std::string& language) {
  return written_up<report::Document>(assets, language, section_words, report::full_document);
}

std::vector<report::Quotation> Opened::quotations(const std::string& language) const {
  std::vector<report::Quotation> quotations;
  for (const auto& written : written_) {
    if (written.chosen == nullptr) continue;
    if (auto quotation = quotation_of(written, language)) quotations.push_back(*std::move(quotation));
  }
  return quotations;
}

// Always without what was taken out, whenever that was; beside it a translation into the language of the section.
std::optional<report::Quotation> Opened::quotation_of(const Written& written, const std::string& language) const {
  auto printed = printable_of(written, written.chosen->words);
  if (!printed) return std::nullopt;  // kept by a version that did not look, or taken out of it in another way since
  const auto translated =
      written.language == language ? written.translations.end() : written.translations.find(language);
  // Whoever chose less than all of it left something out: the translation may have it.
  const bool is_translated =
      translated != written.translations.end() && *printed == without_taken_out(written, written.text);
  return report::Quotation{
      .questionnaire = chapters_[written.chapter].questionnaire().id,
      .variable = written.item->variable,
      .original = std::string(written.text),
      .printed = *std::move(printed),
      .is_sic = written.chosen->record.is_sic,
      .language = written.language,
      .translation = is_translated ? without_taken_out(written, translated->second->words) : std::string(),
      .translator = is_translated ? translated->second->record.name : std::string()};
}

}  // namespace perspective::inspection
