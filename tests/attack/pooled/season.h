// A season at one kiosk and its collector, seen by two who pool what they have: the kiosk's owner, with an image of its
// disk after every visit and all that it sends, and an analyst, with every page of an unlocked inspection, looked at
// after each batch.
//
// Promise:   real outbox and sender, real TLS, the collector's whole service with its database. Everybody writes a
//            comment, agrees to its being printed, and has it chosen and read; a concern is raised about one of a
//            batch.
// Errors:    throws what went wrong: a season that does not work is a fault of the test.
// Threads:   one.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "outbox/outbox.h"
#include "protocol/receipt.h"

namespace perspective::attack {

// What is so: the owner knows the envelope, the analyst the words; who knows both has broken it.
struct Visit {
  outbox::Id id{};
  protocol::Digest digest{};
  std::string words;
};

using Order = std::vector<std::string>;  // words, as they stood somewhere

struct Look {
  Order list;        // the comments' page
  Order references;  // ditto, sorted by reference
  Order section;     // the quotations in the section
};

// One batch. What it left behind is known to be of these visits: that, five of them, is what batches give away.
struct Round {
  std::vector<Visit> visits;     // in their order
  std::vector<outbox::Id> sent;  // in the request's order, for the owner who reads it before TLS
  Look arrived;                  // while the inspection stays unlocked
  Look unlocked;                 // after it was locked and unlocked again: read anew from the database; not each time
};

struct Season {
  std::vector<Round> rounds;
  std::set<std::string> traces;  // of envelopes and the kiosk, on pages of results: what, and where
};

// As many batches, each twenty at a kiosk and a collector of their own: all comments of those fit on one page.
Season season(int rounds);

}  // namespace perspective::attack
