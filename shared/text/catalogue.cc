#include "text/catalogue.h"

#include <unicode/brkiter.h>
#include <unicode/msgfmt.h>
#include <unicode/rbnf.h>
#include <unicode/uloc.h>

#include <boost/json.hpp>

#include "text/message_pieces.h"
#include "text/utf8.h"

namespace perspective::text {
namespace {

icu::Locale locale_of(const std::string& language) { return icu::Locale::createCanonical(language.c_str()); }

struct Message {
  icu::UnicodeString pattern;
  std::shared_ptr<const icu::MessageFormat> format;
  std::vector<std::string> argument_names;
  std::vector<std::string> number_names;
};

std::vector<std::string> names_in(const icu::MessagePattern& pattern) {
  std::vector<std::string> names;
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const auto& part = pattern.getPart(i);
    if (part.getType() == UMSGPAT_PART_TYPE_ARG_NAME) names.push_back(to_utf8(pattern.getSubstring(part)));
  }
  return names;
}

bool must_be_number(UMessagePatternArgType type) {
  return UMSGPAT_ARG_TYPE_HAS_PLURAL_STYLE(type) || type == UMSGPAT_ARG_TYPE_CHOICE;
}

std::vector<std::string> number_names_in(const icu::MessagePattern& pattern) {
  std::vector<std::string> names;
  for (std::int32_t i = 0; i + 1 < pattern.countParts(); ++i) {
    const auto& part = pattern.getPart(i);
    if (part.getType() != UMSGPAT_PART_TYPE_ARG_START || !must_be_number(part.getArgType())) continue;
    names.push_back(to_utf8(pattern.getSubstring(pattern.getPart(i + 1))));  // its name follows
  }
  return names;
}

Result<Message> parse_message(std::string_view message, const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError place{};
  // The default apostrophe mode: a single apostrophe is itself unless it stands before a brace.
  icu::MessagePattern pattern(UMSGPAT_APOS_DOUBLE_OPTIONAL, status);
  pattern.parse(from_utf8(message), &place, status);
  auto format = std::make_shared<icu::MessageFormat>("", locale_of(language), status);
  format->applyPattern(from_utf8(message), UMSGPAT_APOS_DOUBLE_OPTIONAL, &place, status);
  if (U_FAILURE(status)) {
    return fail(ErrorCode::invalid, "near character " + std::to_string(place.offset + 1) + ": " + u_errorName(status) +
                                        " (braces of an ICU message must pair up; plural and select need other {...})");
  }
  return Message{from_utf8(message), std::move(format), names_in(pattern), number_names_in(pattern)};
}

Error no_message(const std::string& language, std::string_view key) {
  return {ErrorCode::not_found, "catalogue " + language + " has no message " + std::string(key)};
}

Result<std::string> formatted(std::string_view key, const icu::MessageFormat& format,
                              const std::vector<std::string>& needed, const Arguments& arguments) {
  UErrorCode status = U_ZERO_ERROR;
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& [name, value] : arguments) {
    names.push_back(from_utf8(name));
    const auto* number = std::get_if<std::int64_t>(&value);
    if (number != nullptr)
      values.emplace_back(*number);
    else
      values.emplace_back(from_utf8(std::get<std::string>(value)));
  }
  icu::UnicodeString text;
  format.format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), text, status);
  if (U_FAILURE(status)) return fail(ErrorCode::invalid, "message " + std::string(key) + ": " + u_errorName(status));
  // ICU leaves a name without an argument as it is, "{name}".
  for (const auto& name : needed) {
    if (!arguments.contains(name))
      return fail(ErrorCode::invalid, "message " + std::string(key) + " needs the argument " + name);
  }
  return to_utf8(text);
}

// Kept, since reading a language's rules took nineteen twentieths of the time that a section is written in. One of each
// thread: ICU does not say that formatting is safe on several. None: no rules for the language.
const icu::RuleBasedNumberFormat* rules_of_words(const std::string& language) {
  thread_local std::map<std::string, std::unique_ptr<icu::RuleBasedNumberFormat>> known;
  const auto found = known.find(language);
  if (found != known.end()) return found->second.get();
  UErrorCode status = U_ZERO_ERROR;
  auto rules = std::make_unique<icu::RuleBasedNumberFormat>(icu::URBNF_SPELLOUT, locale_of(language), status);
  if (U_FAILURE(status)) return nullptr;
  // British English has "one hundred and five"; languages without this set keep their own default.
  UErrorCode unknown_set = U_ZERO_ERROR;
  rules->setDefaultRuleSet("%spellout-numbering-verbose", unknown_set);
  return known.emplace(language, std::move(rules)).first->second.get();
}

}  // namespace

struct Catalogue::Messages {
  std::string language;
  std::map<std::string, Message, std::less<>> by_key;
};

Result<Catalogue> Catalogue::parse(std::string_view json, std::string language) {
  std::map<std::string, Error> mistakes;
  auto catalogue = parse_what_can_be(json, language, mistakes);
  if (mistakes.empty()) return catalogue;
  return in_context("catalogue " + language + ", " + mistakes.begin()->first, mistakes.begin()->second);
}

Result<Catalogue> Catalogue::parse_what_can_be(std::string_view json, std::string language,
                                               std::map<std::string, Error>& mistakes) {
  boost::system::error_code error;
  const auto document = boost::json::parse(boost::json::string_view(json.data(), json.size()), error);
  if (error || !document.is_object()) return fail(ErrorCode::invalid, "catalogue " + language + " is no JSON object");
  auto messages = std::make_shared<Messages>();
  for (const auto& pair : document.get_object()) {
    const std::string key(pair.key());
    const auto* message = pair.value().if_string();
    auto format = message != nullptr ? parse_message(*message, language) : fail(ErrorCode::invalid, "is no text");
    if (format) {
      messages->by_key.emplace(key, std::move(*format));
    } else {
      mistakes.emplace(key, format.error());
    }
  }
  messages->language = std::move(language);
  return Catalogue(std::move(messages));
}

const std::string& Catalogue::language() const { return messages_->language; }
bool Catalogue::has(std::string_view key) const { return messages_->by_key.contains(key); }

Result<std::string> Catalogue::format(std::string_view key, const Arguments& arguments) const {
  const auto found = messages_->by_key.find(key);
  if (found == messages_->by_key.end()) return std::unexpected(no_message(messages_->language, key));
  return formatted(key, *found->second.format, found->second.argument_names, arguments);
}

Result<std::vector<Piece>> Catalogue::pieces(std::string_view key, const Arguments& arguments) const {
  const auto found = messages_->by_key.find(key);
  if (found == messages_->by_key.end()) return std::unexpected(no_message(messages_->language, key));
  UErrorCode status = U_ZERO_ERROR;
  const icu::MessageFormat format(marked(found->second.pattern), locale_of(messages_->language), status);
  if (U_FAILURE(status)) return fail(ErrorCode::invalid, "message " + std::string(key) + ": " + u_errorName(status));
  const auto text = formatted(key, format, found->second.argument_names, without_marks(arguments));
  if (!text) return std::unexpected(text.error());
  return pieces_of(*text);
}

std::vector<std::string> Catalogue::argument_names(std::string_view key) const {
  const auto found = messages_->by_key.find(key);
  return found == messages_->by_key.end() ? std::vector<std::string>() : found->second.argument_names;
}

std::vector<std::string> Catalogue::number_names(std::string_view key) const {
  const auto found = messages_->by_key.find(key);
  return found == messages_->by_key.end() ? std::vector<std::string>() : found->second.number_names;
}

std::string Catalogue::say(std::string_view key, const Arguments& arguments) const {
  const auto text = format(key, arguments);
  return text ? *text : "\u00ab" + std::string(key) + "\u00bb";
}

std::vector<std::string> Catalogue::keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, message] : messages_->by_key) keys.push_back(key);
  return keys;
}

Catalogue Catalogue::completed_from(const Catalogue& other) const {
  constexpr std::string_view kTwin = ".spoken";
  auto both = std::make_shared<Messages>(*messages_);
  for (const auto& [key, message] : other.messages_->by_key) {
    const bool is_twin = key.ends_with(kTwin);
    if (!has(is_twin ? key.substr(0, key.size() - kTwin.size()) : key)) both->by_key.emplace(key, message);
  }
  return Catalogue(std::move(both));
}

Catalogue Catalogue::with(const Catalogue& over) const {
  auto both = std::make_shared<Messages>(*messages_);
  for (const auto& [key, message] : over.messages_->by_key) both->by_key[key] = message;
  return Catalogue(std::move(both));
}

bool is_right_to_left(std::string_view language) { return uloc_isRightToLeft(std::string(language).c_str()) != 0; }

std::string number_in_words(std::int64_t number, std::string_view language) {
  const auto* const rules = rules_of_words(std::string(language));
  if (rules == nullptr) return std::to_string(number);  // no rules for the language: figures are never wrong
  icu::UnicodeString words;
  rules->format(number, words);
  return to_utf8(words);
}

std::string capitalised(std::string_view text, std::string_view language) {
  icu::UnicodeString unicode = from_utf8(text);
  if (unicode.isEmpty()) return {};
  const std::int32_t first = unicode.moveIndex32(0, 1);
  icu::UnicodeString head = unicode.tempSubString(0, first);
  head = head.toTitle(nullptr, locale_of(std::string(language)), U_TITLECASE_NO_LOWERCASE);
  return to_utf8(head + unicode.tempSubString(first));
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator, std::string_view last) {
  std::string all;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) all += i + 1 == parts.size() ? last : separator;
    all += parts[i];
  }
  return all;
}

}  // namespace perspective::text
