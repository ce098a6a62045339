#include <string>

#include "exports/csv_text.h"
#include "exports/formats.h"
#include "exports/triple_s_code.h"

namespace perspective::exports {

namespace {

template <typename CodeOf>
std::string rows(const Dataset& data, CodeOf&& code_of) {
  std::string text;
  std::string_view comma;
  for (const auto& variable : data.variables) {
    text.append(comma).append(variable.name);
    comma = ",";
  }
  text += kLineEnd;
  for (std::size_t row = 0; row < data.cases; ++row) {
    comma = "";
    for (const auto& variable : data.variables) {
      text.append(comma).append(std::to_string(code_of(variable.cases[row])));
      comma = ",";
    }
    text += kLineEnd;
  }
  return text;
}

}  // namespace

std::string cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + "\"";
}

std::string safe_cell(std::string_view text) {
  const bool is_formula = !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
  return cell(is_formula ? "'" + std::string(text) : std::string(text));
}

std::string csv(const Dataset& data) {
  return rows(data, [](int code) { return code; });
}

std::string triple_s_csv(const Dataset& data) { return rows(data, triple_s_code); }

std::string codebook_csv(const Dataset& data) {
  std::string text = "variable,question,code,label,is_missing";
  text += kLineEnd;
  for (const auto& variable : data.variables) {
    for (const auto& label : variable.labels) {
      text += variable.name + "," + cell(variable.label()) + "," + std::to_string(label.code) + "," +
              cell(label.label) + "," + (label.is_missing() ? "1" : "0");
      text += kLineEnd;
    }
  }
  return text;
}

}  // namespace perspective::exports
