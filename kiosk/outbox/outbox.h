// The kiosk's queue of sealed envelopes, in a SQLite file that tells nothing of their order.
//
// Promise:   once put() returned ok, a power cut loses nothing of that envelope.
//            While state() does not say full, the next put() has its room: the blocks that it and the compaction behind
//            it will write are the file's and its journal's already, whoever fills the disk in between. (A removal
//            gives such blocks up for a moment and takes them back; only who grabs them in that moment comes between.)
//            The file's bytes depend on what is in the queue and on how often it was written, never on the order in
//            which envelopes came or on the time: rows are keyed by their random-looking id, no row holds a time, the
//            file is compacted after each write, and its own date is set back to 1970.
//            An envelope leaves by remove() and by withdraw() alone; what the collector will not have is kept with its
//            status. A withdrawal stays until end_withdrawal(), whatever had its id, and keeps that away meanwhile.
//            Putting the same envelope again changes nothing.
//            What became of each visit is counted in the same transaction that makes it so (ledger.h). No two visits
//            are in progress: one that was, when another begins, is lost.
//            A visit shows as something that waits from its beginning, whatever becomes of it, until all that waited
//            after it was let go together and has left (let_go). So who looks after each visit does not see which of
//            them sent. The file keeps it, as one mark an inspection: that a visit took place since the last such time,
//            which whoever saw the visits knows; the mark is the same whether it was sent or not.
//            A token is spent once, durably, and stays: nothing of the visit that it was spent for stands beside it,
//            neither time nor envelope. Its visit has begun by then, or does in the same transaction: there are never
//            more tokens than visits. What was reported is kept too, so that it is not spent again here.
// Errors:    io with retry=false after any failed write or sync: the disk can no longer be believed; from then on
//            every put() is refused until the program starts again. refused with retry=true when the disk has no room
//            for one more. conflict when the id is there with other bytes. invalid when an envelope is
//            longer than Options says. corrupt from open() when the file is none of ours.
// Ownership: owns its database connection.
// Threads:   any; calls wait for each other.
// Units:     sizes in bytes.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/sqlite.h"
#include "outbox/ledger.h"

namespace perspective::outbox {

using Id = std::array<std::uint8_t, 16>;  // the same type as envelope::EnvelopeId

struct Envelope {
  Id id{};
  std::string inspection;
  Bytes body;  // empty: a withdrawal, which waits to be told to the collector
};

// All that a supervisor may see of it; a number that rises would tell who refused.
enum class State {
  empty,    // all sent
  waiting,  // some waiting, or set aside by the collector; or a visit took place, whatever became of it
  full,     // no new visit may start: no room for one more, or (is_sound()) the disk can no longer be believed
};

enum class Leaving { sent, withdrawn };

// How a visit ended. put: its envelope is here, or was; there is nothing more to count.
enum class Ending { put, lost, stopped, timed_out };

// What shows that a token was held (protocol/token_proof.h); random-looking.
using TokenProof = std::array<std::uint8_t, 32>;

struct Token {
  std::string inspection;
  TokenProof proof{};
};

// reported: how many of them, and not which: those would be the earlier ones. Each report is of all.
struct SpentTokens {
  std::vector<TokenProof> proofs;
  std::size_t reported = 0;
};

enum class Spending { spent, spent_before };

// since: a visit took place since all that waited was last let go. let_go: none did, but not all of that has left.
// copied: likewise, and it is on a stick. By network what cannot leave is let go again and again, so that by let_go
// alone a stick could not tell whether a visit took place since its last copy.
enum class Visits { since, let_go, copied };
using Visited = std::map<std::string, Visits>;  // by inspection; without those of which nothing needs hiding

struct Quarantined {
  Id id{};
  int status = 0;  // the collector's: 409, 413 or 422
};

struct Options {
  std::size_t envelope_bytes = 128 * 1024;                                              // no envelope is longer
  std::function<bool(const std::filesystem::path& file, std::uint64_t bytes)> reserve;  // empty: reserve.h
  // Whether visits of an inspection show as something that waits; empty: of each.
  std::function<bool(const std::string& inspection)> hides_visits = {};
  std::string vfs;        // of SQLite; empty: the default one
  bool is_guest = false;  // another process keeps this outbox: only look
};

class Outbox {
 public:
  // Creates the file, mode 0600, where there is none.
  static Result<std::unique_ptr<Outbox>> open(const std::filesystem::path& path, Options options = {});

  // refused with retry=true when the disk has no room. A visit whose beginning was refused is counted when it is put.
  Result<void> begin_visit(const std::string& inspection);
  Result<void> put(const Envelope& envelope);
  // Changes nothing where the visit was put, or none of this inspection is in progress.
  Result<void> end_visit(const std::string& inspection, Ending ending);
  // That it will end as stopped, whatever comes; somebody sits there still. It costs the disk what a put does.
  Result<void> count_stopped(const std::string& inspection);
  // When nobody can be in the middle of a visit, as after a power cut: what began and did not end is lost.
  Result<void> write_off_visits();

  // All that waits of an inspection is on its way, by network or by stick, in a batch that is large enough, or that was
  // asked for. Before it is listed: a visit that ends in between is one that came later. Does nothing while a visit is
  // under way, and for a guest. Once nothing of it waits any more, the visits of before are forgotten.
  Result<void> let_go(const std::string& inspection, Visits how = Visits::let_go);
  // Where nothing waited when it was let go: at the time at which it would have left.
  Result<void> forget_visits(const std::string& inspection);
  Result<Visited> visited();

  // What has this id goes at once, counted as withdrawn; here or not, the wish waits like an envelope to be sent. Once:
  // again changes nothing. Outwardly the same whatever there was.
  Result<void> withdraw(const std::string& inspection, const Id& id);
  // Only for who holds the collector's signed receipt for the withdrawal.
  Result<void> end_withdrawal(const Id& id);

  // Up to `most` waiting envelopes and withdrawals of one inspection, chosen and ordered by chance; empty when none
  // waits. among: which of them may go; empty: each.
  using Among = std::function<bool(const std::string& inspection, const Id& id)>;
  Result<std::vector<Envelope>> draw_batch(std::size_t most, const Among& among = {});

  // What waits, withdrawals too, by inspection; the order of the ids is the file's and means nothing.
  using Waiting = std::map<std::string, std::vector<Id>>;
  Result<Waiting> waiting();

  // Only for who holds the collector's signed receipt for this id and these bytes. Unknown ids are no error.
  Result<void> remove(const Id& id, Leaving leaving);

  // Kept, no longer drawn.
  Result<void> quarantine(const Id& id, int status);
  Result<std::vector<Quarantined>> quarantined();  // in the order of ids
  Result<std::vector<Envelope>> set_aside();       // the same, whole
  // All of it waits again: a person asked that the collector be asked once more.
  Result<void> offer_again();

  // Once it returned `spent`, this token is spent here for good. Refused like a put: no visit begins that could not be
  // kept. In tokens.cc.
  Result<Spending> spend(const Token& token);
  // By inspection; the order of the proofs is the file's and means nothing.
  Result<std::map<std::string, SpentTokens>> tokens();
  // Only for who holds the collector's signed receipts for so many of an inspection.
  Result<void> note_reported(const std::string& inspection, std::size_t tokens);

  // Why sending does not work, as a code; kept across restarts, empty when all is well.
  Result<void> set_notice(std::string_view code);
  Result<std::string> notice();

  Result<State> state();
  bool is_sound();  // false: an earlier write failed
  Result<Ledgers> ledgers();

 private:
  Outbox(sqlite::Database database, std::filesystem::path path, Options options)
      : database_(std::move(database)), path_(std::move(path)), options_(std::move(options)) {}

  Result<void> prepare_file();
  Result<void> refuse_unless_sound() const;
  Result<void> refused_for_room() const;
  bool is_ready_for_more();
  bool hold_room() const;
  std::filesystem::path journal() const { return path_.string() + "-journal"; }
  Result<bool> is_withdrawn(const Id& id);
  Result<bool> is_known(const Envelope& envelope);
  Result<void> write(const std::function<Result<void>()>& change);
  Result<void> compact();
  void forget_times() const;
  Result<void> count_end(const std::string& inspection, Ending ending);
  Result<bool> is_in_progress(const std::string& inspection);
  Result<void> count_lost(const Ledgers& ledgers);
  Result<void> note_visit(const std::string& inspection);
  Result<void> forget_visits_let_go();
  Result<void> let_leave(const Id& id, const std::string& inspection, std::int64_t Ledger::*count);
  Result<Waiting> list_waiting();

  std::mutex mutex_;
  sqlite::Database database_;
  std::filesystem::path path_;
  Options options_;
  std::string under_way_;  // the inspection of the visit that goes on, or empty
  bool is_sound_ = true;
  bool is_compact_ = true;  // false: a compaction had no room
};

}  // namespace perspective::outbox
