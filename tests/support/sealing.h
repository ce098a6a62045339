// An answered questionnaire sealed as a kiosk seals it: to both recipients of its package, under an id of its own.
#pragma once

#include <algorithm>
#include <utility>

#include "base/random.h"
#include "envelope/envelope.h"
#include "protocol/batch.h"
#include "protocol/package.h"
#include "support/kiosk_package.h"
#include "survey/submission.h"

namespace perspective::kiosk_package {

inline protocol::SealedEnvelope sealed(const protocol::Package& package, survey::Submission submission) {
  protocol::SealedEnvelope made;
  std::ranges::copy(random_bytes(made.id.size()), made.id.begin());
  submission.envelope = to_hex(made.id);
  submission.inspection = package.inspection;
  made.body = unwrapped(envelope::seal(as_bytes(survey::to_json(submission)), package.padded_bytes,
                                       unwrapped(envelope::Recipient::parse(package.inspection_certificate)),
                                       unwrapped(envelope::Recipient::parse(package.recovery_certificate))));
  return made;
}

}  // namespace perspective::kiosk_package
