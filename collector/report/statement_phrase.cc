#include "report/statement_phrase.h"

#include <cstdint>
#include <optional>

#include "release/rules.h"

namespace perspective::report {
namespace {

// How many a band is at least or at most, as far as what is printed tells.
std::optional<std::int64_t> edge_of(const release::Statement& statement) {
  if (statement.says == release::Says::few_or_none) return release::kEdge;
  if (statement.says == release::Says::nearly_all && statement.of) return *statement.of - release::kEdge;
  return std::nullopt;
}

}  // namespace

Result<std::string> phrase(const release::Statement& statement, Place place, const text::Catalogue& catalogue) {
  if (!release::says_something(statement)) return std::string();
  const auto& language = catalogue.language();
  text::Arguments arguments;
  if (statement.count) {
    add_number("count", *statement.count, language, arguments);
    if (place == Place::start) arguments["count_text"] = text::number_in_words(*statement.count, language);
  }
  if (statement.of) add_number("of", *statement.of, language, arguments);
  if (const auto edge = edge_of(statement)) {
    add_number("edge", *edge, language, arguments);
    if (place == Place::start) arguments["edge_text"] = text::number_in_words(*edge, language);
  }
  const auto key = "report.release." + std::string(to_text(statement.says)) + "." +
                   std::string(to_text(statement.whom)) + (statement.of ? ".of" : "");
  auto words = catalogue.format(key, arguments);
  if (words && place == Place::start) return text::capitalised(*words, language);
  return words;
}

}  // namespace perspective::report
