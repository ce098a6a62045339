#include "postgres/postgres_store.h"

#include <optional>
#include <string>
#include <utility>

#include "postgres/changes.h"
#include "postgres/connections.h"
#include "postgres/copy.h"
#include "postgres/group_writer.h"
#include "postgres/listener.h"
#include "postgres/queries.h"
#include "postgres/schema.h"

namespace perspective::postgres {
namespace {

// The change, and behind it in the same transaction its entry of the audit, if it has one.
template <typename Change>
auto with_entry(const store::NextEntry& entry, Change change) {
  return [&entry, change](Connection& connection) -> Result<void> {
    if (auto changed = change(connection); !changed || !entry) return changed;
    return changes::append_audit(connection, entry);
  };
}

class Postgres final : public store::Store {
 public:
  Postgres(const Address& address, const PostgresStore::Setting& setting)
      : connections_(address, setting.patience), writer_(connections_) {
    if (setting.on_notice) listener_.emplace(address, setting.on_notice, setting.patience);
  }

  Result<void> add_inspection(const store::Inspection& inspection, const store::NextEntry& entry) override {
    return connections_.transact(
        with_entry(entry, [&](Connection& connection) { return changes::add_inspection(connection, inspection); }));
  }
  Result<void> update_inspection(const store::Inspection& inspection, const store::NextEntry& entry) override {
    return connections_.transact(
        with_entry(entry, [&](Connection& connection) { return changes::update_inspection(connection, inspection); }));
  }
  Result<std::vector<store::InspectionHead>> inspections() override { return connections_.use(queries::heads); }
  Result<store::InspectionHead> head(std::string_view inspection) override {
    return connections_.use([&](Connection& connection) { return queries::head(connection, inspection); });
  }
  Result<store::Inspection> inspection(std::string_view inspection) override {
    return connections_.use([&](Connection& connection) { return queries::inspection(connection, inspection); });
  }

  void put(store::Batch batch, store::PutDone done) override { writer_.submit(std::move(batch), std::move(done)); }
  Result<std::vector<store::Envelope>> envelopes(std::string_view inspection, const std::optional<store::Id>& after,
                                                 std::size_t limit) override {
    return connections_.use(
        [&](Connection& connection) { return queries::envelopes(connection, inspection, after, limit); });
  }
  Result<std::vector<store::Envelope>> envelopes(std::string_view inspection,
                                                 const std::vector<store::Id>& ids) override {
    return connections_.use([&](Connection& connection) { return queries::envelopes(connection, inspection, ids); });
  }
  Result<std::vector<store::Id>> envelope_ids(std::string_view inspection) override {
    return connections_.use([&](Connection& connection) { return queries::envelope_ids(connection, inspection); });
  }
  Result<std::int64_t> count_envelopes(std::string_view inspection) override {
    return connections_.use([&](Connection& connection) { return queries::count_envelopes(connection, inspection); });
  }
  Result<std::vector<store::DailyCount>> daily_counts(std::string_view inspection) override {
    return connections_.use([&](Connection& connection) { return queries::daily_counts(connection, inspection); });
  }
  Result<std::vector<store::Standing>> standings(const std::vector<std::string>& inspections) override {
    return connections_.use([&](Connection& connection) { return queries::standings(connection, inspections); });
  }
  Result<void> withdraw(std::string_view inspection, std::span<const store::Id> ids,
                        const store::NextEntry& entry) override {
    return connections_.transact(
        with_entry(entry, [&](Connection& connection) { return changes::withdraw(connection, inspection, ids); }));
  }
  Result<void> withdraw_what_had_come(std::string_view inspection, const store::Id& id) override {
    return connections_.transact(
        [&](Connection& connection) { return changes::withdraw_what_had_come(connection, inspection, id); });
  }
  Result<std::vector<store::Withdrawn>> withdrawn() override { return connections_.use(queries::withdrawn); }
  Result<std::vector<store::Id>> withdrawn_among(std::string_view inspection, std::span<const store::Id> ids) override {
    return connections_.use(
        [&](Connection& connection) { return queries::withdrawn_among(connection, inspection, ids); });
  }
  Result<std::int64_t> count_withdrawn(std::string_view inspection) override {
    return connections_.use([&](Connection& connection) { return queries::count_withdrawn(connection, inspection); });
  }

  Result<void> put_ledger(std::string_view inspection, const store::KioskLedger& ledger) override {
    return connections_.transact(
        [&](Connection& connection) { return changes::put_ledger(connection, inspection, ledger); });
  }
  Result<std::vector<store::KioskLedger>> ledgers(std::string_view inspection) override {
    return connections_.use([&](Connection& connection) { return queries::ledgers(connection, inspection); });
  }

  Result<void> add_invite(const store::Invite& invite, const store::NextEntry& entry) override {
    return connections_.transact(
        with_entry(entry, [&](Connection& connection) { return changes::add_invite(connection, invite); }));
  }
  Result<std::vector<store::Invite>> live_invites(std::int64_t now_s) override {
    return connections_.use([&](Connection& connection) { return queries::live_invites(connection, now_s); });
  }
  Result<bool> is_invited(ByteView mark, std::int64_t now_s) override {
    return connections_.use([&](Connection& connection) { return queries::is_invited(connection, mark, now_s); });
  }
  Result<void> enrol(ByteView secret_hash, std::int64_t now_s, const store::Kiosk& kiosk,
                     const store::NextEntry& entry) override {
    return connections_.transact(with_entry(
        entry, [&](Connection& connection) { return changes::enrol(connection, secret_hash, now_s, kiosk); }));
  }
  Result<std::string> enrolled(ByteView secret_hash, std::int64_t now_s, const store::Digest& key) override {
    return connections_.use(
        [&](Connection& connection) { return queries::enrolled(connection, secret_hash, now_s, key); });
  }
  Result<std::vector<store::Kiosk>> kiosks() override { return connections_.use(queries::kiosks); }
  Result<store::Kiosk> kiosk_by_serial(std::string_view serial) override {
    return connections_.use([&](Connection& connection) { return queries::kiosk_by_serial(connection, serial); });
  }
  Result<void> revoke(std::string_view kiosk, const store::NextEntry& entry) override {
    return connections_.transact(
        with_entry(entry, [&](Connection& connection) { return changes::revoke(connection, kiosk); }));
  }
  Result<void> allow(std::string_view kiosk, std::string_view inspection, const store::NextEntry& entry) override {
    return connections_.transact(
        with_entry(entry, [&](Connection& connection) { return changes::allow(connection, kiosk, inspection); }));
  }
  Result<void> disallow(std::string_view kiosk, std::string_view inspection, const store::NextEntry& entry) override {
    return connections_.transact(
        with_entry(entry, [&](Connection& connection) { return changes::disallow(connection, kiosk, inspection); }));
  }
  Result<void> note_contact(std::string_view kiosk, const store::Contact& contact) override {
    return connections_.transact(
        [&](Connection& connection) { return changes::note_contact(connection, kiosk, contact); });
  }
  Result<void> add_certificate(std::string_view kiosk, std::string_view serial, std::string_view asked_with) override {
    return connections_.transact(
        [&](Connection& connection) { return changes::add_certificate(connection, kiosk, serial, asked_with); });
  }

  Result<void> issue_tokens(const store::Inspection& inspection, const std::vector<store::Digest>& marks,
                            const store::NextEntry& entry) override {
    return connections_.transact(with_entry(
        entry, [&](Connection& connection) { return changes::issue_tokens(connection, inspection, marks); }));
  }
  Result<std::vector<store::Digest>> tokens(std::string_view inspection) override {
    return connections_.use([&](Connection& connection) { return queries::tokens(connection, inspection); });
  }
  Result<void> spend_tokens(std::string_view inspection, std::string_view kiosk,
                            const std::vector<store::Digest>& marks) override {
    return connections_.transact(
        [&](Connection& connection) { return changes::spend_tokens(connection, inspection, kiosk, marks); });
  }
  Result<std::int64_t> unknown_tokens(std::string_view inspection, std::string_view kiosk,
                                      const std::vector<store::Digest>& marks) override {
    return connections_.use(
        [&](Connection& connection) { return queries::unknown_tokens(connection, inspection, kiosk, marks); });
  }
  Result<store::TokenCounts> token_counts(std::string_view inspection) override {
    return connections_.use([&](Connection& connection) { return queries::token_counts(connection, inspection); });
  }
  Result<std::vector<store::KioskTokens>> tokens_by_kiosk(std::string_view inspection) override {
    return connections_.use([&](Connection& connection) { return queries::tokens_by_kiosk(connection, inspection); });
  }

  Result<void> put_annotation(std::string_view inspection, const store::Annotation& annotation,
                              const store::NextEntry& entry) override {
    return connections_.transact(with_entry(
        entry, [&](Connection& connection) { return changes::put_annotation(connection, inspection, annotation); }));
  }
  Result<void> remove_annotation(std::string_view inspection, const store::Id& id) override {
    return connections_.transact(
        [&](Connection& connection) { return changes::remove_annotation(connection, inspection, id); });
  }
  Result<std::vector<store::PlainCount>> plain_counts(std::string_view inspection) override {
    return connections_.use([&](Connection& connection) { return queries::plain_counts(connection, inspection); });
  }
  Result<std::vector<store::Annotation>> annotations(std::string_view inspection) override {
    return connections_.use([&](Connection& connection) { return queries::annotations(connection, inspection); });
  }
  Result<void> put_keying(std::string_view inspection, const store::Keying& keying,
                          const std::optional<store::Digest>& token, const store::NextEntry& entry) override {
    return connections_.transact(with_entry(
        entry, [&](Connection& connection) { return changes::put_keying(connection, inspection, keying, token); }));
  }
  Result<std::vector<store::Keying>> keyings(std::string_view inspection) override {
    return connections_.use([&](Connection& connection) { return queries::keyings(connection, inspection); });
  }
  Result<void> remove_keyings(std::string_view inspection, const store::Id& form, const store::AfterKeyings& after,
                              const store::NextEntry& entry) override {
    return connections_.transact(with_entry(
        entry, [&](Connection& connection) { return changes::remove_keyings(connection, inspection, form, after); }));
  }
  Result<void> append_audit(const store::NextEntry& entry) override {
    return connections_.transact([&](Connection& connection) { return changes::append_audit(connection, entry); });
  }
  Result<std::vector<store::AuditEntry>> audit(std::int64_t after, std::size_t limit) override {
    return connections_.use([&](Connection& connection) { return queries::audit(connection, after, limit); });
  }
  Result<std::optional<store::AuditEntry>> newest_audit() override { return connections_.use(queries::newest_audit); }
  Result<void> put_record(const store::Record& record, const store::NextEntry& entry) override {
    return connections_.transact(
        with_entry(entry, [&](Connection& connection) { return changes::put_record(connection, record); }));
  }
  Result<store::Record> record(std::string_view kind, std::string_view id) override {
    return connections_.use([&](Connection& connection) { return queries::record(connection, kind, id); });
  }
  Result<std::vector<store::Record>> records(std::string_view kind) override {
    return connections_.use([&](Connection& connection) { return queries::records(connection, kind); });
  }
  Result<void> remove_record(std::string_view kind, std::string_view id, const store::NextEntry& entry) override {
    return connections_.transact(
        with_entry(entry, [&](Connection& connection) { return changes::remove_record(connection, kind, id); }));
  }
  Result<void> forget_ended_records(std::int64_t now_s) override {
    return connections_.transact(
        [&](Connection& connection) { return changes::forget_ended_records(connection, now_s); });
  }
  Result<Bytes> salt() override { return connections_.use(queries::salt); }
  Result<void> copy_to(const std::filesystem::path& path) override {
    return connections_.use([&](Connection& connection) { return copy_tables(connection, path); });
  }

 private:
  Connections connections_;
  GroupWriter writer_;
  std::optional<Listener> listener_;  // last: destroyed first
};

Result<std::unique_ptr<Connection>> open_migrated(const Address& address, const PostgresStore::Setting& setting) {
  auto connection = Connection::open(address, setting.patience);
  if (!connection) return connection;
  if (auto migrated = migrate(**connection, setting.authority_sha256); !migrated)
    return std::unexpected(migrated.error());
  return connection;
}

}  // namespace

Result<void> PostgresStore::restore(const Setting& setting, const std::filesystem::path& copy) {
  const auto address = Address::parse(setting.url);
  if (!address) return std::unexpected(address.error());
  const auto connection = open_migrated(*address, setting);
  if (!connection) return std::unexpected(connection.error());
  return take_tables(**connection, copy);
}

Result<std::unique_ptr<store::Store>> PostgresStore::open(const Setting& setting) {
  auto address = Address::parse(setting.url);
  if (!address) return std::unexpected(address.error());
  const auto connection = open_migrated(*address, setting);
  if (!connection) return std::unexpected(connection.error());
  return std::make_unique<Postgres>(*address, setting);
}

}  // namespace perspective::postgres
