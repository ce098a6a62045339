#include "inspection/annotation.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "inspection/sealing.h"
#include "protocol/limits.h"

namespace perspective::inspection {
namespace {

namespace json = boost::json;
using Kind = Annotation::Kind;

constexpr int kFormat = 2;
constexpr int kFormatOfQuotations = 1;         // had no kind; collectors of before read them still
constexpr std::size_t kLeastBytes = 8 * 1024;  // some thousand bytes of an inspector's words, in JSON

struct Name {
  Kind kind;
  const char* text;
};
constexpr auto kKinds = std::to_array<Name>({{Kind::quotation, "quotation"},
                                             {Kind::read, "read"},
                                             {Kind::all_read, "all_read"},
                                             {Kind::codes, "codes"},
                                             {Kind::redaction, "redaction"},
                                             {Kind::translation, "translation"},
                                             {Kind::concern, "concern"},
                                             {Kind::decision, "decision"},
                                             {Kind::outcome, "outcome"}});

std::string to_json(const Annotation& annotation) {
  const auto* const kind = std::ranges::find(kKinds, annotation.kind, &Name::kind);
  json::array replacements;
  for (const auto& [words, as] : annotation.replacements) {
    replacements.push_back(json::object{{"words", words}, {"as", as}});
  }
  return json::serialize(json::object{{"format", annotation.kind == Kind::quotation ? kFormatOfQuotations : kFormat},
                                      {"kind", kind->text},
                                      {"envelope", annotation.envelope},
                                      {"questionnaire", annotation.questionnaire},
                                      {"variable", annotation.variable},
                                      {"words", annotation.words},
                                      {"is_sic", annotation.is_sic},
                                      {"by", annotation.by},
                                      {"at_s", annotation.at_s},
                                      {"reference", annotation.reference},
                                      {"concern", annotation.concern},
                                      {"name", annotation.name},
                                      {"language", annotation.language},
                                      {"codes", json::value_from(annotation.codes)},
                                      {"replacements", std::move(replacements)}});
}

Annotation from_json(const json::object& object) {
  const auto text = [&object](std::string_view name) { return json::value_to<std::string>(object.at(name)); };
  Annotation annotation{.envelope = text("envelope"),
                        .questionnaire = text("questionnaire"),
                        .variable = text("variable"),
                        .words = text("words"),
                        .is_sic = object.at("is_sic").as_bool()};
  const json::value* const kind = object.if_contains("kind");
  if (kind == nullptr) return annotation;  // of before there were others
  const auto* const known = std::ranges::find(kKinds, json::value_to<std::string>(*kind), &Name::text);
  if (known == kKinds.end()) throw std::invalid_argument("kind");
  annotation.kind = known->kind;
  annotation.by = text("by");
  annotation.at_s = object.at("at_s").to_number<std::int64_t>();
  annotation.reference = text("reference");
  annotation.concern = text("concern");
  annotation.name = text("name");
  annotation.language = text("language");
  annotation.codes = json::value_to<std::vector<std::string>>(object.at("codes"));
  for (const auto& each : object.at("replacements").as_array()) {
    annotation.replacements.push_back(
        {json::value_to<std::string>(each.at("words")), json::value_to<std::string>(each.at("as"))});
  }
  return annotation;
}

}  // namespace

Result<Bytes> seal(const Annotation& annotation, const protocol::Package& package) {
  // A step more than a submission: it holds the longest words of one, and names of its own.
  return seal_padded(to_json(annotation), std::max(package.padded_bytes + protocol::kPaddingStepBytes, kLeastBytes),
                     package);
}

Result<Annotation> open_annotation(ByteView sealed, const envelope::OpeningKey& key) {
  const auto plain = envelope::open(sealed, key);
  if (!plain) return std::unexpected(plain.error());
  try {
    const std::string_view read = plain->text();
    const json::value value = json::parse(json::string_view(read.data(), read.size()));
    const auto format = value.at("format").as_int64();
    if (format != kFormat && format != kFormatOfQuotations) {
      return fail(ErrorCode::corrupt, "what an inspector added with a newer program");
    }
    return from_json(value.as_object());
  } catch (const std::exception&) {  // its text could hold a piece of the words
    return fail(ErrorCode::corrupt, "what an inspector added to a comment can not be read");
  }
}

void wipe_words(Annotation& annotation) {
  wipe(annotation.words.data(), annotation.words.size());
  for (auto& each : annotation.replacements) wipe(each.words.data(), each.words.size());
}

}  // namespace perspective::inspection
