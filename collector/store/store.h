// Where the collector keeps what must last: inspections, sealed envelopes, counts, kiosks, invites, annotations, the
// audit, records of its people.
//
// Promise:   nothing here can be read as an answer: envelopes and annotations are sealed bytes, and no order, time or
//            kiosk stands beside an envelope. Every call is one transaction; once it gave ok (or called back with ok) a
//            power cut loses nothing of it. A call that is given a NextEntry writes that entry of the audit with what
//            it changes: both or neither.
// Errors:    io (retry is true while the store is only busy; false once a commit has failed: then the disk can no
//            longer be believed and every later change is refused until a restart), not_found, conflict.
// Ownership: an implementation owns its connections and its writer. Destroying it finishes what was handed over.
// Threads:   any thread may call; calls that change something wait for the commit, except put().
// Units:     times in seconds since 1970 (of invites and certificates, and as text in the audit), days as "2026-11-22",
// sizes in bytes.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/ledger.h"
#include "base/result.h"

namespace perspective::store {

using Id = std::array<std::uint8_t, 16>;
using Digest = std::array<std::uint8_t, 32>;

// What is asked of an inspection all the time, without its texts.
struct InspectionHead {
  std::string id;
  std::string area;
  std::string state;  // in the words of inspection/
  int version = 1;    // of its package
  std::size_t envelope_bytes = 0;
  bool is_accepting = true;  // new envelopes; repeats are always answered
  // Another number once it was written anew, here or by another collector; of this start of this program alone.
  std::int64_t written = 0;
};

// What a change of an inspection began with.
struct SeenInspection {
  std::string state;
  int version = 1;
  std::string definition;
};

// A record that a change of an inspection was made from.
struct SeenRecord {
  std::string kind;
  std::string id;
  std::int64_t version = 0;  // 0: it was not there
};

struct Inspection {
  InspectionHead head;
  std::string definition;                   // JSON in the words of inspection/
  Bytes package;                            // signed, as kiosks fetch it
  std::optional<SeenInspection> seen = {};  // as Store::inspection() read it; none: it was made, not read
  std::vector<SeenRecord> made_from = {};   // told to update_inspection() alone
};

struct Envelope {
  Id id{};
  Digest digest{};
  Bytes body;
};

inline constexpr std::string_view kOnPaper = "paper";  // in the place of a kiosk's id

struct Batch {
  std::string inspection;
  std::string kiosk;  // counted, never kept beside an envelope
  std::string day;
  std::vector<Envelope> envelopes;  // shuffled by the caller
};

enum class PutOutcome {
  stored,         // new, and durable
  repeated,       // the same id and digest are there already
  conflicting,    // the id is there with another digest
  withdrawn,      // its person took it back
  not_accepting,  // the inspection takes no new ones (closed), or is unknown
};

struct DailyCount {
  std::string day;
  std::string kiosk;
  std::int64_t envelopes = 0;
};

// What a kiosk said of itself when it asked for its packages. A day and no time: whoever reads it learns of no visit.
struct Contact {
  std::string day;
  std::string program;                           // its version; empty: it did not say
  std::int64_t certificate_ends_s = 0;           // the one that it showed
  std::optional<std::int64_t> clock_offset_min;  // ahead of ours; nothing: it did not say
  std::optional<bool> is_waiting;                // something, for whichever inspection; nothing: it did not say

  bool operator==(const Contact&) const = default;
};

struct KioskLedger {
  std::string kiosk;
  Ledger ledger;  // as the kiosk told it when fieldwork had ended
};

// Beside the one that it enrolled with: answers that were lost on their way, and renewals.
constexpr std::int64_t kMaxCertificates = 10;

struct Kiosk {
  std::string id;
  std::string name;
  std::string serial;  // of the certificate that it enrolled with, hexadecimal
  bool is_revoked = false;
  std::vector<std::string> inspections;      // it may offer visits for
  std::vector<std::string> disallowed = {};  // no more; what it holds of them it may still deliver
  std::optional<Contact> last_contact = {};
  std::optional<Digest> key = {};  // SHA-256 of its public key; said to enrol() alone
};

struct Invite {
  Bytes secret_hash;  // a mark of some bytes, then the salted hash; the secret itself is never here
  std::string inspection;
  std::string name;  // the kiosk's, as the inspector wants to see it
  std::int64_t expires_s = 0;
  std::string kiosk = {};  // whom it lets in again; empty: a new one
};

// What may be known of an inspection while it is locked. It never falls.
struct PlainCount {
  std::string name;  // in the words of inspection/
  std::int64_t count = 0;
  bool operator==(const PlainCount&) const = default;
};

// What may be known of an inspection by days and counts alone, for who asks of many.
struct Standing {
  std::vector<DailyCount> days = {};  // each once, without a kiosk
  std::int64_t withdrawn = 0;         // of those
  std::vector<PlainCount> counts = {};
  // For each paper form that was keyed and is not counted yet: the first day of it. Empty: of before days were kept.
  std::vector<std::string> forms = {};

  std::int64_t stored() const;  // now: what came, without what was taken back; none of them is counted one by one
};

struct Annotation {
  Id id{};
  Bytes body;                           // sealed to the inspection's own recipients
  std::vector<PlainCount> counts = {};  // put_annotation() raises those that are lower; not given back
};

// Instead of a keyer: what was keyed of this form was discarded, and it waits to be keyed again since that day. Then
// who had keyed it, a line each. It is none of its two keyings.
inline constexpr std::string_view kDiscarded = "discarded\n";

// A paper form as one person keyed it, until it is counted.
struct Keying {
  Id form{};  // the id that its envelope will have
  std::string keyer;
  Bytes body;            // sealed to the inspection's own recipients
  std::string day = {};  // on which it was keyed, so that it is known when a form waits too long; empty: not known
  bool is_discarded() const { return keyer.starts_with(kDiscarded); }
};

// What is left where keyings of a form go.
struct AfterKeyings {
  std::vector<std::string> keyers = {};  // whose keyings go, and no others that came meanwhile; empty: all
  std::optional<Keying> instead = {};    // of the same form; where there is one of that keyer, that stays
  std::vector<PlainCount> counts = {};   // those that are lower are raised
};

// What its person took back: nothing with this id is kept, whenever it comes.
struct Withdrawn {
  std::string inspection;
  Id id{};
  auto operator<=>(const Withdrawn&) const = default;
};

// How the tokens of an inspection stand. issued = unused + spent.
struct TokenCounts {
  std::int64_t issued = 0;
  std::int64_t spent = 0;         // of those issued, at one kiosk or more
  std::int64_t spent_twice = 0;   // of those issued, at two kiosks or more
  std::int64_t never_issued = 0;  // spent somewhere, though no inspector ever had them
  std::int64_t unused() const { return issued - spent; }
  bool operator==(const TokenCounts&) const = default;
};

// How many tokens a kiosk took, each once; issued or not.
struct KioskTokens {
  std::string kiosk;
  std::int64_t tokens = 0;
  bool operator==(const KioskTokens&) const = default;
};

// An entry of the audit: the store keeps its bytes in their order, and asks no more of it.
struct AuditEntry {
  std::int64_t number = 0;  // from 1
  std::string line;
  Bytes signature;
  bool operator==(const AuditEntry&) const = default;
};

// An inspection as it stood when a record of it was made: whoever puts that has not seen what changed since.
struct AsItStood {
  std::string inspection;
  std::string state;           // in the words of inspection/
  std::int64_t withdrawn = 0;  // count_withdrawn()
  bool operator==(const AsItStood&) const = default;
};

// Of the people who work with the collector: an account, a session, a count. What it says is collector/people's affair.
struct Record {
  std::string kind;
  std::string id;
  std::int64_t version = 0;  // how often it was written; 0: it is not there yet
  std::int64_t ends_s = 0;   // 0: it lasts, and is in copies; what ends is in none
  std::string body = {};
  std::optional<AsItStood> only_while = {};  // told to put_record() alone
  bool operator==(const Record&) const = default;
};

// Makes the next entry from the newest that there is (nothing: none). Called inside the transaction, while nobody else
// appends, on whichever collector; once more where the transaction is tried again. Must be quick and not ask the store.
using NextEntry = std::function<Result<AuditEntry>(const std::optional<AuditEntry>& newest)>;

// What whoever keys a paper form is told, by either store.
inline constexpr std::string_view kKeyedByThem =
    "you have keyed this form already: somebody else keys it a second time";
inline constexpr std::string_view kKeyedTwice = "two people have keyed this form already";
inline constexpr std::string_view kFormIsDone = "this form is counted already, or was taken back";
inline constexpr std::string_view kTokenOfAnother = "this token was keyed with another form already";

using PutDone = std::function<void(Result<std::vector<PutOutcome>>)>;

class Store {
 public:
  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  // Inspections. add: conflict when the id is taken. update: all but the id; not_found;
  // conflict where the version would go back, its package is another, or it or a record that it was made from is not
  // as it was seen: it was changed meanwhile, here or by another collector on the same store.
  virtual Result<void> add_inspection(const Inspection& inspection, const NextEntry& entry = {}) = 0;
  virtual Result<void> update_inspection(const Inspection& inspection, const NextEntry& entry = {}) = 0;
  virtual Result<std::vector<InspectionHead>> inspections() = 0;
  virtual Result<InspectionHead> head(std::string_view inspection) = 0;
  virtual Result<Inspection> inspection(std::string_view inspection) = 0;

  // Envelopes. put() returns at once; `done` is called once, after the commit, on the store's own thread, with one
  // outcome an envelope in the batch's order: it must be quick and must not call the store and wait.
  virtual void put(Batch batch, PutDone done) = 0;
  // At most `limit`, by id, after `after` (nullopt: from the start). Fewer than `limit`: the end.
  virtual Result<std::vector<Envelope>> envelopes(std::string_view inspection, const std::optional<Id>& after,
                                                  std::size_t limit) = 0;
  // Those of these that are there, in no order.
  virtual Result<std::vector<Envelope>> envelopes(std::string_view inspection, const std::vector<Id>& ids) = 0;
  virtual Result<std::vector<Id>> envelope_ids(std::string_view inspection) = 0;  // all, ascending
  virtual Result<std::int64_t> count_envelopes(std::string_view inspection) = 0;
  virtual Result<std::vector<DailyCount>> daily_counts(std::string_view inspection) = 0;
  // Of each of these, in their order; of one that is not there: nothing in it.
  virtual Result<std::vector<Standing>> standings(const std::vector<std::string>& inspections) = 0;

  // Removes those of these envelopes that are there, and leaves a tombstone of each either way: of all of them or,
  // where it fails, of none. One named twice: as once.
  virtual Result<void> withdraw(std::string_view inspection, std::span<const Id> ids, const NextEntry& entry = {}) = 0;
  Result<void> withdraw(std::string_view inspection, const Id& id, const NextEntry& entry = {}) {
    return withdraw(inspection, std::span(&id, 1), entry);
  }
  // The same, of one that is known to have come: where it was here in no form (a store that was put back from a backup
  // made before it came), it is counted as one that came, on no day and at no kiosk, and was withdrawn. Again: nothing.
  virtual Result<void> withdraw_what_had_come(std::string_view inspection, const Id& id) = 0;
  virtual Result<std::vector<Withdrawn>> withdrawn() = 0;  // all tombstones, by inspection and id
  // Those of these that have a tombstone, ascending, each once.
  virtual Result<std::vector<Id>> withdrawn_among(std::string_view inspection, std::span<const Id> ids) = 0;
  // Of those that were stored: stored ever (the sum of the daily counts) = stored now + withdrawn.
  virtual Result<std::int64_t> count_withdrawn(std::string_view inspection) = 0;

  // The reconciliation at the end of fieldwork. put: the last that a kiosk told is kept. ledgers: by kiosk.
  virtual Result<void> put_ledger(std::string_view inspection, const KioskLedger& ledger) = 0;
  virtual Result<std::vector<KioskLedger>> ledgers(std::string_view inspection) = 0;

  // Kiosks and invites. enrol(): spends the invite and adds the kiosk (for the invite's inspection), both or neither;
  // refused when the invite is unknown, spent, or expired at now_s. live_invites: neither spent nor expired.
  // is_invited: there is one, spent or not, that is not expired and whose hash begins with this.
  // A spent invite lets in again whom it has let in, with the key of then, while it is not expired and that kiosk was
  // neither revoked nor invited again since: whoever asks twice may not have had the first answer. It is known by one
  // more certificate then, as add_certificate() adds it. enrolled(): that kiosk's id, or not_found.
  // An invite for a kiosk that is there (not_found: it is not) takes the place of one that it had before. With it that
  // kiosk keeps its id, its name and its inspections, is known by its new certificate alone, and is not revoked any
  // more; conflict: it is enrolled under another id.
  virtual Result<void> add_invite(const Invite& invite, const NextEntry& entry = {}) = 0;
  virtual Result<std::vector<Invite>> live_invites(std::int64_t now_s) = 0;
  virtual Result<bool> is_invited(ByteView mark, std::int64_t now_s) = 0;
  virtual Result<void> enrol(ByteView secret_hash, std::int64_t now_s, const Kiosk& kiosk,
                             const NextEntry& entry = {}) = 0;
  virtual Result<std::string> enrolled(ByteView secret_hash, std::int64_t now_s, const Digest& key) = 0;
  virtual Result<std::vector<Kiosk>> kiosks() = 0;
  virtual Result<Kiosk> kiosk_by_serial(std::string_view serial) = 0;
  // And an invite that it has; again: ok.
  virtual Result<void> revoke(std::string_view kiosk, const NextEntry& entry = {}) = 0;
  // May it offer visits for this inspection? Again the same: ok. not_found: no such kiosk or inspection, or (disallow)
  // it never served that one.
  virtual Result<void> allow(std::string_view kiosk, std::string_view inspection, const NextEntry& entry = {}) = 0;
  virtual Result<void> disallow(std::string_view kiosk, std::string_view inspection, const NextEntry& entry = {}) = 0;
  // In the place of the one before; not_found: no such kiosk.
  virtual Result<void> note_contact(std::string_view kiosk, const Contact& contact) = 0;
  // One more certificate that it is known by (kiosk_by_serial). Where there would be more than kMaxCertificates the
  // oldest go, never the one that it asked with (empty: none): of answers that are under way at one moment each holds.
  // not_found: no such kiosk.
  virtual Result<void> add_certificate(std::string_view kiosk, std::string_view serial,
                                       std::string_view asked_with = {}) = 0;

  // Tokens, each by its mark (protocol/token_proof.h). issue_tokens(): adds the marks and updates the inspection, both
  // or neither. tokens(): ascending. spend_tokens(): which kiosk they were spent at is kept, not when; again: ok.
  virtual Result<void> issue_tokens(const Inspection& inspection, const std::vector<Digest>& marks,
                                    const NextEntry& entry = {}) = 0;
  virtual Result<std::vector<Digest>> tokens(std::string_view inspection) = 0;
  virtual Result<void> spend_tokens(std::string_view inspection, std::string_view kiosk,
                                    const std::vector<Digest>& marks) = 0;
  // How many of these nobody issued, and are not kept of this kiosk.
  virtual Result<std::int64_t> unknown_tokens(std::string_view inspection, std::string_view kiosk,
                                              const std::vector<Digest>& marks) = 0;
  virtual Result<TokenCounts> token_counts(std::string_view inspection) = 0;
  virtual Result<std::vector<KioskTokens>> tokens_by_kiosk(std::string_view inspection) = 0;  // those that took any

  // Annotations: sealed, replaced by id. plain_counts(): by name; one that was never raised is not there.
  virtual Result<void> put_annotation(std::string_view inspection, const Annotation& annotation,
                                      const NextEntry& entry = {}) = 0;
  virtual Result<void> remove_annotation(std::string_view inspection, const Id& id) = 0;  // not there: ok
  virtual Result<std::vector<Annotation>> annotations(std::string_view inspection) = 0;
  virtual Result<std::vector<PlainCount>> plain_counts(std::string_view inspection) = 0;

  // Paper forms on their way: two keyings each, by two people. put: with it the token of the form is spent, if one is
  // given, both or neither. conflict: this person keyed it already, two others did, it is an envelope or a tombstone
  // already, or the token was spent on paper. keyings: by form and keyer. remove: of one form, and what is left after
  // it, all or nothing; not there: ok. withdraw() removes them too.
  virtual Result<void> put_keying(std::string_view inspection, const Keying& keying, const std::optional<Digest>& token,
                                  const NextEntry& entry = {}) = 0;
  virtual Result<std::vector<Keying>> keyings(std::string_view inspection) = 0;
  virtual Result<void> remove_keyings(std::string_view inspection, const Id& form, const AfterKeyings& after = {},
                                      const NextEntry& entry = {}) = 0;

  // A copy of all tables of tables.h, as they are at one moment, into a new file (copy_file.h), while others go on.
  virtual Result<void> copy_to(const std::filesystem::path& path) = 0;
  // The audit: of what changes nothing here, by itself. audit(): at most `limit`, by number, after this one.
  virtual Result<void> append_audit(const NextEntry& entry) = 0;
  virtual Result<std::vector<AuditEntry>> audit(std::int64_t after, std::size_t limit) = 0;
  virtual Result<std::optional<AuditEntry>> newest_audit() = 0;

  // Records. put: in the place of the one with this version, whose version is then one more; conflict where another was
  // written meanwhile, here or by another collector, or where the inspection of `only_while` is in another state or
  // more was taken back from it (not_found: it is not there). Of two at once, one that changes an inspection made from
  // a record and one that puts that record while the inspection stands as it stood, one is told so. record: not_found.
  // records: by id. remove: not there: ok. forget_ended: those that have ended at now_s; until then whoever reads one
  // looks whether it has.
  virtual Result<void> put_record(const Record& record, const NextEntry& entry = {}) = 0;
  virtual Result<Record> record(std::string_view kind, std::string_view id) = 0;
  virtual Result<std::vector<Record>> records(std::string_view kind) = 0;
  virtual Result<void> remove_record(std::string_view kind, std::string_view id, const NextEntry& entry = {}) = 0;
  virtual Result<void> forget_ended_records(std::int64_t now_s) = 0;

  // 16 random bytes made with the store; the salt of this collector's invite hashes.
  virtual Result<Bytes> salt() = 0;
};

}  // namespace perspective::store
