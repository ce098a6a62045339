// What the writer does to the tables: each function runs inside the writer's transaction.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sqlite.h"
#include "store/store.h"

namespace perspective::store::changes {

Result<void> add_inspection(sqlite::Database& database, const Inspection& inspection);
Result<void> update_inspection(sqlite::Database& database, const Inspection& inspection);
Result<std::vector<PutOutcome>> put(sqlite::Database& database, const Batch& batch);
Result<void> withdraw(sqlite::Database& database, std::string_view inspection, std::span<const Id> ids);
Result<void> withdraw_what_had_come(sqlite::Database& database, std::string_view inspection, const Id& id);
Result<void> put_ledger(sqlite::Database& database, std::string_view inspection, const KioskLedger& ledger);
Result<void> add_invite(sqlite::Database& database, const Invite& invite);
Result<void> enrol(sqlite::Database& database, ByteView secret_hash, std::int64_t now_s, const Kiosk& kiosk);
Result<void> revoke(sqlite::Database& database, std::string_view kiosk);
Result<void> issue_tokens(sqlite::Database& database, const Inspection& inspection, const std::vector<Digest>& marks);
Result<void> spend_tokens(sqlite::Database& database, std::string_view inspection, std::string_view kiosk,
                          const std::vector<Digest>& marks);
Result<void> allow(sqlite::Database& database, std::string_view kiosk, std::string_view inspection);
Result<void> disallow(sqlite::Database& database, std::string_view kiosk, std::string_view inspection);
Result<void> note_contact(sqlite::Database& database, std::string_view kiosk, const Contact& contact);
Result<void> add_certificate(sqlite::Database& database, std::string_view kiosk, std::string_view serial,
                             std::string_view asked_with = {});
Result<void> put_annotation(sqlite::Database& database, std::string_view inspection, const Annotation& annotation);
Result<void> remove_annotation(sqlite::Database& database, std::string_view inspection, const Id& id);
Result<void> put_record(sqlite::Database& database, const Record& record);
Result<void> remove_record(sqlite::Database& database, std::string_view kind, std::string_view id);
Result<void> forget_ended_records(sqlite::Database& database, std::int64_t now_s);
Result<void> put_keying(sqlite::Database& database, std::string_view inspection, const Keying& keying,
                        const std::optional<Digest>& token);
Result<void> remove_keyings(sqlite::Database& database, std::string_view inspection, const Id& form,
                            const AfterKeyings& after = {});
Result<void> raise(sqlite::Database& database, std::string_view inspection, const std::vector<PlainCount>& counts);
Result<void> append_audit(sqlite::Database& database, const NextEntry& next);

}  // namespace perspective::store::changes
