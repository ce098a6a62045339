#include "text/numerals.h"

#include <unicode/rbnf.h>

#include "text/utf8.h"

namespace perspective::text {
namespace {

void add_set(const icu::RuleBasedNumberFormat& rules, const icu::UnicodeString& set, std::int64_t most,
             std::vector<Numeral>& all) {
  for (std::int64_t number = 1; number <= most; ++number) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString words;
    icu::FieldPosition nowhere;
    rules.format(number, set, words, nowhere, status);
    if (U_SUCCESS(status)) all.push_back({to_utf8(words), number});
  }
}

}  // namespace

Result<std::vector<Numeral>> numerals(std::string_view language, std::string_view further, std::int64_t most) {
  const auto locale = icu::Locale::createCanonical(std::string(language).c_str());
  std::vector<Numeral> all;
  UErrorCode status = U_ZERO_ERROR;
  const icu::RuleBasedNumberFormat known(icu::URBNF_SPELLOUT, locale, status);
  for (std::int32_t i = 0; U_SUCCESS(status) && i < known.getNumberOfRuleSetNames(); ++i) {
    const auto set = known.getRuleSetName(i);
    if (to_utf8(set).find("-cardinal") != std::string::npos) add_set(known, set, most, all);
  }
  if (further.empty()) return all;
  status = U_ZERO_ERROR;
  UParseError place{};
  const icu::RuleBasedNumberFormat own(from_utf8("%own:\n" + std::string(further)), locale, place, status);
  if (U_FAILURE(status))
    return fail(ErrorCode::invalid, "numbers in words of " + std::string(language) + ": " + u_errorName(status));
  add_set(own, from_utf8("%own"), most, all);
  return all;
}

}  // namespace perspective::text
