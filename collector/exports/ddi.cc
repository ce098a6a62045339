#include <algorithm>

#include "exports/formats.h"
#include "exports/xml.h"

namespace perspective::exports {

namespace {

std::string count_of(const Variable& variable, int code) {
  return std::to_string(std::ranges::count(variable.cases, static_cast<std::int16_t>(code)));
}

void write_variable(XmlWriter& xml, const Variable& variable, std::size_t number) {
  xml.open("var", {{"ID", "V" + std::to_string(number)},
                   {"name", variable.name},
                   {"files", "F1"},
                   {"intrvl", "discrete"},
                   {"nature", variable.measure == Measure::ordinal ? "ordinal" : "nominal"}});
  xml.element("labl", variable.label(), {{"level", "variable"}});
  xml.open("qstn");
  xml.element("qstnLit", variable.question);
  xml.close();
  const auto lowest = std::ranges::find_if_not(variable.labels, &ValueLabel::is_missing);
  if (lowest != variable.labels.end()) {
    xml.open("valrng");
    xml.element("range", "",
                {{"min", std::to_string(lowest->code)}, {"max", std::to_string(variable.labels.back().code)}});
    xml.close();
  }
  for (const auto& label : variable.labels) {
    xml.open("catgry", {{"missing", label.is_missing() ? "Y" : "N"}});
    xml.element("catValu", std::to_string(label.code));
    xml.element("labl", label.label, {{"level", "category"}});
    xml.element("catStat", count_of(variable, label.code), {{"type", "freq"}});
    xml.close();
  }
  xml.element("varFormat", "", {{"type", "numeric"}});
  xml.close();
}

}  // namespace

Result<std::string> ddi(const Dataset& data, std::string_view csv_name) {
  XmlWriter xml;
  xml.open("codeBook", {{"xmlns", "ddi:codebook:2_5"}, {"version", "2.5"}, {"xml:lang", data.language}});
  xml.open("stdyDscr");
  xml.open("citation");
  xml.open("titlStmt");
  xml.element("titl", data.title);
  xml.element("IDNo", data.id);
  xml.close();
  xml.open("verStmt");
  xml.element("version", std::to_string(data.version));
  xml.close();
  xml.close();
  xml.close();
  xml.open("fileDscr", {{"ID", "F1"}});
  xml.open("fileTxt");
  xml.element("fileName", std::string(csv_name));
  xml.open("dimensns");
  xml.element("caseQnty", std::to_string(data.cases));
  xml.element("varQnty", std::to_string(data.variables.size()));
  xml.close();
  xml.element("fileType", "text/csv", {{"charset", "UTF-8"}});
  xml.close();
  xml.close();
  xml.open("dataDscr");
  for (std::size_t i = 0; i < data.variables.size(); ++i) write_variable(xml, data.variables[i], i + 1);
  return xml.finish();
}

}  // namespace perspective::exports
