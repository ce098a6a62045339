#include "report/statement_phrase.h"

namespace perspective::report {

Result<std::string> phrase(const release::Statement& statement, Place place, const text::Catalogue& catalogue) {
  if (!release::says_something(statement)) return std::string();
  const auto& language = catalogue.language();
  text::Arguments arguments;
  if (statement.count) {
    add_number("count", *statement.count, language, arguments);
    if (place == Place::start) arguments["count_text"] = text::number_in_words(*statement.count, language);
  }
  if (statement.of) add_number("of", *statement.of, language, arguments);
  const auto key = "report.release." + std::string(to_text(statement.says)) + "." +
                   std::string(to_text(statement.whom)) + (statement.of ? ".of" : "");
  auto words = catalogue.format(key, arguments);
  if (words && place == Place::start) return text::capitalised(*words, language);
  return words;
}

}  // namespace perspective::report
