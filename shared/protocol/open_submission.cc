#include "protocol/open_submission.h"

namespace perspective::protocol {

Result<survey::Submission> open_submission(ByteView envelope, const envelope::EnvelopeId& id,
                                           std::string_view inspection, const envelope::OpeningKey& key) {
  const auto plain = envelope::open(envelope, key);
  if (!plain) return std::unexpected(plain.error());
  auto submission = survey::from_json(plain->text());
  if (!submission) return in_context("envelope: its content", submission.error());
  if (submission->envelope != envelope::to_hex(id)) {
    return fail(ErrorCode::conflict, "envelope: its content is another envelope's");
  }
  if (submission->inspection != inspection) {
    return fail(ErrorCode::conflict, "envelope: its content is another inspection's");
  }
  return submission;
}

}  // namespace perspective::protocol
