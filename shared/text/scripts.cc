#include "text/scripts.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string>

#include "text/utf8.h"

namespace perspective::text {
namespace {

using Scripts = std::set<UScriptCode>;

Scripts scripts_of(std::string_view language) {
  std::array<UScriptCode, 8> codes{};
  UErrorCode status = U_ZERO_ERROR;
  const auto count = uscript_getCode(std::string(language).c_str(), codes.data(), codes.size(), &status);
  Scripts scripts{USCRIPT_LATIN};
  if (U_SUCCESS(status)) scripts.insert(codes.begin(), codes.begin() + count);
  return scripts;
}

bool is_odd_latin(UChar32 c) {
  switch (ublock_getCode(c)) {
    case UBLOCK_IPA_EXTENSIONS:
    case UBLOCK_PHONETIC_EXTENSIONS:
    case UBLOCK_PHONETIC_EXTENSIONS_SUPPLEMENT:
    case UBLOCK_LATIN_EXTENDED_C:
    case UBLOCK_LATIN_EXTENDED_D:
    case UBLOCK_LATIN_EXTENDED_E:
      return true;
    default:
      return c == 0x131;  // an i without its dot
  }
}

// Its letters without their accents.
icu::UnicodeString taken_apart(std::string_view word) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* const form = icu::Normalizer2::getNFDInstance(status);
  const auto text = from_utf8(word);
  if (U_FAILURE(status)) return text;
  auto apart = form->normalize(text, status);
  return U_FAILURE(status) ? text : apart;
}

// One for each script; the language's own are one, and Latin letters that no language has are another.
Scripts scripts_in(const icu::UnicodeString& word, const Scripts& own) {
  Scripts found;
  for (std::int32_t i = 0; i < word.length(); i = word.moveIndex32(i, 1)) {
    const auto c = word.char32At(i);
    UErrorCode status = U_ZERO_ERROR;
    const auto script = uscript_getScript(c, &status);
    if (U_FAILURE(status) || script == USCRIPT_COMMON || script == USCRIPT_INHERITED) continue;
    if (is_odd_latin(c))
      found.insert(USCRIPT_UNKNOWN);
    else
      found.insert(own.contains(script) ? USCRIPT_LATIN : script);
  }
  return found;
}

bool looks_latin(const icu::UnicodeString& word) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> checker(uspoof_open(&status), &uspoof_close);
  if (U_FAILURE(status)) return true;
  icu::UnicodeString like;
  uspoof_getSkeletonUnicodeString(checker.get(), 0, word, like, &status);
  if (U_FAILURE(status)) return true;
  const auto scripts = scripts_in(like, {USCRIPT_LATIN});
  return std::ranges::all_of(scripts, [](auto script) { return script == USCRIPT_LATIN; });
}

}  // namespace

Letters letters_of(std::string_view word, std::string_view language) {
  const auto is_plain = [](char c) { return c >= 'a' && c <= 'z'; };
  if (std::ranges::all_of(word, is_plain)) return Letters::own;
  const auto text = taken_apart(word);
  const auto found = scripts_in(text, scripts_of(language));
  if (found.empty() || found == Scripts{USCRIPT_LATIN}) return Letters::own;
  return found.size() > 1 || looks_latin(text) ? Letters::mixed : Letters::foreign;
}

}  // namespace perspective::text
