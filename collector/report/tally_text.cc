#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "report/head.h"
#include "report/section.h"

namespace perspective::report {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kNameWidth = 38;  // then count 10, per cent 10, interval 18
constexpr std::size_t kCountWidth = 10;
constexpr std::size_t kPercentWidth = 10;
constexpr std::size_t kIntervalWidth = 18;

// Characters, not bytes: columns of any language line up.
std::size_t width_of(const std::string& text) {
  std::size_t width = 0;
  for (const char byte : text)
    if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) ++width;
  return width;
}

std::string spaces(std::size_t wanted, const std::string& text) {
  const auto width = width_of(text);
  return std::string(width < wanted ? wanted - width : 0, ' ');
}

std::string to_right(const std::string& text, std::size_t width) { return spaces(width, text) + text; }

// Lines of a tally. Remembers the first mistake in the catalogue, so that what is written reads as the table does.
class TextTable {
 public:
  explicit TextTable(const text::Catalogue& words) : words_(words) {}

  std::string say(std::string_view key, const text::Arguments& arguments = {}) {
    auto text = words_.format(key, arguments);
    if (text) return *text;
    if (!error_) error_ = text.error();
    return {};
  }

  void line(const std::string& text = {}) { text_ += text + "\n"; }

  void wrapped(const std::string& text, const std::string& indent) {
    std::string current;
    for (std::size_t at = 0; at < text.size();) {
      auto end = text.find_first_of(" \n", at);
      if (end == std::string::npos) end = text.size();
      const auto word = text.substr(at, end - at);
      if (!current.empty() && width_of(indent + current) + 1 + width_of(word) > kWidth) {
        line(indent + current);
        current.clear();
      }
      current += (current.empty() ? "" : " ") + word;
      at = end + 1;
    }
    line(indent + current);
  }

  void row(const std::string& name, const std::string& count, const std::string& percent, const std::string& interval) {
    const bool is_long = width_of(name) >= kNameWidth;
    if (is_long) line(name);
    const auto first = is_long ? std::string(kNameWidth, ' ') : name + spaces(kNameWidth, name);
    auto text =
        first + to_right(count, kCountWidth) + to_right(percent, kPercentWidth) + to_right(interval, kIntervalWidth);
    text.erase(text.find_last_not_of(' ') + 1);
    line(text);
  }

  void header() { row("", say("report.tally.count"), say("report.tally.percent"), say("report.tally.interval")); }

  void share(const std::string& name, const std::string& count_text, std::int64_t count, std::int64_t base) {
    const auto interval = tally::wilson_interval(count, base);
    if (!interval) return row(name, count_text, "", "");
    row(name, count_text, say("report.tally.percent_value", {{"percent", tally::whole_percent(count, base)}}),
        say("report.tally.interval_value", {{"low", static_cast<std::int64_t>(std::lround(interval->low * 100))},
                                            {"high", static_cast<std::int64_t>(std::lround(interval->high * 100))}}));
  }

  // Nothing where there are no words.
  void note(const Result<std::string>& text, const std::string& below = {}) {
    if (!text && !error_) error_ = text.error();
    if (text && !text->empty()) wrapped(*text, ""), text_ += below;
  }
  void paragraph(const Result<std::string>& text) { note(text, "\n"); }

  Result<std::string> finished() const {
    if (error_) return std::unexpected(*error_);
    return text_;
  }

 private:
  const text::Catalogue& words_;
  std::string text_;
  std::optional<Error> error_;
};

void write_options(const tally::ItemCount& item, TextTable& table) {
  for (const auto& option : item.options)
    if (option.in_base) table.share("    " + option.option, std::to_string(option.count), option.count, item.base);
  bool is_first = true;
  for (const auto& option : item.options) {
    if (option.in_base) continue;
    if (is_first) table.line("    " + table.say("report.tally.outside"));
    is_first = false;
    table.row("      " + option.option, std::to_string(option.count), "", "");
  }
}

void write_item(const tally::ItemCount& item, const text::Catalogue& words, TextTable& table) {
  table.line();
  table.line(item.variable);
  const auto question = "item." + item.variable;
  if (words.has(question)) table.wrapped(table.say(question), "  ");
  const auto base = item.options.empty() ? table.say("report.tally.written", {{"count", item.base}})
                                         : table.say("report.tally.base", {{"base", item.base}});
  const auto mean =
      item.mean ? ", " + table.say("report.tally.mean", {{"mean", fmt::format("{:.1f}", *item.mean)}}) : "";
  table.line("  " + base + mean);
  write_options(item, table);
  table.wrapped(
      table.say("report.tally.absent",
                {{"skipped", item.skipped}, {"not_asked", item.not_asked}, {"not_reached", item.not_reached}}),
      "  ");
}

void write_findings(const tally::Tally& tally, TextTable& table) {
  if (tally.findings.empty()) return;
  table.line();
  table.line(table.say("report.tally.findings"));
  for (const auto& finding : tally.findings) {
    const auto share = table.say("report.tally.share", {{"count", finding.count}, {"base", finding.base}});
    table.share("  " + finding.id, share, finding.count, finding.base);
    if (finding.missing > 0) table.line("    " + table.say("report.tally.missing", {{"missing", finding.missing}}));
  }
}

Result<std::string> chapter_text(const Chapter& chapter) {
  if (chapter.questionnaire == nullptr || chapter.tally == nullptr)
    return fail(ErrorCode::invalid, "a chapter of the tally has no questionnaire or no tally");
  const auto& tally = *chapter.tally;
  TextTable table(chapter.words);
  table.line();
  table.line(table.say("report.tally.chapter",
                       {{"heading", table.say("section.heading")}, {"respondents", tally.respondents}}));
  table.line(table.say("report.tally.version",
                       {{"questionnaire", tally.questionnaire}, {"version", std::to_string(tally.version)}}));
  if (tally.on_paper > 0) table.line(table.say("report.tally.on_paper", {{"count", tally.on_paper}}));
  table.line();
  table.header();
  for (const auto& item : tally.items) write_item(item, chapter.words, table);
  write_findings(tally, table);
  return table.finished();
}

}  // namespace

Result<std::string> full_tally(const Draft& draft, const text::Catalogue& phrases) {
  TextTable head(phrases);
  head.paragraph(phrases.format("report.mark"));
  head.paragraph(draft_line(draft, phrases));
  head.wrapped(head.say("report.tally.title", {{"area", draft.area}, {"inspection", draft.inspection}}), "");
  head.note(no_tokens_line(draft, phrases));
  head.note(set_aside_line(draft, phrases));
  head.note(gap_lines(draft, phrases));
  auto text = head.finished();
  for (const auto& chapter : draft.chapters) {
    const auto part = chapter_text(chapter);
    if (!part) return in_context("tally", part.error());
    if (text) *text += *part;
  }
  TextTable foot(phrases);
  foot.line();
  foot.wrapped(foot.say("report.mark"), "");
  const auto mark = foot.finished();
  if (text && mark) *text += *mark;
  return text;
}

}  // namespace perspective::report
