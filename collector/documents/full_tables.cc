#include "documents/full_tables.h"

#include <cmath>

#include "documents/saying.h"
#include "report/head.h"

namespace perspective::documents {
namespace {

constexpr int kNameWidth = 26;
constexpr int kTextWidth = 44;
constexpr int kNumberWidth = 10;
constexpr int kAboutWidth = 100;
constexpr std::size_t kMostNameBytes = 31;  // of a sheet; sheet_names() cuts at the end, where the kind stands

Column column(Saying& saying, const char* name, int width) {
  return {saying.say(std::string("report.tables.") + name), width, width == kNumberWidth};
}

void add_share(std::vector<Cell>& row, std::int64_t count, std::int64_t base) {
  const auto interval = tally::wilson_interval(count, base);
  if (!interval) return;
  row.emplace_back(tally::whole_percent(count, base));
  row.emplace_back(static_cast<std::int64_t>(std::lround(interval->low * 100)));
  row.emplace_back(static_cast<std::int64_t>(std::lround(interval->high * 100)));
}

// "Children and you..., findings"
std::string sheet_name(const std::string& heading, const std::string& kind) {
  if (heading.size() + kind.size() <= kMostNameBytes) return heading + kind;
  auto end = kMostNameBytes - kind.size() - 1;
  while (end > 0 && (static_cast<unsigned char>(heading[end]) & 0xC0U) == 0x80U) --end;
  while (end > 0 && heading[end - 1] == ' ') --end;
  return heading.substr(0, end) + "…" + kind;
}

class Chapter {
 public:
  Chapter(const report::Chapter& chapter, std::string mark)
      : chapter_(chapter), mark_(std::move(mark)), saying_(chapter.words) {}

  Sheet findings() {
    auto sheet = begun("report.tables.findings_of");
    sheet.columns = {column(saying_, "finding", kNameWidth),  column(saying_, "on", kNameWidth),
                     column(saying_, "question", kTextWidth), column(saying_, "counted", kNameWidth),
                     column(saying_, "hangs_on", kNameWidth), column(saying_, "count", kNumberWidth),
                     column(saying_, "base", kNumberWidth),   column(saying_, "percent", kNumberWidth),
                     column(saying_, "low", kNumberWidth),    column(saying_, "high", kNumberWidth),
                     column(saying_, "missing", kNumberWidth)};
    for (const auto& count : chapter_.tally->findings) {
      const auto& finding = *chapter_.questionnaire->finding(count.id);
      const auto question = "item." + finding.item;
      std::vector<std::string> counted;
      for (const auto& option : finding.counted) counted.push_back(saying_.say(question + "." + option));
      Cell hangs_on;
      if (!count.hangs_on.empty())
        hangs_on =
            saying_.say(finding.within ? "report.tables.within" : "report.tables.joint", {{"finding", count.hangs_on}});
      std::vector<Cell> row{count.id,
                            saying_.topic(count.id, finding.item),
                            saying_.say(question),
                            text::joined(counted, "; ", "; "),
                            hangs_on,
                            count.count,
                            count.base};
      add_share(row, count.count, count.base);
      row.resize(sheet.columns.size() - 1);
      row.emplace_back(count.missing);
      sheet.rows.push_back(std::move(row));
    }
    return sheet;
  }

  Sheet questions() {
    auto sheet = begun("report.tables.questions_of");
    sheet.columns = {column(saying_, "variable", kNameWidth), column(saying_, "question", kTextWidth),
                     column(saying_, "option", kNameWidth),   column(saying_, "answer", kNameWidth),
                     column(saying_, "where", kNameWidth),    column(saying_, "count", kNumberWidth),
                     column(saying_, "base", kNumberWidth),   column(saying_, "percent", kNumberWidth),
                     column(saying_, "low", kNumberWidth),    column(saying_, "high", kNumberWidth),
                     column(saying_, "mean", kNumberWidth)};
    for (const auto& item : chapter_.tally->items) add_item(item, sheet);
    return sheet;
  }

  const std::optional<Error>& error() const { return saying_.error(); }

 private:
  Sheet begun(const char* kind) {
    const auto heading = saying_.say("section.heading");
    const auto respondents = chapter_.tally->respondents;
    return {.name = sheet_name(heading, saying_.say(kind)),
            .mark = mark_,
            .heading = saying_.say("report.tally.chapter", {{"heading", heading}, {"respondents", respondents}}),
            .columns = {},
            .rows = {}};
  }

  void add_item(const tally::ItemCount& item, Sheet& sheet) {
    const auto key = "item." + item.variable;
    const auto question = saying_.say(key);
    std::vector<Cell> base{item.variable, question, Cell(), Cell(), saying_.say("report.tables.where.all"), item.base};
    if (item.options.empty()) base[3] = saying_.say("report.export.wrote");
    if (item.mean) {
      base.resize(sheet.columns.size() - 1);
      base.emplace_back(std::round(*item.mean * 10) / 10);
    }
    sheet.rows.push_back(std::move(base));
    for (const auto& option : item.options) {
      std::vector<Cell> row{item.variable,
                            question,
                            option.option,
                            saying_.say(key + "." + option.option),
                            saying_.say(option.in_base ? "report.tables.where.inside" : "report.tables.where.outside"),
                            option.count};
      if (option.in_base) {
        row.emplace_back(item.base);
        add_share(row, option.count, item.base);
      }
      sheet.rows.push_back(std::move(row));
    }
    for (const auto& [name, count] :
         {std::pair("skipped", item.skipped), {"not_asked", item.not_asked}, {"not_reached", item.not_reached}})
      sheet.rows.push_back({item.variable, question, name, saying_.say(std::string("report.export.") + name),
                            saying_.say("report.tables.where.absent"), count});
  }

  const report::Chapter& chapter_;
  std::string mark_;
  Saying saying_;
};

Sheet about_sheet(const report::Draft& draft, const text::Catalogue& phrases, const std::string& mark, Saying& saying) {
  Sheet sheet{.name = saying.say("report.tables.about"),
              .mark = mark,
              .heading = saying.say("report.tally.title", {{"area", draft.area}, {"inspection", draft.inspection}}),
              .columns = {{saying.say("report.tables.about"), kNameWidth}, {"", kAboutWidth}},
              .rows = {},
              .is_data = false};
  const auto row = [&](const char* what, std::string words) {
    if (!words.empty()) sheet.rows.push_back({saying.say(std::string("report.tables.") + what), std::move(words)});
  };
  row("about.draft", saying.said(report::draft_line(draft, phrases)));
  row("about.inspection", draft.area + " (" + draft.inspection + ")");
  for (const auto& chapter : draft.chapters) {
    const auto heading = saying.said(chapter.words.format("section.heading"));
    const auto who =
        saying.say("report.tally.chapter", {{"heading", heading}, {"respondents", chapter.tally->respondents}});
    row("about.who", who + ". " +
                         saying.say("report.tally.version", {{"questionnaire", chapter.tally->questionnaire},
                                                             {"version", std::int64_t{chapter.tally->version}}}));
    if (chapter.tally->on_paper > 0)
      row("about.who", saying.say("report.tally.on_paper", {{"count", chapter.tally->on_paper}}));
  }
  row("about.note", saying.said(report::no_tokens_line(draft, phrases)));
  row("about.note", saying.said(report::set_aside_line(draft, phrases)));
  row("about.note", saying.said(report::gap_lines(draft, phrases)));
  return sheet;
}

}  // namespace

Result<Workbook> full_workbook(const report::Draft& draft, const text::Catalogue& phrases) {
  for (const auto& chapter : draft.chapters)
    if (chapter.questionnaire == nullptr || chapter.tally == nullptr)
      return fail(ErrorCode::invalid, "a chapter of the tally has no questionnaire or no tally");
  Saying saying(phrases);
  Workbook workbook{.title = saying.say("report.tally.title", {{"area", draft.area}, {"inspection", draft.inspection}}),
                    .language = phrases.language(),
                    .sheets = {}};
  const auto mark = saying.say("report.mark");
  workbook.sheets.push_back(about_sheet(draft, phrases, mark, saying));
  for (const auto& chapter : draft.chapters) {
    Chapter sheets(chapter, mark);
    workbook.sheets.push_back(sheets.findings());
    workbook.sheets.push_back(sheets.questions());
    if (sheets.error()) return in_context("questionnaire '" + chapter.questionnaire->id + "'", *sheets.error());
  }
  if (saying.error()) return std::unexpected(*saying.error());
  return workbook;
}

}  // namespace perspective::documents
