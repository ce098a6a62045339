#include "documents/release_tables.h"

#include <algorithm>

#include "documents/saying.h"
#include "report/statement_arguments.h"
#include "report/statement_phrase.h"

namespace perspective::documents {
namespace {

constexpr const char* kStatedMore = "stated_more";

bool is_draft(const text::Catalogue& words) { return words.has("status") && words.say("status") == "draft"; }

// A release has every finding of its questionnaire; what it does not have is no release of it.
Result<ReleaseRow> row_of(const std::string& id, const Words& words, Saying& saying) {
  const auto* const finding = words.questionnaire->finding(id);
  if (finding == nullptr)
    return fail(ErrorCode::invalid, "the release has a finding '" + id + "' that its questionnaire has not");
  ReleaseRow row{.finding = id};
  row.on = saying.topic(id, finding->item);
  row.question = saying.say("item." + finding->item);
  for (const auto& option : finding->counted) row.counted.push_back(saying.say("item." + finding->item + "." + option));
  row.hangs_on = finding->within ? *finding->within : finding->joint_with.value_or("");
  row.relation = finding->within ? "within" : finding->joint_with ? "joint" : "";
  return row;
}

Result<ReleasePart> part_of(const release::Part& part, const Words& words) {
  Saying saying(words.words);
  ReleasePart table{.questionnaire = part.questionnaire,
                    .version = part.version,
                    .respondents = part.respondents,
                    .title = words.words.has("title") ? saying.say("title") : part.questionnaire,
                    .heading = saying.say("section.heading"),
                    .rows = {}};
  for (const auto& statement : part.statements) {
    auto row = row_of(statement.finding, words, saying);
    if (!row) return std::unexpected(row.error());
    const auto known = *row;
    row->says = to_text(statement.says);
    row->whom = to_text(statement.whom);
    row->words = saying.cell(report::phrase(statement, report::Place::middle, words.words));
    row->count = statement.count;
    row->of = statement.of;
    table.rows.push_back(*std::move(row));
    for (const auto& more : part.stated_more) {
      if (more.finding != statement.finding) continue;
      const release::Statement stated{.finding = more.finding,
                                      .says = release::Says::exactly,
                                      .whom = release::Whom::who_answered,
                                      .count = more.count,
                                      .of = more.base};
      auto beside = known;
      beside.says = to_text(stated.says);
      beside.whom = kStatedMore;
      beside.words = saying.cell(report::phrase(stated, report::Place::middle, words.words));
      beside.count = more.count;
      beside.of = more.base;
      table.rows.push_back(std::move(beside));
    }
  }
  if (saying.error()) return std::unexpected(*saying.error());
  return table;
}

Result<std::vector<std::string>> notes_of(const release::Release& release, const text::Catalogue& phrases) {
  Saying saying(phrases);
  std::vector<std::string> notes;
  notes.push_back(saying.said(report::note_on_figures(release.parts, phrases)));
  if (std::ranges::any_of(release.parts, report::has_edges)) notes.push_back(saying.say("report.release.note.edges"));
  notes.push_back(saying.say("report.tables.nothing.is"));
  if (saying.error()) return std::unexpected(*saying.error());
  return notes;
}

}  // namespace

Result<ReleaseTables> release_tables(const release::Release& release, std::string area, std::span<const Words> words,
                                     const text::Catalogue& phrases) {
  ReleaseTables tables{
      .release = release, .area = std::move(area), .is_draft = is_draft(phrases), .notes = {}, .parts = {}};
  auto notes = notes_of(release, phrases);
  if (!notes) return std::unexpected(notes.error());
  tables.notes = *std::move(notes);
  for (const auto& part : release.parts) {
    const auto found = std::ranges::find_if(words, [&](const Words& each) {
      return each.questionnaire != nullptr && each.questionnaire->id == part.questionnaire;
    });
    if (found == words.end())
      return fail(ErrorCode::invalid, "there are no words for the questionnaire '" + part.questionnaire + "'");
    auto table = part_of(part, *found);
    if (!table) return in_context("questionnaire '" + part.questionnaire + "'", table.error());
    tables.parts.push_back(*std::move(table));
    tables.is_draft = tables.is_draft || is_draft(found->words);
  }
  return tables;
}

}  // namespace perspective::documents
