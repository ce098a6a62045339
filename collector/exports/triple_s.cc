#include "exports/formats.h"
#include "exports/triple_s_code.h"
#include "exports/xml.h"

namespace perspective::exports {

// One single variable a column; the first line of the data is a heading.
Result<std::string> triple_s(const Dataset& data, std::string_view csv_name) {
  XmlWriter xml;
  xml.open("sss", {{"version", "3.0"}, {"languages", data.language}});
  xml.element("origin", "Perspective");
  xml.open("survey");
  xml.element("name", data.id);
  xml.element("version", std::to_string(data.version));
  xml.element("title", data.title);
  xml.open("record", {{"ident", "A"}, {"href", std::string(csv_name)}, {"format", "csv"}, {"skip", "1"}});
  for (std::size_t i = 0; i < data.variables.size(); ++i) {
    const auto& variable = data.variables[i];
    const std::string number = std::to_string(i + 1);
    xml.open("variable", {{"ident", number}, {"type", "single"}});
    xml.element("name", variable.name);
    xml.element("label", variable.label());
    xml.element("position", "", {{"start", number}});
    xml.open("values");
    for (const auto& label : variable.labels) {
      xml.element("value", label.label, {{"code", std::to_string(triple_s_code(label.code))}});
    }
    xml.close();
    xml.close();
  }
  return xml.finish();
}

}  // namespace perspective::exports
