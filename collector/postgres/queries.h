// What is read from the tables, each function in one statement or two.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "postgres/connection.h"
#include "store/store.h"

namespace perspective::postgres::queries {

Result<std::vector<store::InspectionHead>> heads(Connection& connection);
Result<store::InspectionHead> head(Connection& connection, std::string_view inspection);
Result<store::Inspection> inspection(Connection& connection, std::string_view inspection);
Result<std::vector<store::Envelope>> envelopes(Connection& connection, std::string_view inspection,
                                               const std::optional<store::Id>& after, std::size_t limit);
Result<std::vector<store::Envelope>> envelopes(Connection& connection, std::string_view inspection,
                                               const std::vector<store::Id>& ids);
Result<std::vector<store::Id>> envelope_ids(Connection& connection, std::string_view inspection);
Result<std::int64_t> count_envelopes(Connection& connection, std::string_view inspection);
Result<std::vector<store::Withdrawn>> withdrawn(Connection& connection);
Result<std::vector<store::Id>> withdrawn_among(Connection& connection, std::string_view inspection,
                                               std::span<const store::Id> ids);
Result<std::int64_t> count_withdrawn(Connection& connection, std::string_view inspection);
Result<std::vector<store::KioskLedger>> ledgers(Connection& connection, std::string_view inspection);
Result<std::vector<store::DailyCount>> daily_counts(Connection& connection, std::string_view inspection);
Result<std::vector<store::Standing>> standings(Connection& connection, const std::vector<std::string>& inspections);
Result<std::vector<store::Invite>> live_invites(Connection& connection, std::int64_t now_s);
Result<bool> is_invited(Connection& connection, ByteView mark, std::int64_t now_s);
Result<std::string> enrolled(Connection& connection, ByteView secret_hash, std::int64_t now_s,
                             const store::Digest& key);
Result<std::vector<store::Kiosk>> kiosks(Connection& connection);
Result<store::Kiosk> kiosk_by_serial(Connection& connection, std::string_view serial);
Result<std::vector<store::Digest>> tokens(Connection& connection, std::string_view inspection);
Result<std::int64_t> unknown_tokens(Connection& connection, std::string_view inspection, std::string_view kiosk,
                                    const std::vector<store::Digest>& marks);
Result<store::TokenCounts> token_counts(Connection& connection, std::string_view inspection);
Result<std::vector<store::KioskTokens>> tokens_by_kiosk(Connection& connection, std::string_view inspection);
Result<std::vector<store::Keying>> keyings(Connection& connection, std::string_view inspection);
Result<std::vector<store::Annotation>> annotations(Connection& connection, std::string_view inspection);
Result<std::vector<store::AuditEntry>> audit(Connection& connection, std::int64_t after, std::size_t limit);
Result<std::optional<store::AuditEntry>> newest_audit(Connection& connection);
Result<store::Record> record(Connection& connection, std::string_view kind, std::string_view id);
Result<std::vector<store::Record>> records(Connection& connection, std::string_view kind);
Result<std::vector<store::PlainCount>> plain_counts(Connection& connection, std::string_view inspection);
Result<Bytes> salt(Connection& connection);

}  // namespace perspective::postgres::queries
