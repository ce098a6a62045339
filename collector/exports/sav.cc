#include <readstat.h>

#include <memory>
#include <vector>

#include "exports/formats.h"

namespace perspective::exports {

namespace {

// IBM SPSS Statistics: of a variable's label and of a value's, in bytes.
constexpr std::size_t kMostLabelBytes = 255;
constexpr std::size_t kMostValueLabelBytes = 120;

using Writer = std::unique_ptr<readstat_writer_t, decltype(&readstat_writer_free)>;

std::string cut(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;  // not inside a character
  text.resize(most);
  return text;
}

ssize_t append(const void* data, std::size_t size, void* to) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(data), size);
  return static_cast<ssize_t>(size);
}

readstat_variable_t* define(readstat_writer_t* writer, const Variable& variable, std::size_t number) {
  auto* labels = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, ("labels" + std::to_string(number)).c_str());
  for (const auto& label : variable.labels) {
    readstat_label_double_value(labels, label.code, cut(label.label, kMostValueLabelBytes).c_str());
  }
  auto* defined = readstat_add_variable(writer, variable.name.c_str(), READSTAT_TYPE_DOUBLE, 0);
  readstat_variable_set_label(defined, cut(variable.label(), kMostLabelBytes).c_str());
  readstat_variable_set_label_set(defined, labels);
  readstat_variable_set_format(defined, "F8.0");
  readstat_variable_set_measure(
      defined, variable.measure == Measure::ordinal ? READSTAT_MEASURE_ORDINAL : READSTAT_MEASURE_NOMINAL);
  readstat_variable_add_missing_double_range(defined, kLowest, -1);
  return defined;
}

readstat_error_t write_cases(readstat_writer_t* writer, const Dataset& data,
                             const std::vector<readstat_variable_t*>& variables) {
  for (std::size_t row = 0; row < data.cases; ++row) {
    if (const auto error = readstat_begin_row(writer); error != READSTAT_OK) return error;
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const auto error = readstat_insert_double_value(writer, variables[i], data.variables[i].cases[row]);
      if (error != READSTAT_OK) return error;
    }
    if (const auto error = readstat_end_row(writer); error != READSTAT_OK) return error;
  }
  return readstat_end_writing(writer);
}

}  // namespace

Result<std::string> sav(const Dataset& data) {
  std::string bytes;
  const Writer writer(readstat_writer_init(), readstat_writer_free);
  readstat_set_data_writer(writer.get(), append);
  readstat_writer_set_file_label(writer.get(), cut(data.title, 64).c_str());
  std::vector<readstat_variable_t*> variables;
  for (std::size_t i = 0; i < data.variables.size(); ++i) {
    variables.push_back(define(writer.get(), data.variables[i], i));
  }
  auto error = readstat_begin_writing_sav(writer.get(), &bytes, static_cast<long>(data.cases));
  if (error == READSTAT_OK) error = write_cases(writer.get(), data, variables);
  if (error != READSTAT_OK) {
    return fail(ErrorCode::io, std::string("the SPSS file cannot be written: ") + readstat_error_message(error));
  }
  return bytes;
}

}  // namespace perspective::exports
