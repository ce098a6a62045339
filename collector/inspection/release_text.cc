// A release in words.
#include <algorithm>
#include <utility>

#include "documents/full_tables.h"
#include "inspection/reconciliation.h"
#include "inspection/releases.h"
#include "inspection/results.h"
#include "report/release_section.h"
#include "report/statement_phrase.h"

namespace perspective::inspection {
namespace {

struct Words {
  Record record;
  text::Catalogue phrases;
};

Result<Words> words_in(const std::filesystem::path& assets, const store::Inspection& stored,
                       std::string_view language) {
  auto record = record_from(stored.definition);
  if (!record) return std::unexpected(record.error());
  const auto chosen = language.empty() ? report_language(assets, *record) : std::string(language);
  if (!chosen) return std::unexpected(chosen.error());
  if (auto checked = check_language(*record, *chosen); !checked) return std::unexpected(checked.error());
  auto phrases = report_phrases(assets, *chosen);
  if (!phrases) return std::unexpected(phrases.error());
  return Words{*std::move(record), *std::move(phrases)};
}

}  // namespace

// What came too late, or may still come: whoever gave it would be in no release. Then whose words it does not quote.
Result<std::vector<std::string>> Releases::warnings_of(std::string_view inspection, Opened& opened,
                                                       const std::vector<LeftOut>& left_out,
                                                       std::string_view language) const {
  const auto stored = inspections_.store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto words = words_in(inspections_.setting_.assets, *stored, language);
  if (!words) return std::unexpected(words.error());
  const auto unlocked = opened.absorb();
  if (!unlocked) return std::unexpected(unlocked.error());
  const auto sides = reconcile(inspections_.store_, inspection, *unlocked);
  if (!sides) return std::unexpected(sides.error());
  auto warnings = report::gaps_of(*sides, words->phrases);
  if (!warnings) return warnings;
  for (const auto& each : left_out) {
    const auto own = tally_words(words->phrases, words->record, each.questionnaire);
    if (!own) return in_context("questionnaire '" + each.questionnaire + "'", own.error());
    const auto heading = own->format("section.heading");
    if (!heading) return std::unexpected(heading.error());
    auto question = own->format("item." + each.variable);
    if (!question) return std::unexpected(question.error());
    std::ranges::replace(*question, '\n', ' ');
    auto says = own->format("report.left_out." + each.why,
                            {{"questionnaire", *heading}, {"question", *question}, {"count", each.count}});
    if (!says) return std::unexpected(says.error());
    warnings->push_back(*std::move(says));
  }
  return warnings;
}

Result<std::map<std::string, std::string>> Releases::words_of(std::string_view inspection, const release::Part& part,
                                                              std::string_view language) {
  const auto stored = inspections_.store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto words = words_in(inspections_.setting_.assets, *stored, language);
  if (!words) return std::unexpected(words.error());
  std::map<std::string, std::string> all;
  for (const auto& statement : part.statements) {
    auto text = report::phrase(statement, report::Place::middle, words->phrases);
    if (!text) return std::unexpected(text.error());
    all.emplace(statement.finding, *std::move(text));
  }
  return all;
}

Result<report::Document> Releases::document(std::string_view inspection, std::string_view language) {
  const auto read = this->read(inspection);
  if (!read) return std::unexpected(read.error());
  const auto stored = inspections_.store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto words = words_in(inspections_.setting_.assets, *stored, language);
  if (!words) return std::unexpected(words.error());
  const auto questionnaires = questionnaires_of(words->record);
  if (!questionnaires) return std::unexpected(questionnaires.error());
  report::ReleaseDraft draft{
      .inspection = stored->head.id, .area = stored->head.area, .chapters = {}, .quotations = {}};
  for (const auto& questionnaire : *questionnaires) {
    auto own = section_words(words->phrases, words->record, questionnaire.id);
    if (!own) return in_context("questionnaire '" + questionnaire.id + "'", own.error());
    draft.chapters.push_back({&questionnaire, read->release.part(questionnaire.id), *std::move(own)});
  }
  auto quotations = quotations_of(inspection, *read, words->phrases.language());
  if (!quotations) return std::unexpected(quotations.error());
  draft.quotations = *std::move(quotations);
  return report::release_document(draft, words->phrases);
}

Result<ReleaseTables> Releases::tables(std::string_view inspection, std::string_view language) {
  const auto read = this->read(inspection);
  if (!read) return std::unexpected(read.error());
  return tables_of(inspection, read->release, language);
}

Result<ReleaseTables> Releases::tables_of(std::string_view inspection, const release::Release& release,
                                          std::string_view language) {
  const auto stored = inspections_.store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto words = words_in(inspections_.setting_.assets, *stored, language);
  if (!words) return std::unexpected(words.error());
  const auto questionnaires = questionnaires_of(words->record);
  if (!questionnaires) return std::unexpected(questionnaires.error());
  std::vector<documents::Words> all;
  for (const auto& questionnaire : *questionnaires) {
    auto own = tally_words(words->phrases, words->record, questionnaire.id);
    if (!own) return in_context("questionnaire '" + questionnaire.id + "'", own.error());
    all.push_back({&questionnaire, *std::move(own)});
  }
  auto tables = documents::release_tables(release, stored->head.area, all, words->phrases);
  if (!tables) return std::unexpected(tables.error());
  return ReleaseTables{*std::move(tables), words->phrases};
}

Result<documents::Workbook> Releases::full_workbook(std::string_view inspection, std::string_view language) {
  const auto opened = inspections_.used(inspection);
  if (!opened) return std::unexpected(opened.error());
  const auto stored = inspections_.store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto words = words_in(inspections_.setting_.assets, *stored, language);
  if (!words) return std::unexpected(words.error());
  const auto unlocked = (*opened)->absorb();
  if (!unlocked) return std::unexpected(unlocked.error());
  const auto counted = (*opened)->counted();
  if (!counted) return std::unexpected(counted.error());
  auto sides = reconcile(inspections_.store_, inspection, *unlocked);
  if (!sides) return std::unexpected(sides.error());
  report::Draft draft{.inspection = stored->head.id,
                      .area = stored->head.area,
                      .why_no_tokens = words->record.why_no_tokens,
                      .set_aside = unlocked->set_aside,
                      .chapters = {},
                      .quotations = {},
                      .reconciliation = *std::move(sides)};
  for (std::size_t i = 0; i < counted->questionnaires.size(); ++i) {
    const auto& questionnaire = counted->questionnaires[i];
    auto own = tally_words(words->phrases, words->record, questionnaire.id);
    if (!own) return in_context("questionnaire '" + questionnaire.id + "'", own.error());
    draft.chapters.push_back({&questionnaire, &counted->tallies[i], *std::move(own)});
  }
  return documents::full_workbook(draft, words->phrases);
}

}  // namespace perspective::inspection
