// Small things said of text in forms: trimmed cells, names as ids, languages, braces for ICU.
//
// Promise: pure.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace perspective::xlsform {

std::string trimmed(std::string_view text);
std::string small(std::string_view text);                  // ASCII letters
std::vector<std::string> words_of(std::string_view text);  // parted by white space
bool is_yes(std::string_view cell);                        // yes, true, TRUE, true()
std::optional<double> number_of(std::string_view text);    // all of it

// "Don't know" -> "don_t_know", "1" -> "n1": an id as definition.json has them, which none of `taken` is; added to it.
std::string id_from(std::string_view name, std::set<std::string>& taken);
// The same with hyphens, for the questionnaire; never empty.
std::string questionnaire_id_from(std::string_view name);

// "English (en)" -> "en"; also "en" and the names of the languages most spoken in England and Wales.
std::optional<std::string> language_code(std::string_view written);
std::string language_heading(const std::string& code);  // "cy" -> "Welsh (cy)"

// A text as an ICU message (MessageFormat, apostrophes DOUBLE_OPTIONAL) that gives it back.
std::string message_of(std::string_view text);

}  // namespace perspective::xlsform
