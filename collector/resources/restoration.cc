#include "resources/restoration.h"

#include <algorithm>
#include <set>

#include "base/file.h"
#include "base/log.h"
#include "keys/key_cabinet.h"
#include "postgres/postgres_store.h"
#include "protocol/enrolment.h"
#include "resources/backup_api.h"
#include "resources/data_folder.h"
#include "resources/offline.h"
#include "store/sqlite_store.h"
#include "store/withdrawn_file.h"

namespace perspective::resources {
namespace {

Result<void> expect_whole(const backup::Report& report) {
  if (report.faults.empty()) return {};
  std::string what = "the backup is not whole, and nothing was restored:";
  for (const auto& fault : report.faults) what += "\n  - " + fault;
  return fail(ErrorCode::corrupt, what);
}

Result<void> restore_keys(const Restoration& from, const backup::Report& report, const DataFolder& folder,
                          const Clock& clock) {
  const auto files = read_keys(from.keys);
  if (!files) return std::unexpected(files.error());
  if (auto written = write_keys(*files, folder.keys()); !written) return written;
  auto cabinet = keys::KeyCabinet::open(folder.keys());
  if (!cabinet) return std::unexpected(cabinet.error());
  if (auto noted = cabinet->note_restored(clock.now_s()); !noted) return noted;
  const auto identity = cabinet->identity();
  if (!identity) {
    return in_context(from.keys.string() + " has not all that a collector needs to be known to its kiosks",
                      identity.error());
  }
  const auto sha256 = protocol::sha256_of_certificate(identity->authority.certificate_pem);
  if (!sha256) return std::unexpected(sha256.error());
  if (*sha256 == report.authority_sha256) return {};
  return fail(ErrorCode::refused,
              "the keys in " + from.keys.string() +
                  " are another collector's than the backup's: no kiosk of this backup would know it");
}

Result<void> restore_withdrawn(const Restoration& from, const backup::Report& report, const DataFolder& folder) {
  auto all = store::WithdrawnFile::open(folder.withdrawn());
  if (!all) return std::unexpected(all.error());
  for (const auto& path : from.withdrawn) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return fail(ErrorCode::not_found, "there is no file " + path.string());
    auto one = store::WithdrawnFile::open(path);
    if (!one) return std::unexpected(one.error());
    if (auto added = (*all)->add(**one); !added) return added;
  }
  const auto count = static_cast<std::int64_t>((*all)->count());
  if (from.withdrawn.empty() || count >= report.manifest.withdrawn) return {};
  return fail(ErrorCode::refused, "the file of what was taken back is older than the backup: it has " +
                                      std::to_string(count) + " lines, and at the backup there were " +
                                      std::to_string(report.manifest.withdrawn) +
                                      ". Find the newest, from any collector or copy; several may be given");
}

// Of a backup in a file the store is open once: that takes out what was taken back since.
Result<void> restore_store(const Restoration& from, const backup::Report& report, const DataFolder& folder) {
  const auto restored = from.store.empty()
                            ? store::SqliteStore::restore(folder.store(), from.backup)
                            : postgres::PostgresStore::restore(
                                  {.url = from.store, .authority_sha256 = report.authority_sha256}, from.backup);
  if (!restored) return restored;
  auto store = folder.open_store(from.store, report.authority_sha256);
  if (!store) return std::unexpected(store.error());
  auto withdrawn = store::WithdrawnFile::open(folder.withdrawn());
  if (!withdrawn) return std::unexpected(withdrawn.error());
  return (*withdrawn)->apply_to_restored(**store);
}

// An audit that was meddled with is no reason not to restore, so it is none that it cannot be written on.
Result<std::vector<people::Account>> end_access(const Restoration& from, const backup::Report& report,
                                                const DataFolder& folder, const Clock& clock) {
  auto offline = Offline::open(folder, from.store, clock);
  if (!offline) return std::unexpected(offline.error());
  auto ended = (*offline)->people().accounts.end_all_access();
  if (!ended) return ended;
  const auto head = (*offline)->append(
      "restored from a backup",
      {{"backup of", report.manifest.made_on}, {"accounts that need a new link", std::to_string(ended->size())}});
  if (!head) log::warning("that it was restored is not in the audit: " + head.error().what);
  return ended;
}

}  // namespace

Result<Restored> restore(const Restoration& from, const Clock& clock) {
  auto report = backup::verify(from.backup, std::nullopt);
  if (!report) return std::unexpected(report.error());
  if (auto whole = expect_whole(*report); !whole) return std::unexpected(whole.error());
  Configuration configuration{.hosts = from.hosts.empty() ? report->manifest.hosts : from.hosts,
                              .port = from.port.value_or(report->manifest.port),
                              .store = from.store};
  Result<std::vector<people::Account>> people;
  const auto built = DataFolder(from.data).build(configuration, [&](const DataFolder& folder) -> Result<void> {
    if (auto done = restore_keys(from, *report, folder, clock); !done) return done;
    if (auto done = restore_withdrawn(from, *report, folder); !done) return done;
    if (auto done = restore_store(from, *report, folder); !done) return done;
    people = end_access(from, *report, folder, clock);
    if (!people) return std::unexpected(people.error());
    return {};
  });
  if (!built) return std::unexpected(built.error());
  return Restored{*std::move(report), *std::move(people)};
}

}  // namespace perspective::resources
