// Forms that ids, text keys and the like must have: the patterns of assets/schemas/questionnaire.schema.json.
//
// Promise: pure.
#pragma once

#include <string_view>

namespace perspective::survey {

bool is_name(std::string_view text);              // [a-z][a-z0-9_]*, of 64 characters at most
bool is_questionnaire_id(std::string_view text);  // the same with - in place of _
bool is_text_key(std::string_view text);          // [a-z][a-z0-9_]*(.[a-z0-9_]+)*, of 160 at most
bool is_language(std::string_view text);          // BCP 47 as in "en", "sr-Latn", "pt-BR"
bool is_dialled_number(std::string_view text);    // "0800 1111", "+44 20 7946 0018"
bool is_day(std::string_view text);               // 2026-11-22

}  // namespace perspective::survey
