// From a finished visit to an envelope.
//
// Promise: only pruned answers go in, with a reason for each that is missing; no time, no kiosk, no place.
// Errors:  invalid when the words or the answers do not fit; never an answer in it.
// Threads: plain functions.
#pragma once

#include <string>
#include <vector>

#include "app/offer.h"
#include "base/result.h"
#include "envelope/identity.h"
#include "visit/visit.h"

namespace perspective::app {

struct Sealed {
  std::string inspection;
  envelope::EnvelopeId id{};
  Bytes envelope;
};

// What a visit to it would do at its end, with nothing answered: refused or invalid when that would not go well. Takes
// well under a millisecond.
Result<void> try_seal(const visit::Setting& setting, const Inspection& inspection);

Result<Sealed> seal_visit(const visit::Visit& visit, const Inspection& inspection);

}  // namespace perspective::app
