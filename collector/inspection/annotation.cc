#include "inspection/annotation.h"

#include <boost/json.hpp>

#include "protocol/limits.h"

namespace perspective::inspection {
namespace {

namespace json = boost::json;

constexpr int kFormat = 1;

std::string to_json(const Annotation& annotation) {
  return json::serialize(json::object{{"format", kFormat},
                                      {"envelope", annotation.envelope},
                                      {"questionnaire", annotation.questionnaire},
                                      {"variable", annotation.variable},
                                      {"words", annotation.words},
                                      {"is_sic", annotation.is_sic}});
}

}  // namespace

Result<Bytes> seal(const Annotation& annotation, const protocol::Package& package) {
  const auto inspection = envelope::Recipient::parse(package.inspection_certificate);
  if (!inspection) return std::unexpected(inspection.error());
  const auto recovery = envelope::Recipient::parse(package.recovery_certificate);
  if (!recovery) return std::unexpected(recovery.error());
  auto plain = to_json(annotation);
  // A step more than a submission: it holds the longest words of one, and names of its own.
  auto sealed =
      envelope::seal(as_bytes(plain), package.padded_bytes + protocol::kPaddingStepBytes, *inspection, *recovery);
  wipe(plain.data(), plain.size());
  return sealed;
}

Result<Annotation> open_annotation(ByteView sealed, const envelope::OpeningKey& key) {
  const auto plain = envelope::open(sealed, key);
  if (!plain) return std::unexpected(plain.error());
  try {
    const std::string_view read = plain->text();
    const json::value value = json::parse(json::string_view(read.data(), read.size()));
    if (value.at("format").as_int64() != kFormat) return fail(ErrorCode::corrupt, "a choice of a newer program");
    const auto text = [&value](std::string_view name) { return json::value_to<std::string>(value.at(name)); };
    return Annotation{text("envelope"), text("questionnaire"), text("variable"), text("words"),
                      value.at("is_sic").as_bool()};
  } catch (const std::exception&) {  // its text could hold a piece of the words
    return fail(ErrorCode::corrupt, "a stored choice of a quotation can not be read");
  }
}

}  // namespace perspective::inspection
