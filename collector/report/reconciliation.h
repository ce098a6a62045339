// Are the answers all here, and one for each token at most? The kiosks' ledgers and the tokens that they took beside
// what the collector took in, once fieldwork has ended.
//
// Promise:   sums alone: nothing of one visit, no order, no day. Every word comes from the catalogue.
// Errors:    those of text::Catalogue::format.
// Threads:   pure.
// Units:     visits and envelopes; a visit that was sent is one envelope.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ledger.h"
#include "base/result.h"
#include "text/catalogue.h"

namespace perspective::report {

struct Reconciliation {
  struct Kiosk {
    std::string name;  // as inspectors know it
    bool is_revoked = false;
    std::optional<Ledger> told;  // nothing: it has not reported yet
    std::int64_t came_in = 0;    // of what it sent, each envelope once
    std::int64_t tokens = 0;     // that it took, each once

    // Its receipts are for what is here. What it counts as withdrawn may have come in before, or may not.
    std::int64_t missing() const { return told && told->sent > came_in ? told->sent - came_in : 0; }
    std::int64_t surplus() const {
      return told && came_in > told->sent + told->withdrawn ? came_in - told->sent - told->withdrawn : 0;
    }
    std::int64_t held() const { return told ? told->waiting + told->quarantined : 0; }
    // Each stands for a visit, and a visit spends its token before the first question.
    std::int64_t responses() const { return std::max(came_in, told ? told->sent + told->withdrawn + held() : 0); }
    // Its visit was stopped, timed out or lost: the token stays spent, and who wanted to go on was given another.
    std::int64_t tokens_without_response() const { return std::max<std::int64_t>(0, tokens - responses()); }
  };
  // accepted = still sealed + counted + set aside + withdrawn
  struct Collector {
    std::int64_t accepted = 0;
    std::int64_t still_sealed = 0;
    std::int64_t counted = 0;
    std::int64_t set_aside = 0;
    std::int64_t withdrawn = 0;
    // Of those: came and were withdrawn after the backup from which the database was put back. From which kiosk is
    // lost.
    std::int64_t known_by_withdrawal = 0;

    std::int64_t accounted_for() const { return still_sealed + counted + set_aside + withdrawn; }
  };

  struct Paper {
    std::int64_t counted = 0;
    std::int64_t waiting = 0;  // keyed, once or twice
    std::int64_t tokens = 0;   // that were keyed with a form, each once

    std::int64_t responses() const { return counted + waiting; }
    std::int64_t tokens_without_response() const { return std::max<std::int64_t>(0, tokens - responses()); }
    bool is_used() const { return responses() + tokens > 0; }
  };

  // issued = unused + spent
  struct Tokens {
    std::int64_t issued = 0;
    std::int64_t spent = 0;         // of those issued
    std::int64_t spent_twice = 0;   // of those issued, at two kiosks or more
    std::int64_t never_issued = 0;  // taken by a kiosk all the same

    std::int64_t unused() const { return issued - spent; }
  };

  bool has_fieldwork_ended = false;  // until then there is nothing to set side by side, and nothing is said
  std::vector<Kiosk> kiosks;
  Paper paper;
  Collector collector;
  std::optional<Tokens> tokens;  // nothing: no visit spends one
};

// Of all kiosks: visits that spent a token and left no response.
std::int64_t tokens_without_response(const Reconciliation& reconciliation);

// One sentence a gap; none: all agrees, or fieldwork has not ended.
Result<std::vector<std::string>> gaps_of(const Reconciliation& reconciliation, const text::Catalogue& phrases);

// The gaps, then both sides in numbers, a count on each line. Not for release.
Result<std::string> reconciliation_text(const Reconciliation& reconciliation, const std::string& area,
                                        const std::string& inspection, const text::Catalogue& phrases);

}  // namespace perspective::report
