// What changes the tables: each function runs inside a transaction of its caller's.
//
// Promise:   READ COMMITTED is enough, because whatever spans rows of an inspection takes its lock first: those who
//            store envelopes share it; whoever withdraws, closes or issues tokens has it alone, and whoever puts a
//            record that stands and falls with it. So nothing is stored beside its tombstone, and nothing new after
//            closing, whichever collector did it.
// Errors:    as store.h and connection.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "postgres/connection.h"
#include "store/store.h"

namespace perspective::postgres::changes {

// The inspection's lock, alone: until the end of the transaction. Before all else of it, in a statement of its own:
// each statement sees what was committed before it began.
Result<void> lock_alone(Connection& connection, std::string_view inspection);

// To store envelopes, in its place: shared until the end of the transaction. share() waits for it. share_those_free()
// waits for none and gives those that it has; from then on nothing in this transaction waits longer than `longest`, but
// is an error (io, retry).
Result<void> share(Connection& connection, std::string_view inspection);
using Names = std::set<std::string, std::less<>>;
Result<Names> share_those_free(Connection& connection, const std::vector<std::string_view>& inspections,
                               std::chrono::milliseconds longest);

// The outcomes of each batch; their inspections' locks are shared. All batches or none; their rows are touched in one
// order, so that collectors never wait for each other in a circle.
Result<std::vector<std::vector<store::PutOutcome>>> put(Connection& connection,
                                                        const std::vector<const store::Batch*>& batches);

Result<void> add_inspection(Connection& connection, const store::Inspection& inspection);
Result<void> update_inspection(Connection& connection, const store::Inspection& inspection);
Result<void> withdraw(Connection& connection, std::string_view inspection, std::span<const store::Id> ids);
Result<void> withdraw_what_had_come(Connection& connection, std::string_view inspection, const store::Id& id);
Result<void> put_ledger(Connection& connection, std::string_view inspection, const store::KioskLedger& ledger);
Result<void> add_invite(Connection& connection, const store::Invite& invite);
Result<void> enrol(Connection& connection, ByteView secret_hash, std::int64_t now_s, const store::Kiosk& kiosk);
Result<void> revoke(Connection& connection, std::string_view kiosk);
Result<void> issue_tokens(Connection& connection, const store::Inspection& inspection,
                          const std::vector<store::Digest>& marks);
Result<void> spend_tokens(Connection& connection, std::string_view inspection, std::string_view kiosk,
                          const std::vector<store::Digest>& marks);
Result<void> allow(Connection& connection, std::string_view kiosk, std::string_view inspection);
Result<void> disallow(Connection& connection, std::string_view kiosk, std::string_view inspection);
Result<void> note_contact(Connection& connection, std::string_view kiosk, const store::Contact& contact);
Result<void> add_certificate(Connection& connection, std::string_view kiosk, std::string_view serial,
                             std::string_view asked_with = {});
Result<void> put_annotation(Connection& connection, std::string_view inspection, const store::Annotation& annotation);
Result<void> remove_annotation(Connection& connection, std::string_view inspection, const store::Id& id);
Result<void> put_record(Connection& connection, const store::Record& record);
Result<void> remove_record(Connection& connection, std::string_view kind, std::string_view id);
Result<void> forget_ended_records(Connection& connection, std::int64_t now_s);
Result<void> put_keying(Connection& connection, std::string_view inspection, const store::Keying& keying,
                        const std::optional<store::Digest>& token);
Result<void> remove_keyings(Connection& connection, std::string_view inspection, const store::Id& form,
                            const store::AfterKeyings& after = {});
Result<void> raise(Connection& connection, std::string_view inspection, const std::vector<store::PlainCount>& counts);
Result<void> append_audit(Connection& connection, const store::NextEntry& next);

}  // namespace perspective::postgres::changes
