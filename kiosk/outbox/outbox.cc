#include "outbox/outbox.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/random.h"
#include "outbox/reserve.h"

namespace perspective::outbox {
namespace {

constexpr std::int64_t kFormat = 3;
constexpr std::int64_t kFormatWithoutMarks = 2;

// TRUNCATE, of SQLite's journals, because
//   WAL and PERSIST leave the pages of earlier writes in a file of their own, in the order in which they were made;
//   MEMORY and OFF lose the queue when the power goes in the middle of a write;
//   DELETE would be as good, but it makes and removes a file at each write, so that the folder's own date tells when.
// From synchronous=FULL on the truncated journal is synced too: a committed put cannot be rolled back by its ghost.
// EXTRA adds a sync of the folder where a journal is deleted, which a commit of ours never does. SQLite does when it
// opens what a crash left, before it reads this setting: should that journal come back, it takes back what was taken
// back already, for the next write puts and syncs a journal of its own in its place before it changes a page. What a
// freed block of the disk still holds is the business of its encryption (SECURITY.md).
constexpr std::string_view kSettings =
    "PRAGMA synchronous=EXTRA; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA journal_mode=TRUNCATE;"
    "PRAGMA trusted_schema=OFF;";

// status: 0 waiting, else the answer of the collector for which it was set aside.
constexpr std::string_view kSchema =
    "CREATE TABLE envelope(id BLOB PRIMARY KEY, inspection TEXT NOT NULL, status INTEGER NOT NULL, body BLOB NOT NULL)"
    " WITHOUT ROWID;"
    "CREATE TABLE withdrawal(id BLOB PRIMARY KEY, inspection TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE notice(about TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;"
    "INSERT INTO notice VALUES('sending', '');"
    "CREATE TABLE token(proof BLOB PRIMARY KEY, inspection TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE token_report(inspection TEXT PRIMARY KEY, tokens INTEGER NOT NULL) WITHOUT ROWID;";

// A row: a visit took place since all that waited of that inspection last left. is_let_go: none did since it was let
// go (1), or copied to a stick (2).
constexpr std::string_view kMarks =
    "CREATE TABLE visited(inspection TEXT PRIMARY KEY, is_let_go INTEGER NOT NULL) WITHOUT ROWID;"
    "PRAGMA user_version=3;";

// By which an envelope makes the file grow beyond its own bytes, at most: pages of the tree, ends of pages.
constexpr std::uint64_t kGrowth = 64 * 1024;

// Of a journal with every page of such a file: each has 8 bytes beside it, and SQLite starts a new sector whenever its
// cache is full.
std::uint64_t journal_bytes(std::uint64_t file_bytes) { return file_bytes + file_bytes / 64 + kGrowth; }

ByteView view(const Id& id) { return {id.data(), id.size()}; }

std::optional<Id> id_from(const Bytes& blob) {
  Id id{};
  if (blob.size() != id.size()) return std::nullopt;
  std::copy(blob.begin(), blob.end(), id.begin());
  return id;
}

std::unexpected<Error> strange_row(const std::filesystem::path& path) {
  return fail(ErrorCode::corrupt, "outbox " + path.string() + ": a row has an id that is none of ours");
}

Result<std::int64_t> one_integer(sqlite::Database& database, std::string_view sql) {
  auto statement = database.prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  const auto row = statement->step();
  if (!row) return std::unexpected(row.error());
  return *row ? statement->integer(0) : 0;
}

}  // namespace

Result<std::unique_ptr<Outbox>> Outbox::open(const std::filesystem::path& path, Options options) {
  if (!options.reserve) options.reserve = reserve;
  auto database = sqlite::Database::open(path, options.vfs);
  if (!database) return std::unexpected(database.error());
  std::unique_ptr<Outbox> outbox(new Outbox(std::move(*database), path, std::move(options)));
  if (auto prepared = outbox->prepare_file(); !prepared) return std::unexpected(prepared.error());
  return outbox;
}

Result<void> Outbox::prepare_file() {
  // Before the first byte: the journal takes the file's mode over.
  ::chmod(path_.c_str(), S_IRUSR | S_IWUSR);
  if (auto set = database_.execute(kSettings); !set) return set;
  auto format = one_integer(database_, "PRAGMA user_version");
  if (!format) return std::unexpected(format.error());
  if (*format == 0 || (*format == kFormatWithoutMarks && !options_.is_guest)) {
    const auto made = std::string(*format == 0 ? kLedgerSchema : "").append(*format == 0 ? kSchema : "").append(kMarks);
    auto created = write([&] { return database_.execute(made); });
    if (!created) return created;
    format = kFormat;
  }
  if (*format != kFormat) {
    return fail(ErrorCode::corrupt, "outbox " + path_.string() + ": format " + std::to_string(*format) +
                                        " is not known to this version of the program");
  }
  if (options_.is_guest) return {};
  // The power may have gone between a write and its compaction. Where there is no room for one, state() says "full",
  // and what waits can still be sent.
  auto compacted = compact();
  return compacted || compacted.error().retry || !hold_room() ? Result<void>() : compacted;
}

Result<void> Outbox::refuse_unless_sound() const {
  if (is_sound_) return {};
  return fail(ErrorCode::io, "outbox " + path_.string() +
                                 ": an earlier write failed, so the disk cannot be believed. Check the disk, then "
                                 "start the kiosk again");
}

Result<void> Outbox::refused_for_room() const {
  return fail(ErrorCode::refused, "outbox " + path_.string() + ": the disk is full. Free some space on it", true);
}

bool Outbox::is_ready_for_more() {
  if (!is_sound_) return false;
  if (!is_compact_ && !compact()) return false;
  return hold_room();
}

// What the next put and its compaction write: the file grows by an envelope, and compacting keeps all of its old pages
// in the journal until it is written anew. Held in these two files themselves and not in a third one that is released
// when it is needed: between release and use somebody else could take it.
bool Outbox::hold_room() const {
  std::error_code error;
  const auto size = std::filesystem::file_size(path_, error);
  const std::uint64_t grown = (error ? 0 : size) + options_.envelope_bytes + kGrowth;
  const bool is_held = options_.reserve(path_, grown) && options_.reserve(journal(), journal_bytes(grown));
  forget_times();
  return is_held;
}

Result<bool> Outbox::is_withdrawn(const Id& id) {
  auto statement = database_.prepare("SELECT 1 FROM withdrawal WHERE id = ?");
  if (!statement) return std::unexpected(statement.error());
  return statement->bind(1, view(id)).step();
}

Result<bool> Outbox::is_known(const Envelope& envelope) {
  auto statement = database_.prepare("SELECT inspection, body FROM envelope WHERE id = ?");
  if (!statement) return std::unexpected(statement.error());
  statement->bind(1, view(envelope.id));
  const auto row = statement->step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return is_withdrawn(envelope.id);  // put again after a crash: it stays away
  if (statement->text(0) == envelope.inspection && statement->blob(1) == envelope.body) return true;
  return fail(ErrorCode::conflict, "outbox: this id is there already, with other bytes");
}

// One transaction, then the compaction. The change is durable once it is committed; a compaction that fails after it
// leaves the envelope safe, but no more visits may start until one succeeds.
Result<void> Outbox::write(const std::function<Result<void>()>& change) {
  auto transaction = sqlite::Transaction::begin(database_);
  Result<void> done = transaction ? change() : Result<void>(std::unexpected(transaction.error()));
  if (done) done = transaction->commit();
  if (!done) {
    if (!done.error().retry) is_sound_ = false;
    return done;
  }
  if (auto compacted = compact(); !compacted && !compacted.error().retry) is_sound_ = false;
  return {};
}

Result<void> Outbox::compact() {
  auto compacted = database_.execute("VACUUM");
  is_compact_ = compacted.has_value();
  hold_room();
  return compacted;
}

// A copy of the files keeps their dates. (The inode's change time stays; who images the disk reads more than that.)
// Last read in 2100: where times of reading are kept "relatime", as by default, the kernel leaves one in the future as
// it is; in place of one in the past it would write the time of the read that follows each visit.
void Outbox::forget_times() const {
  constexpr timespec kIn2100{.tv_sec = 4'102'444'800, .tv_nsec = 0};
  const std::array<timespec, 2> never{kIn2100, timespec{}};
  ::utimensat(AT_FDCWD, path_.c_str(), never.data(), 0);
  ::utimensat(AT_FDCWD, journal().c_str(), never.data(), 0);
}

Result<void> Outbox::put(const Envelope& envelope) {
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  if (envelope.body.empty() || envelope.body.size() > options_.envelope_bytes) {
    return fail(ErrorCode::invalid, "outbox: an envelope of " + std::to_string(envelope.body.size()) + " bytes");
  }
  const auto known = is_known(envelope);
  if (!known) return std::unexpected(known.error());
  if (*known) return {};
  if (!is_ready_for_more()) return refused_for_room();
  const auto has_begun = is_in_progress(envelope.inspection);
  if (!has_begun) return std::unexpected(has_begun.error());
  return write([&]() -> Result<void> {
    if (!*has_begun) {
      if (auto counted = add_visits(database_, envelope.inspection, &Ledger::started); !counted) return counted;
    }
    if (auto noted = note_visit(envelope.inspection); !noted) return noted;
    auto insert = database_.prepare("INSERT INTO envelope VALUES(?, ?, 0, ?)");
    if (!insert) return std::unexpected(insert.error());
    return insert->bind(1, view(envelope.id)).bind(2, envelope.inspection).bind(3, ByteView(envelope.body)).run();
  });
}

Result<Outbox::Waiting> Outbox::list_waiting() {
  auto list = database_.prepare(
      "SELECT id, inspection FROM envelope WHERE status = 0 UNION ALL SELECT id, inspection FROM withdrawal");
  if (!list) return std::unexpected(list.error());
  Waiting waiting;
  auto row = list->step();
  for (; row && *row; row = list->step()) {
    const auto id = id_from(list->blob(0));
    if (!id) return strange_row(path_);
    waiting[list->text(1)].push_back(*id);
  }
  if (!row) return std::unexpected(row.error());
  return waiting;
}

Result<Outbox::Waiting> Outbox::waiting() {
  const std::lock_guard lock(mutex_);
  return list_waiting();
}

Result<std::vector<Envelope>> Outbox::draw_batch(std::size_t most, const Among& among) {
  const std::lock_guard lock(mutex_);
  const auto waiting = list_waiting();
  if (!waiting) return std::unexpected(waiting.error());
  std::vector<std::pair<std::string, Id>> all;
  for (const auto& [inspection, ids] : *waiting) {
    for (const auto& id : ids) {
      if (!among || among(inspection, id)) all.emplace_back(inspection, id);
    }
  }
  if (all.empty()) return std::vector<Envelope>();
  // By the share of each inspection in the queue, so that none starves.
  shuffle(all);
  const std::string inspection = all.front().first;
  std::erase_if(all, [&](const auto& one) { return one.first != inspection; });
  all.resize(std::min(all.size(), most));

  auto fetch = database_.prepare("SELECT body FROM envelope WHERE id = ?");
  if (!fetch) return std::unexpected(fetch.error());
  std::vector<Envelope> batch;
  for (const auto& [of, id] : all) {
    fetch->reset();
    fetch->bind(1, view(id));
    const auto found = fetch->step();
    if (!found) return std::unexpected(found.error());
    batch.push_back({id, of, *found ? fetch->blob(0) : Bytes()});
  }
  return batch;
}

// Inside a transaction. inspection: that it must be of; empty: any.
Result<void> Outbox::let_leave(const Id& id, const std::string& inspection, std::int64_t Ledger::*count) {
  auto erase =
      database_.prepare("DELETE FROM envelope WHERE id = ?1 AND (?2 = '' OR inspection = ?2) RETURNING inspection");
  if (!erase) return std::unexpected(erase.error());
  const auto erased = erase->bind(1, view(id)).bind(2, inspection).step();
  if (!erased) return std::unexpected(erased.error());
  if (!*erased) return {};
  const std::string of = erase->text(0);
  erase->reset();
  return add_visits(database_, of, count);
}

Result<void> Outbox::remove(const Id& id, Leaving leaving) {
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  return write([&]() -> Result<void> {
    auto left = let_leave(id, {}, leaving == Leaving::sent ? &Ledger::sent : &Ledger::withdrawn);
    return left ? forget_visits_let_go() : left;
  });
}

Result<void> Outbox::withdraw(const std::string& inspection, const Id& id) {
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  const auto known = is_withdrawn(id);
  if (!known) return std::unexpected(known.error());
  if (*known) return {};
  return write([&]() -> Result<void> {
    if (auto left = let_leave(id, inspection, &Ledger::withdrawn); !left) return left;
    auto insert = database_.prepare("INSERT INTO withdrawal VALUES(?, ?)");
    if (!insert) return std::unexpected(insert.error());
    return insert->bind(1, view(id)).bind(2, inspection).run();
  });
}

Result<void> Outbox::end_withdrawal(const Id& id) {
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  return write([&]() -> Result<void> {
    auto erase = database_.prepare("DELETE FROM withdrawal WHERE id = ?");
    if (!erase) return std::unexpected(erase.error());
    if (auto erased = erase->bind(1, view(id)).run(); !erased) return erased;
    return forget_visits_let_go();
  });
}

Result<void> Outbox::quarantine(const Id& id, int status) {
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  return write([&]() -> Result<void> {
    auto update = database_.prepare("UPDATE envelope SET status = ? WHERE id = ?");
    if (!update) return std::unexpected(update.error());
    if (auto updated = update->bind(1, std::int64_t{status}).bind(2, view(id)).run(); !updated) return updated;
    return forget_visits_let_go();
  });
}

Result<std::vector<Quarantined>> Outbox::quarantined() {
  const std::lock_guard lock(mutex_);
  auto list = database_.prepare("SELECT id, status FROM envelope WHERE status <> 0");
  if (!list) return std::unexpected(list.error());
  std::vector<Quarantined> set_aside;
  auto row = list->step();
  for (; row && *row; row = list->step()) {
    const auto id = id_from(list->blob(0));
    if (!id) return strange_row(path_);
    set_aside.push_back({*id, static_cast<int>(list->integer(1))});
  }
  if (!row) return std::unexpected(row.error());
  return set_aside;
}

Result<std::vector<Envelope>> Outbox::set_aside() {
  const std::lock_guard lock(mutex_);
  auto list = database_.prepare("SELECT id, inspection, body FROM envelope WHERE status <> 0");
  if (!list) return std::unexpected(list.error());
  std::vector<Envelope> set_aside;
  auto row = list->step();
  for (; row && *row; row = list->step()) {
    const auto id = id_from(list->blob(0));
    if (!id) return strange_row(path_);
    set_aside.push_back({*id, list->text(1), list->blob(2)});
  }
  if (!row) return std::unexpected(row.error());
  return set_aside;
}

Result<void> Outbox::offer_again() {
  const auto any = quarantined();
  if (!any) return std::unexpected(any.error());
  if (any->empty()) return {};
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  return write([this] { return database_.execute("UPDATE envelope SET status = 0 WHERE status <> 0"); });
}

Result<void> Outbox::set_notice(std::string_view code) {
  const auto old = notice();
  if (!old) return std::unexpected(old.error());
  if (*old == code) return {};
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  return write([&]() -> Result<void> {
    auto update = database_.prepare("UPDATE notice SET words = ? WHERE about = 'sending'");
    if (!update) return std::unexpected(update.error());
    return update->bind(1, code).run();
  });
}

Result<std::string> Outbox::notice() {
  const std::lock_guard lock(mutex_);
  auto select = database_.prepare("SELECT words FROM notice WHERE about = 'sending'");
  if (!select) return std::unexpected(select.error());
  const auto row = select->step();
  if (!row) return std::unexpected(row.error());
  return *row ? select->text(0) : std::string();
}

Result<State> Outbox::state() {
  const std::lock_guard lock(mutex_);
  if (!is_ready_for_more()) return State::full;
  const auto rows = one_integer(database_,
                                "SELECT (SELECT count(*) FROM envelope) + (SELECT count(*) FROM withdrawal)"
                                " + (SELECT count(*) FROM visited)");
  if (!rows) return std::unexpected(rows.error());
  return *rows == 0 ? State::empty : State::waiting;
}

bool Outbox::is_sound() {
  const std::lock_guard lock(mutex_);
  return is_sound_;
}

}  // namespace perspective::outbox
