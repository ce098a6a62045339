// Reports tokens that were spent here, apart from the answers and by the same rule: nothing before so many of an
// inspection are spent as its terms say, then after a pause of chance, all of them in an order of chance, those that
// were reported before too: a copy of the kiosk must not tell which those were. Its pauses are its own: what it sends
// comes neither just before nor just after the answers of the same visits, but when it happens to. Once fieldwork has
// ended they are reported again after each start, as the ledger is: a collector whose database was put back from a
// backup may have lost them.
//
// Promise: a token counts as reported only with the collector's genuine receipt; it stays spent here.
// Errors:  none: what went wrong is the step's notice.
// Ownership: refers to outbox and transport.
// Threads: one.
// Units:   seconds.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "outbox/outbox.h"
#include "upload/sender.h"
#include "upload/transport.h"

namespace perspective::upload {

class TokenReporter {
 public:
  TokenReporter(outbox::Outbox& outbox, Transport& transport, Sender::TermsOf terms)
      : outbox_(outbox), transport_(transport), terms_(std::move(terms)) {}

  Step step();
  void let_all_go() { all_may_go_ = true; }  // at the next step, however few

 private:
  using Spent = std::map<std::string, outbox::SpentTokens>;
  struct Report {
    std::vector<outbox::TokenProof> left;  // to be sent, shuffled
    std::size_t tokens = 0;                // in all
  };

  bool let_go(const Spent& spent);
  Step report(const std::string& inspection, Report& report);
  Step later(readiness::Reason reason);

  outbox::Outbox& outbox_;
  Transport& transport_;
  Sender::TermsOf terms_;
  std::map<std::string, Report> going_;  // by inspection; let go, and not yet answered for
  std::set<std::string> told_;           // inspections whose fieldwork has ended; in this run
  bool all_may_go_ = false;
  bool has_paused_ = false;
  std::int64_t delay_s_ = Sender::kFirstDelay_s;
};

}  // namespace perspective::upload
