#include "store/sqlite_store.h"

#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "base/log.h"
#include "store/changes.h"
#include "store/copy_file.h"
#include "store/queries.h"
#include "store/readers.h"
#include "store/schema.h"
#include "store/writer.h"

namespace perspective::store {
namespace {

using sqlite::Database;

// Once it is open and after all is closed. What the store has to do does not depend on it.
void compact_or_warn(Database& database) {
  if (auto compacted = compact(database); !compacted) {
    log::warning(
        "the store's file could not be written anew; until it is, it tells the order in which envelopes came: " +
        compacted.error().what);
  }
}

// Compacts at its end.
class Closing {
 public:
  Closing(std::filesystem::path path, std::string vfs) : path_(std::move(path)), vfs_(std::move(vfs)) {}
  Closing(const Closing&) = delete;
  Closing& operator=(const Closing&) = delete;
  ~Closing() {
    if (auto database = Database::open(path_, vfs_)) compact_or_warn(*database);
  }

 private:
  std::filesystem::path path_;
  std::string vfs_;
};

// The change, and behind it in the same transaction its entry of the audit, if it has one.
template <typename Change>
auto with_entry(const NextEntry& entry, Change change) {
  return [&entry, change](Database& database) -> Result<void> {
    if (auto changed = change(database); !changed || !entry) return changed;
    return changes::append_audit(database, entry);
  };
}

// How often each inspection was written since this store was opened; nobody else writes to its file. Asked before a
// row is read and counted after it is committed, so that no row of before goes for one of after.
class Written {
 public:
  using Counts = std::map<std::string, std::int64_t, std::less<>>;
  Counts now() {
    const std::lock_guard lock(mutex_);
    return counts_;
  }
  std::int64_t of(std::string_view inspection) {
    const std::lock_guard lock(mutex_);
    return of(counts_, inspection);
  }
  static std::int64_t of(const Counts& counts, std::string_view inspection) {
    const auto found = counts.find(inspection);
    return found == counts.end() ? 0 : found->second;
  }
  Result<void> note(const std::string& inspection, Result<void> written) {
    const std::lock_guard lock(mutex_);
    ++counts_[inspection];
    return written;
  }

 private:
  std::mutex mutex_;
  Counts counts_;
};

class Sqlite final : public Store {
 public:
  Sqlite(std::filesystem::path path, std::string vfs, Database database)
      : path_(path),
        vfs_(vfs),
        closing_(path, vfs),
        readers_(std::move(path), std::move(vfs)),
        writer_(std::move(database)) {}

  Result<void> add_inspection(const Inspection& inspection, const NextEntry& entry) override {
    return writer_.run(
        with_entry(entry, [&](Database& database) { return changes::add_inspection(database, inspection); }));
  }
  Result<void> update_inspection(const Inspection& inspection, const NextEntry& entry) override {
    return written_.note(inspection.head.id, writer_.run(with_entry(entry, [&](Database& database) {
      return changes::update_inspection(database, inspection);
    })));
  }
  Result<std::vector<InspectionHead>> inspections() override {
    const auto written = written_.now();
    auto heads = readers_.read(queries::heads);
    if (!heads) return heads;
    for (auto& head : *heads) head.written = Written::of(written, head.id);
    return heads;
  }
  Result<InspectionHead> head(std::string_view inspection) override {
    const auto written = written_.of(inspection);
    auto head = readers_.read([&](Database& database) { return queries::head(database, inspection); });
    if (head) head->written = written;
    return head;
  }
  Result<Inspection> inspection(std::string_view inspection) override {
    const auto written = written_.of(inspection);
    auto found = readers_.read([&](Database& database) { return queries::inspection(database, inspection); });
    if (found) found->head.written = written;
    return found;
  }

  void put(Batch batch, PutDone done) override;
  Result<std::vector<Envelope>> envelopes(std::string_view inspection, const std::optional<Id>& after,
                                          std::size_t limit) override {
    return readers_.read([&](Database& database) { return queries::envelopes(database, inspection, after, limit); });
  }
  Result<std::vector<Envelope>> envelopes(std::string_view inspection, const std::vector<Id>& ids) override {
    return readers_.read([&](Database& database) { return queries::envelopes(database, inspection, ids); });
  }
  Result<std::vector<Id>> envelope_ids(std::string_view inspection) override {
    return readers_.read([&](Database& database) { return queries::envelope_ids(database, inspection); });
  }
  Result<std::int64_t> count_envelopes(std::string_view inspection) override {
    return readers_.read([&](Database& database) { return queries::count_envelopes(database, inspection); });
  }
  Result<std::vector<DailyCount>> daily_counts(std::string_view inspection) override {
    return readers_.read([&](Database& database) { return queries::daily_counts(database, inspection); });
  }
  Result<std::vector<Standing>> standings(const std::vector<std::string>& inspections) override {
    return readers_.read([&](Database& database) { return queries::standings(database, inspections); });
  }
  Result<void> withdraw(std::string_view inspection, std::span<const Id> ids, const NextEntry& entry) override {
    return writer_.run(
        with_entry(entry, [&](Database& database) { return changes::withdraw(database, inspection, ids); }));
  }
  Result<void> withdraw_what_had_come(std::string_view inspection, const Id& id) override {
    return writer_.run([&](Database& database) { return changes::withdraw_what_had_come(database, inspection, id); });
  }
  Result<std::vector<Withdrawn>> withdrawn() override { return readers_.read(queries::withdrawn); }
  Result<std::vector<Id>> withdrawn_among(std::string_view inspection, std::span<const Id> ids) override {
    return readers_.read([&](Database& database) { return queries::withdrawn_among(database, inspection, ids); });
  }
  Result<std::int64_t> count_withdrawn(std::string_view inspection) override {
    return readers_.read([&](Database& database) { return queries::count_withdrawn(database, inspection); });
  }

  Result<void> put_ledger(std::string_view inspection, const KioskLedger& ledger) override {
    return writer_.run([&](Database& database) { return changes::put_ledger(database, inspection, ledger); });
  }
  Result<std::vector<KioskLedger>> ledgers(std::string_view inspection) override {
    return readers_.read([&](Database& database) { return queries::ledgers(database, inspection); });
  }

  Result<void> add_invite(const Invite& invite, const NextEntry& entry) override {
    return writer_.run(with_entry(entry, [&](Database& database) { return changes::add_invite(database, invite); }));
  }
  Result<std::vector<Invite>> live_invites(std::int64_t now_s) override {
    return readers_.read([&](Database& database) { return queries::live_invites(database, now_s); });
  }
  Result<bool> is_invited(ByteView mark, std::int64_t now_s) override {
    return readers_.read([&](Database& database) { return queries::is_invited(database, mark, now_s); });
  }
  Result<void> enrol(ByteView secret_hash, std::int64_t now_s, const Kiosk& kiosk, const NextEntry& entry) override {
    return writer_.run(
        with_entry(entry, [&](Database& database) { return changes::enrol(database, secret_hash, now_s, kiosk); }));
  }
  Result<std::string> enrolled(ByteView secret_hash, std::int64_t now_s, const Digest& key) override {
    return readers_.read([&](Database& database) { return queries::enrolled(database, secret_hash, now_s, key); });
  }
  Result<std::vector<Kiosk>> kiosks() override { return readers_.read(queries::kiosks); }
  Result<Kiosk> kiosk_by_serial(std::string_view serial) override {
    return readers_.read([&](Database& database) { return queries::kiosk_by_serial(database, serial); });
  }
  Result<void> revoke(std::string_view kiosk, const NextEntry& entry) override {
    return writer_.run(with_entry(entry, [&](Database& database) { return changes::revoke(database, kiosk); }));
  }
  Result<void> allow(std::string_view kiosk, std::string_view inspection, const NextEntry& entry) override {
    return writer_.run(
        with_entry(entry, [&](Database& database) { return changes::allow(database, kiosk, inspection); }));
  }
  Result<void> disallow(std::string_view kiosk, std::string_view inspection, const NextEntry& entry) override {
    return writer_.run(
        with_entry(entry, [&](Database& database) { return changes::disallow(database, kiosk, inspection); }));
  }
  Result<void> note_contact(std::string_view kiosk, const Contact& contact) override {
    return writer_.run([&](Database& database) { return changes::note_contact(database, kiosk, contact); });
  }
  Result<void> add_certificate(std::string_view kiosk, std::string_view serial, std::string_view asked_with) override {
    return writer_.run(
        [&](Database& database) { return changes::add_certificate(database, kiosk, serial, asked_with); });
  }

  Result<void> issue_tokens(const Inspection& inspection, const std::vector<Digest>& marks,
                            const NextEntry& entry) override {
    return written_.note(inspection.head.id, writer_.run(with_entry(entry, [&](Database& database) {
      return changes::issue_tokens(database, inspection, marks);
    })));
  }
  Result<std::vector<Digest>> tokens(std::string_view inspection) override {
    return readers_.read([&](Database& database) { return queries::tokens(database, inspection); });
  }
  Result<void> spend_tokens(std::string_view inspection, std::string_view kiosk,
                            const std::vector<Digest>& marks) override {
    return writer_.run([&](Database& database) { return changes::spend_tokens(database, inspection, kiosk, marks); });
  }
  Result<std::int64_t> unknown_tokens(std::string_view inspection, std::string_view kiosk,
                                      const std::vector<Digest>& marks) override {
    return readers_.read(
        [&](Database& database) { return queries::unknown_tokens(database, inspection, kiosk, marks); });
  }
  Result<TokenCounts> token_counts(std::string_view inspection) override {
    return readers_.read([&](Database& database) { return queries::token_counts(database, inspection); });
  }
  Result<std::vector<KioskTokens>> tokens_by_kiosk(std::string_view inspection) override {
    return readers_.read([&](Database& database) { return queries::tokens_by_kiosk(database, inspection); });
  }

  Result<void> put_annotation(std::string_view inspection, const Annotation& annotation,
                              const NextEntry& entry) override {
    return writer_.run(with_entry(
        entry, [&](Database& database) { return changes::put_annotation(database, inspection, annotation); }));
  }
  Result<void> remove_annotation(std::string_view inspection, const Id& id) override {
    return writer_.run([&](Database& database) { return changes::remove_annotation(database, inspection, id); });
  }
  Result<std::vector<Annotation>> annotations(std::string_view inspection) override {
    return readers_.read([&](Database& database) { return queries::annotations(database, inspection); });
  }
  Result<std::vector<PlainCount>> plain_counts(std::string_view inspection) override {
    return readers_.read([&](Database& database) { return queries::plain_counts(database, inspection); });
  }
  Result<void> put_keying(std::string_view inspection, const Keying& keying, const std::optional<Digest>& token,
                          const NextEntry& entry) override {
    return writer_.run(with_entry(
        entry, [&](Database& database) { return changes::put_keying(database, inspection, keying, token); }));
  }
  Result<std::vector<Keying>> keyings(std::string_view inspection) override {
    return readers_.read([&](Database& database) { return queries::keyings(database, inspection); });
  }
  Result<void> remove_keyings(std::string_view inspection, const Id& form, const AfterKeyings& after,
                              const NextEntry& entry) override {
    return writer_.run(with_entry(
        entry, [&](Database& database) { return changes::remove_keyings(database, inspection, form, after); }));
  }
  Result<void> append_audit(const NextEntry& entry) override {
    return writer_.run([&](Database& database) { return changes::append_audit(database, entry); });
  }
  Result<std::vector<AuditEntry>> audit(std::int64_t after, std::size_t limit) override {
    return readers_.read([&](Database& database) { return queries::audit(database, after, limit); });
  }
  Result<std::optional<AuditEntry>> newest_audit() override { return readers_.read(queries::newest_audit); }
  Result<void> put_record(const Record& record, const NextEntry& entry) override {
    return writer_.run(with_entry(entry, [&](Database& database) { return changes::put_record(database, record); }));
  }
  Result<Record> record(std::string_view kind, std::string_view id) override {
    return readers_.read([&](Database& database) { return queries::record(database, kind, id); });
  }
  Result<std::vector<Record>> records(std::string_view kind) override {
    return readers_.read([&](Database& database) { return queries::records(database, kind); });
  }
  Result<void> remove_record(std::string_view kind, std::string_view id, const NextEntry& entry) override {
    return writer_.run(
        with_entry(entry, [&](Database& database) { return changes::remove_record(database, kind, id); }));
  }
  Result<void> forget_ended_records(std::int64_t now_s) override {
    return writer_.run([&](Database& database) { return changes::forget_ended_records(database, now_s); });
  }
  Result<Bytes> salt() override { return readers_.read(queries::salt); }
  Result<void> copy_to(const std::filesystem::path& path) override {
    auto own = Database::open(path_, vfs_);  // for itself alone: the others may not write
    if (!own) return std::unexpected(own.error());
    return copy_tables(*own, path);
  }

 private:
  const std::filesystem::path path_;
  const std::string vfs_;
  Closing closing_;  // of what does something the first: destroyed last
  Readers readers_;
  Written written_;
  Writer writer_;  // last: destroyed first, while readers still work for what its callbacks started
};

void Sqlite::put(Batch batch, PutDone done) {
  // Shared between the change, which fills it in, and the callback, which hands it on once it is durable.
  struct Put {
    Batch batch;
    std::vector<PutOutcome> outcomes;
  };
  auto put = std::make_shared<Put>(Put{std::move(batch), {}});
  auto change = [put](Database& database) -> Result<void> {
    auto outcomes = changes::put(database, put->batch);
    if (!outcomes) return std::unexpected(outcomes.error());
    put->outcomes = std::move(*outcomes);
    return {};
  };
  writer_.submit(std::move(change), [put, done = std::move(done)](const Result<void>& committed) {
    if (!committed) return done(std::unexpected(committed.error()));
    done(std::move(put->outcomes));
  });
}

}  // namespace

Result<void> SqliteStore::restore(const std::filesystem::path& path, const std::filesystem::path& copy) {
  auto database = Database::open(path);
  if (!database) return std::unexpected(database.error());
  if (auto prepared = prepare(*database); !prepared) return prepared;
  return take_tables(*database, copy);
}

Result<std::unique_ptr<Store>> SqliteStore::open(const std::filesystem::path& path, std::string_view vfs) {
  auto database = Database::open(path, vfs);
  if (!database) return std::unexpected(database.error());
  if (auto prepared = prepare(*database); !prepared) return in_context(path.string(), prepared.error());
  compact_or_warn(*database);  // whoever was killed left it as it was
  return std::make_unique<Sqlite>(path, std::string(vfs), std::move(*database));
}

}  // namespace perspective::store
