#include "report/phrase.h"

#include <utility>

namespace perspective::report {
namespace {

constexpr std::int64_t kFirstInFigures = 10;

survey::Form settled(survey::Form form, std::int64_t base) {
  if (form != survey::Form::automatic) return form;
  return base >= kSmallBase ? survey::Form::percent : survey::Form::count_out_of;
}

std::string to_text(survey::Form form) {
  switch (form) {
    case survey::Form::count:
      return "count";
    case survey::Form::count_of:
      return "count_of";
    case survey::Form::count_out_of:
      return "count_out_of";
    case survey::Form::percent:
    case survey::Form::automatic:
      return "percent";
  }
  return "percent";
}

}  // namespace

Edge edge_of(const tally::FindingCount& finding) {
  if (finding.count == 0) return Edge::none;
  if (finding.missing == 0 && finding.count == finding.base && finding.base > 1) return Edge::all;
  if (finding.count == 1) return Edge::one;
  if (finding.missing == 0 && finding.count + 1 == finding.base && finding.base >= kSmallBase) return Edge::all_but_one;
  return Edge::some;
}

std::string to_text(Edge edge) {
  switch (edge) {
    case Edge::none:
      return "none";
    case Edge::one:
      return "one";
    case Edge::all:
      return "all";
    case Edge::all_but_one:
      return "all_but_one";
    case Edge::some:
      return "some";
  }
  return "some";
}

std::string number_in_style(std::int64_t number, const std::string& language) {
  return number < kFirstInFigures ? text::number_in_words(number, language) : std::to_string(number);
}

void add_number(const std::string& name, std::int64_t number, const std::string& language, text::Arguments& arguments) {
  arguments[name] = number;
  arguments[name + "_text"] = number_in_style(number, language);
  arguments[name + "_start"] = text::capitalised(text::number_in_words(number, language), language);
}

Result<std::string> phrase(const tally::FindingCount& finding, survey::Form form, Place place,
                           const text::Catalogue& catalogue) {
  const auto& language = catalogue.language();
  const auto count_text =
      place == Place::start ? text::number_in_words(finding.count, language) : number_in_style(finding.count, language);
  const text::Arguments arguments{{"count", finding.count},
                                  {"base", finding.base},
                                  {"percent", tally::whole_percent(finding.count, finding.base)},
                                  {"count_text", count_text},
                                  {"base_text", number_in_style(finding.base, language)}};
  const auto key = "report.phrase." + to_text(settled(form, finding.base)) + "." + to_text(edge_of(finding));
  auto words = catalogue.format(key, arguments);
  if (words && place == Place::start) return text::capitalised(*words, language);
  return words;
}

Result<void> add_arguments(const tally::FindingCount& finding, survey::Form form, const text::Catalogue& catalogue,
                           text::Arguments& arguments) {
  const auto& id = finding.id;
  const auto& language = catalogue.language();
  auto middle = phrase(finding, form, Place::middle, catalogue);
  if (!middle) return std::unexpected(middle.error());
  auto start = phrase(finding, form, Place::start, catalogue);
  if (!start) return std::unexpected(start.error());
  auto as_count = phrase(finding, survey::Form::count, Place::middle, catalogue);
  if (!as_count) return std::unexpected(as_count.error());
  auto as_count_of = phrase(finding, survey::Form::count_of, Place::middle, catalogue);
  if (!as_count_of) return std::unexpected(as_count_of.error());
  arguments[id + "_as_count"] = std::move(*as_count);
  arguments[id + "_as_count_of"] = std::move(*as_count_of);
  arguments[id + "_size"] = std::string(finding.base < kSmallBase ? "small" : "enough");
  arguments[id] = std::move(*middle);
  arguments[id + "_start"] = std::move(*start);
  arguments[id + "_percent"] = tally::whole_percent(finding.count, finding.base);
  arguments[id + "_edge"] = to_text(edge_of(finding));
  arguments[id + "_same"] = std::string(finding.is_same ? "same" : "other");
  arguments[id + "_from"] = std::string();
  arguments[id + "_to"] = std::string();
  for (const auto& [name, number] :
       {std::pair("_count", finding.count), {"_base", finding.base}, {"_missing", finding.missing}})
    add_number(id + name, number, language, arguments);
  return {};
}

}  // namespace perspective::report
