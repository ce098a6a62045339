// Opening an envelope for the one thing that it may hold: the submission that names it and its inspection.
//
// Promise:   what is sealed under one id or inspection counts under no other (FORMAT.md, "Submission").
// Errors:    as envelope::open() and survey::from_json(); conflict when the content is another envelope's or another
//            inspection's. tests/vectors/README.md lists the words, which are stable. None holds an answer.
// Threads:   any.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "envelope/envelope.h"
#include "envelope/identity.h"
#include "survey/submission.h"

namespace perspective::protocol {

Result<survey::Submission> open_submission(ByteView envelope, const envelope::EnvelopeId& id,
                                           std::string_view inspection, const envelope::OpeningKey& key);

}  // namespace perspective::protocol
