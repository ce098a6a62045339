// What the writer does to the keyings of paper forms.
#include <algorithm>
#include <string>

#include "store/changes.h"

namespace perspective::store::changes {
namespace {

constexpr std::size_t kKeyings = 2;

Result<bool> is_spent_on_paper(sqlite::Database& database, std::string_view inspection, const Digest& token) {
  auto found = database.prepare("SELECT 1 FROM spent_tokens WHERE inspection = ? AND mark = ? AND kiosk = ?");
  if (!found) return std::unexpected(found.error());
  return found->bind(1, inspection).bind(2, ByteView(token)).bind(3, kOnPaper).step();
}

Result<void> check_keyers(sqlite::Database& database, std::string_view inspection, const Keying& keying) {
  auto found = database.prepare(
      "SELECT keyer FROM keyings WHERE inspection = ?1 AND form = ?2 AND substr(keyer, 1, length(?3)) <> ?3");
  if (!found) return std::unexpected(found.error());
  found->bind(1, inspection).bind(2, ByteView(keying.form)).bind(3, kDiscarded);
  std::size_t count = 0;
  for (;;) {
    const auto row = found->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) break;
    if (found->text(0) == keying.keyer) return fail(ErrorCode::conflict, std::string(kKeyedByThem));
    ++count;
  }
  if (count >= kKeyings) return fail(ErrorCode::conflict, std::string(kKeyedTwice));
  return {};
}

Result<void> check_open(sqlite::Database& database, std::string_view inspection, const Id& form) {
  auto found = database.prepare(
      "SELECT 1 FROM envelopes WHERE inspection = ?1 AND id = ?2 "
      "UNION ALL SELECT 1 FROM tombstones WHERE inspection = ?1 AND id = ?2");
  if (!found) return std::unexpected(found.error());
  const auto is_done = found->bind(1, inspection).bind(2, ByteView(form)).step();
  if (!is_done) return std::unexpected(is_done.error());
  if (*is_done) return fail(ErrorCode::conflict, std::string(kFormIsDone));
  return {};
}

}  // namespace

Result<void> put_keying(sqlite::Database& database, std::string_view inspection, const Keying& keying,
                        const std::optional<Digest>& token) {
  if (auto checked = check_keyers(database, inspection, keying); !checked) return checked;
  if (auto open = check_open(database, inspection, keying.form); !open) return open;
  if (token) {
    const auto is_spent = is_spent_on_paper(database, inspection, *token);
    if (!is_spent) return std::unexpected(is_spent.error());
    if (*is_spent) return fail(ErrorCode::conflict, std::string(kTokenOfAnother));
    if (auto spent = spend_tokens(database, inspection, kOnPaper, {*token}); !spent) return spent;
  }
  auto put = database.prepare("INSERT INTO keyings (inspection, form, keyer, body, day) VALUES (?, ?, ?, ?, ?)");
  if (!put) return std::unexpected(put.error());
  put->bind(1, inspection).bind(2, ByteView(keying.form)).bind(3, keying.keyer);
  return put->bind(4, ByteView(keying.body)).bind(5, keying.day).run();
}

Result<void> remove_keyings(sqlite::Database& database, std::string_view inspection, const Id& form,
                            const AfterKeyings& after) {
  const bool are_named = !after.keyers.empty();
  const std::string all = "DELETE FROM keyings WHERE inspection = ? AND form = ?";
  auto removed = database.prepare(are_named ? all + " AND keyer = ?" : all);
  if (!removed) return std::unexpected(removed.error());
  for (std::size_t i = 0; i < std::max<std::size_t>(1, after.keyers.size()); ++i) {
    removed->bind(1, inspection).bind(2, ByteView(form));
    if (are_named) removed->bind(3, after.keyers[i]);
    if (auto run = removed->run(); !run) return run;
  }
  if (after.instead) {
    auto put = database.prepare(
        "INSERT INTO keyings (inspection, form, keyer, body, day) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    if (!put) return std::unexpected(put.error());
    put->bind(1, inspection).bind(2, ByteView(form)).bind(3, after.instead->keyer);
    put->bind(4, ByteView(after.instead->body)).bind(5, after.instead->day);
    if (auto run = put->run(); !run) return run;
  }
  return raise(database, inspection, after.counts);
}

}  // namespace perspective::store::changes
