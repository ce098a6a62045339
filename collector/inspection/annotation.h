// What inspectors add to comments, as it is kept: JSON, one record each, sealed to the inspection's own recipients.
//
// Promise:   all records of an inspection have one sealed size: outside the seal a concern is like a mark that
// something
//            was read. What is sealed names the envelope, so that it finds its comment again; nothing outside does.
// Errors:    seal: invalid when it is too long. open: refused or corrupt, never with words in it.
// Threads:   pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "comments/redaction.h"
#include "envelope/envelope.h"
#include "protocol/package.h"

namespace perspective::inspection {

struct Annotation {
  enum class Kind {
    quotation,    // words: as they are to be printed
    read,         // somebody has read the comment
    all_read,     // nothing was left unread; of no comment
    codes,        // what the comment is about
    redaction,    // what of it must not be printed
    translation,  // words, in language, by name
    concern,      // words: why; name: the safeguarding lead
    decision,     // words, of a concern; of no comment
    outcome,      // the same
  };
  Kind kind = Kind::quotation;
  std::string envelope = {};  // id, hexadecimal; empty: of no comment
  std::string questionnaire = {};
  std::string variable = {};
  std::string words = {};
  bool is_sic = false;
  std::string by = {};  // who did it, and when
  std::int64_t at_s = 0;
  std::string reference = {};  // of the comment: it keeps it from now on
  std::string concern = {};    // reference of the concern
  std::string name = {};
  std::string language = {};
  std::vector<std::string> codes = {};
  std::vector<comments::Replacement> replacements = {};
};

Result<Bytes> seal(const Annotation& annotation, const protocol::Package& package);
Result<Annotation> open_annotation(ByteView sealed, const envelope::OpeningKey& key);
void wipe_words(Annotation& annotation);

}  // namespace perspective::inspection
