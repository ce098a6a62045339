// What two people keyed from a paper form, in PostgreSQL.
#include <string>

#include "postgres/changes.h"

namespace perspective::postgres::changes {
namespace {

constexpr int kKeyings = 2;

std::unexpected<Error> conflict(std::string_view what) { return fail(ErrorCode::conflict, std::string(what)); }

Result<void> check_keyers(Connection& connection, std::string_view inspection, const store::Keying& keying) {
  const auto found =
      connection.run("SELECT keyer FROM keyings WHERE inspection = $1 AND form = $2 AND NOT starts_with(keyer, $3)",
                     Parameters().text(inspection).bytes(keying.form).text(store::kDiscarded));
  if (!found) return std::unexpected(found.error());
  for (int row = 0; row < found->size(); ++row) {
    if (found->text(row, 0) == keying.keyer) return conflict(store::kKeyedByThem);
  }
  if (found->size() >= kKeyings) return conflict(store::kKeyedTwice);
  return {};
}

// After check_keyers: whoever counts a form stores it first, and removes what was keyed then.
Result<void> check_open(Connection& connection, std::string_view inspection, const store::Id& form) {
  const auto found = connection.run(
      "SELECT EXISTS (SELECT 1 FROM envelopes WHERE inspection = $1 AND id = $2) "
      "OR EXISTS (SELECT 1 FROM tombstones WHERE inspection = $1 AND id = $2)",
      Parameters().text(inspection).bytes(form));
  if (!found) return std::unexpected(found.error());
  return found->flag(0, 0) ? conflict(store::kFormIsDone) : Result<void>();
}

Result<void> spend_token(Connection& connection, std::string_view inspection, const store::Digest& token) {
  const auto spent =
      connection.run("INSERT INTO spent_tokens (inspection, mark, kiosk) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                     Parameters().text(inspection).bytes(token).text(store::kOnPaper));
  if (!spent) return std::unexpected(spent.error());
  if (spent->affected() == 0) return conflict(store::kTokenOfAnother);
  return {};
}

}  // namespace

Result<void> put_keying(Connection& connection, std::string_view inspection, const store::Keying& keying,
                        const std::optional<store::Digest>& token) {
  // One at a time of an inspection, and none beside its withdrawal.
  const auto locked =
      connection.run("SELECT pg_advisory_xact_lock(hashtextextended($1, 20))", Parameters().text(inspection));
  if (!locked) return std::unexpected(locked.error());
  if (auto checked = check_keyers(connection, inspection, keying); !checked) return checked;
  if (auto open = check_open(connection, inspection, keying.form); !open) return open;
  if (token) {
    if (auto spent = spend_token(connection, inspection, *token); !spent) return spent;
  }
  const auto put = connection.run(
      "INSERT INTO keyings (inspection, form, keyer, body, day) VALUES ($1, $2, $3, $4, $5)",
      Parameters().text(inspection).bytes(keying.form).text(keying.keyer).bytes(keying.body).text(keying.day));
  if (!put) return std::unexpected(put.error());
  return {};
}

Result<void> remove_keyings(Connection& connection, std::string_view inspection, const store::Id& form,
                            const store::AfterKeyings& after) {
  const std::string all = "DELETE FROM keyings WHERE inspection = $1 AND form = $2";
  if (after.keyers.empty()) {
    const auto removed = connection.run(all, Parameters().text(inspection).bytes(form));
    if (!removed) return std::unexpected(removed.error());
  }
  for (const auto& keyer : after.keyers) {
    const auto removed = connection.run(all + " AND keyer = $3", Parameters().text(inspection).bytes(form).text(keyer));
    if (!removed) return std::unexpected(removed.error());
  }
  if (after.instead) {
    const auto put = connection.run(
        "INSERT INTO keyings (inspection, form, keyer, body, day) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (inspection, form, keyer) DO NOTHING",
        Parameters()
            .text(inspection)
            .bytes(form)
            .text(after.instead->keyer)
            .bytes(after.instead->body)
            .text(after.instead->day));
    if (!put) return std::unexpected(put.error());
  }
  return raise(connection, inspection, after.counts);
}

}  // namespace perspective::postgres::changes
