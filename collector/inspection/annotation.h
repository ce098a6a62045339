// An inspector's choice of a comment as a quotation, as it is kept: JSON, sealed to the inspection's own recipients.
//
// Promise:   all choices of an inspection have one sealed size. What is sealed names the envelope, so that the choice
//            finds its comment again; nothing outside the seal does.
// Errors:    seal: invalid when the words are too long. open: refused or corrupt, never with words in it.
// Threads:   pure.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "envelope/envelope.h"
#include "protocol/package.h"

namespace perspective::inspection {

struct Annotation {
  std::string envelope;  // id, hexadecimal
  std::string questionnaire;
  std::string variable;
  std::string words;  // as they are to be printed
  bool is_sic = false;
};

Result<Bytes> seal(const Annotation& annotation, const protocol::Package& package);
Result<Annotation> open_annotation(ByteView sealed, const envelope::OpeningKey& key);

}  // namespace perspective::inspection
