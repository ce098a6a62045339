// What is read from the tables.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sqlite.h"
#include "store/store.h"

namespace perspective::store::queries {

Result<std::vector<InspectionHead>> heads(sqlite::Database& database);
Result<InspectionHead> head(sqlite::Database& database, std::string_view inspection);
Result<Inspection> inspection(sqlite::Database& database, std::string_view inspection);
Result<std::vector<Envelope>> envelopes(sqlite::Database& database, std::string_view inspection,
                                        const std::optional<Id>& after, std::size_t limit);
Result<std::vector<Envelope>> envelopes(sqlite::Database& database, std::string_view inspection,
                                        const std::vector<Id>& ids);
Result<std::vector<Id>> envelope_ids(sqlite::Database& database, std::string_view inspection);
Result<std::int64_t> count_envelopes(sqlite::Database& database, std::string_view inspection);
Result<std::vector<Withdrawn>> withdrawn(sqlite::Database& database);
Result<std::vector<Id>> withdrawn_among(sqlite::Database& database, std::string_view inspection,
                                        std::span<const Id> ids);
Result<std::int64_t> count_withdrawn(sqlite::Database& database, std::string_view inspection);
Result<std::vector<KioskLedger>> ledgers(sqlite::Database& database, std::string_view inspection);
Result<std::vector<DailyCount>> daily_counts(sqlite::Database& database, std::string_view inspection);
Result<std::vector<Standing>> standings(sqlite::Database& database, const std::vector<std::string>& inspections);
Result<std::vector<Invite>> live_invites(sqlite::Database& database, std::int64_t now_s);
Result<bool> is_invited(sqlite::Database& database, ByteView mark, std::int64_t now_s);
Result<std::string> enrolled(sqlite::Database& database, ByteView secret_hash, std::int64_t now_s, const Digest& key);
Result<std::vector<Kiosk>> kiosks(sqlite::Database& database);
Result<Kiosk> kiosk_by_serial(sqlite::Database& database, std::string_view serial);
Result<std::vector<Digest>> tokens(sqlite::Database& database, std::string_view inspection);
Result<std::int64_t> unknown_tokens(sqlite::Database& database, std::string_view inspection, std::string_view kiosk,
                                    const std::vector<Digest>& marks);
Result<TokenCounts> token_counts(sqlite::Database& database, std::string_view inspection);
Result<std::vector<KioskTokens>> tokens_by_kiosk(sqlite::Database& database, std::string_view inspection);
Result<std::vector<Keying>> keyings(sqlite::Database& database, std::string_view inspection);
Result<std::vector<Annotation>> annotations(sqlite::Database& database, std::string_view inspection);
Result<std::vector<PlainCount>> plain_counts(sqlite::Database& database, std::string_view inspection);
Result<std::vector<AuditEntry>> audit(sqlite::Database& database, std::int64_t after, std::size_t limit);
Result<std::optional<AuditEntry>> newest_audit(sqlite::Database& database);
Result<Record> record(sqlite::Database& database, std::string_view kind, std::string_view id);
Result<std::vector<Record>> records(sqlite::Database& database, std::string_view kind);
Result<Bytes> salt(sqlite::Database& database);

}  // namespace perspective::store::queries
