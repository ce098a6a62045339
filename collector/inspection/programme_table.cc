// This inspection beside those of its programme; what inspectors type into it.
#include <algorithm>
#include <set>
#include <utility>

#include "documents/programme_tables.h"
#include "inspection/programmes.h"

namespace perspective::inspection {
namespace {

// In the language, else as a report names it in the first that there is.
std::string name_of(const Theme& theme, std::string_view language) {
  const auto found = theme.names.find(std::string(language));
  if (found != theme.names.end()) return found->second;
  return theme.names.empty() ? theme.id : theme.names.begin()->second;
}

// Whole, halves up.
std::int64_t mean_of(const std::vector<std::int64_t>& numbers) {
  std::int64_t sum = 0;
  for (const auto number : numbers) sum += number;
  return (2 * sum + std::ssize(numbers)) / (2 * std::ssize(numbers));
}

documents::ProgrammeRow row_of(const documents::ReleaseRow& said, const survey::Questionnaire& questionnaire,
                               const ProgrammeFile& programme) {
  documents::ProgrammeRow row{
      .finding = said.finding, .on = said.on, .question = said.question, .counted = said.counted, .words = said.words};
  const auto* finding = questionnaire.finding(said.finding);
  const auto* item = finding == nullptr ? nullptr : questionnaire.item(finding->item);
  if (item == nullptr) return row;
  const auto theme = theme_for(programme.themes, item->theme);
  if (theme != programme.themes.end()) row.theme = theme->id;
  return row;
}

// Themes in the programme's order, what has none at the end; within one the questionnaire's order.
void sort_by_theme(const ProgrammeFile& programme, std::vector<documents::ProgrammeRow>& rows) {
  const auto place = [&](const documents::ProgrammeRow& row) {
    return std::ranges::find(programme.themes, row.theme, &Theme::id) - programme.themes.begin();
  };
  std::ranges::stable_sort(rows, {}, place);
}

documents::ProgrammePart part_of(const documents::ReleasePart& said, const release::Part& here,
                                 const survey::Questionnaire& questionnaire, const ProgrammeFile& programme,
                                 const std::vector<release::Part>& published) {
  documents::ProgrammePart part{.questionnaire = said.questionnaire,
                                .version = said.version,
                                .heading = said.heading,
                                .is_pooled_only = questionnaire.is_pooled_only,
                                .services = 0,
                                .rows = {}};
  const auto* printed = programme.printed ? programme.printed->print.part(said.questionnaire, said.version) : nullptr;
  if (printed != nullptr) part.services = std::ssize(printed->services);
  for (const auto& each : said.rows) {
    if (each.whom == "stated_more") {
      part.rows.back().words = each.words;  // stated beside the rules: it says more than they do
      continue;
    }
    auto row = row_of(each, questionnaire, programme);
    if (const auto* average = printed == nullptr ? nullptr : printed->average(row.finding))
      row.figures.average = average->percent;
    const auto* finding = questionnaire.finding(row.finding);
    if (finding != nullptr) row.figures.here = release::percent_printed(here, *finding);
    const bool has_extremes = finding != nullptr && !questionnaire.is_pooled_only;
    if (const auto extremes = has_extremes ? release::extremes_of(published, *finding) : std::nullopt) {
      row.figures.lowest = extremes->lowest;
      row.figures.highest = extremes->highest;
    }
    part.rows.push_back(std::move(row));
  }
  sort_by_theme(programme, part.rows);
  return part;
}

std::vector<release::Part> parts_in(const std::vector<release::Release>& releases, const std::string& questionnaire,
                                    int version) {
  std::vector<release::Part> parts;
  for (const auto& release : releases)
    if (const auto* part = release.part(questionnaire); part != nullptr && part->version == version)
      parts.push_back(*part);
  return parts;
}

const Score* score_of(const std::vector<Score>& scores, const std::string& theme) {
  const auto found = std::ranges::find(scores, theme, &Score::theme);
  return found == scores.end() ? nullptr : &*found;
}

Result<void> check_score(const Score& score, const ProgrammeFile& programme, std::set<std::string>& seen) {
  const auto where = "the score of '" + score.theme + "': ";
  if (std::ranges::find(programme.themes, score.theme, &Theme::id) == programme.themes.end())
    return fail(ErrorCode::invalid, where + "the programme has no such theme");
  if (!seen.insert(score.theme).second) return fail(ErrorCode::invalid, where + "it is there twice");
  if (score.percent && (*score.percent < 0 || *score.percent > 100))
    return fail(ErrorCode::invalid, where + "a per cent is a whole number from 0 to 100");
  const bool is_comment =
      score.comment.empty() || std::ranges::find(kComments, score.comment) != std::ranges::end(kComments);
  if (!is_comment)
    return fail(ErrorCode::invalid, where + "the comment is MINIMUM, MODERATE, SUBSTANTIAL or DRASTIC, or left out");
  return {};
}

}  // namespace

Result<std::vector<Score>> Programmes::scores(std::string_view inspection) {
  if (const auto head = rooms_.store.head(inspection); !head) return std::unexpected(head.error());
  const auto record = rooms_.store.record(kScoresKind, inspection);
  if (!record && record.error().code == ErrorCode::not_found) return std::vector<Score>();
  if (!record) return std::unexpected(record.error());
  return scores_from(record->body);
}

Result<void> Programmes::type_scores(std::string_view inspection, const std::vector<Score>& scores,
                                     const store::NextEntry& entry) {
  const auto programme = programme_of(inspection);
  if (!programme) return std::unexpected(programme.error());
  const auto kept = this->kept(*programme);
  if (!kept) return std::unexpected(kept.error());
  std::set<std::string> seen;
  for (const auto& score : scores)
    if (auto checked = check_score(score, kept->file, seen); !checked) return checked;
  auto record = rooms_.store.record(kScoresKind, inspection);
  if (!record && record.error().code != ErrorCode::not_found) return std::unexpected(record.error());
  if (!record) record = store::Record{.kind = std::string(kScoresKind), .id = std::string(inspection)};
  record->body = to_json(scores);
  return rooms_.store.put_record(*record, entry);
}

Result<std::vector<documents::ScoreRow>> Programmes::score_rows(std::string_view inspection, const ProgrammeFile& file,
                                                                const std::vector<std::string>& published) {
  const auto own = scores(inspection);
  if (!own) return std::unexpected(own.error());
  std::vector<std::vector<Score>> others;
  for (const auto& each : published) {
    auto scores = this->scores(each);
    if (!scores) return std::unexpected(scores.error());
    others.push_back(*std::move(scores));
  }
  std::vector<documents::ScoreRow> rows;
  for (const auto& theme : file.themes) {
    documents::ScoreRow row{.theme = theme.id};
    if (const auto* score = score_of(*own, theme.id)) {
      row.comment = score->comment;
      row.figures.here = score->percent;
    }
    std::vector<std::int64_t> numbers;
    for (const auto& scores : others)
      if (const auto* score = score_of(scores, theme.id); score != nullptr && score->percent)
        numbers.push_back(*score->percent);
    if (!numbers.empty()) {
      const auto [lowest, highest] = std::ranges::minmax(numbers);
      row.figures = {lowest, highest, mean_of(numbers), row.figures.here};
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<ProgrammeTable> Programmes::table(std::string_view inspection, std::string_view language) {
  const auto programme = programme_of(inspection);
  if (!programme) return std::unexpected(programme.error());
  const auto kept = this->kept(*programme);
  if (!kept) return std::unexpected(kept.error());
  const auto said = releases_.tables(inspection, language);
  if (!said) return std::unexpected(said.error());
  const auto stored = rooms_.store.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto questionnaires = questionnaires_in(stored->definition);
  if (!questionnaires) return std::unexpected(questionnaires.error());
  const auto members = shares_of(*programme);
  if (!members) return std::unexpected(members.error());
  std::vector<std::string> published;
  std::vector<release::Release> releases;
  for (const auto& member : *members) {
    auto release = published_release(member.inspection);
    if (!release) return std::unexpected(release.error());
    if (!*release) continue;
    published.push_back(member.inspection);
    releases.push_back(std::move((*release)->release));
  }
  auto scores = score_rows(inspection, kept->file, published);
  if (!scores) return std::unexpected(scores.error());
  documents::ProgrammeTables table{.programme = *programme,
                                   .title = kept->file.title,
                                   .printed_on = kept->file.printed ? day_of(kept->file.printed->at_s) : "",
                                   .inspection = std::string(inspection),
                                   .area = said->tables.area,
                                   .is_draft = said->tables.is_draft,
                                   .themes = {},
                                   .scores = *std::move(scores),
                                   .parts = {}};
  for (const auto& theme : kept->file.themes)
    table.themes.emplace_back(theme.id, name_of(theme, said->phrases.language()));
  for (const auto& part : said->tables.parts) {
    const auto questionnaire = std::ranges::find(*questionnaires, part.questionnaire, &survey::Questionnaire::id);
    if (questionnaire == questionnaires->end()) continue;
    const auto& here = *said->tables.release.part(part.questionnaire);
    table.parts.push_back(
        part_of(part, here, *questionnaire, kept->file, parts_in(releases, part.questionnaire, part.version)));
  }
  return ProgrammeTable{std::move(table), said->phrases};
}

Result<File> file_of(const ProgrammeTable& table, const std::string& format) {
  const auto stem = table.table.inspection + "-programme";
  const auto name = stem + "." + table.phrases.language();
  if (format == "csv")
    return File{documents::programme_csv(table.table), "text/csv; charset=utf-8; header=present", name + ".csv"};
  if (format == "json") {
    auto text = documents::programme_json(table.table, table.phrases);
    if (!text) return std::unexpected(text.error());
    return File{*std::move(text), "application/json", name + ".json"};
  }
  if (format != "xlsx" && format != "ods") return fail(ErrorCode::invalid, "\"format\" may be xlsx, ods, csv or json");
  const auto workbook = documents::programme_workbook(table.table, table.phrases);
  if (!workbook) return std::unexpected(workbook.error());
  return file_of(*workbook, format, stem);
}

}  // namespace perspective::inspection
