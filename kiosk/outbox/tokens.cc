// The outbox's tokens: spent, then reported.
#include <algorithm>

#include "outbox/outbox.h"

namespace perspective::outbox {
namespace {

ByteView view(const TokenProof& proof) { return {proof.data(), proof.size()}; }

}  // namespace

Result<Spending> Outbox::spend(const Token& token) {
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return std::unexpected(sound.error());
  {
    auto found = database_.prepare("SELECT 1 FROM token WHERE proof = ?");
    if (!found) return std::unexpected(found.error());
    const auto is_there = found->bind(1, view(token.proof)).step();
    if (!is_there) return std::unexpected(is_there.error());
    if (*is_there) return Spending::spent_before;
  }
  if (!is_ready_for_more()) {
    return std::unexpected(refused_for_room().error());
  }
  const auto has_begun = is_in_progress(token.inspection);
  if (!has_begun) return std::unexpected(has_begun.error());
  const auto written = write([&]() -> Result<void> {
    if (!*has_begun) {
      if (auto counted = add_visits(database_, token.inspection, &Ledger::started); !counted) return counted;
      if (auto noted = note_visit(token.inspection); !noted) return noted;
    }
    auto insert = database_.prepare("INSERT INTO token VALUES(?, ?)");
    if (!insert) return std::unexpected(insert.error());
    return insert->bind(1, view(token.proof)).bind(2, token.inspection).run();
  });
  if (!written) return std::unexpected(written.error());
  return Spending::spent;
}

Result<std::map<std::string, SpentTokens>> Outbox::tokens() {
  const std::lock_guard lock(mutex_);
  std::map<std::string, SpentTokens> tokens;
  auto list = database_.prepare("SELECT proof, inspection FROM token");
  if (!list) return std::unexpected(list.error());
  auto row = list->step();
  for (; row && *row; row = list->step()) {
    const Bytes blob = list->blob(0);
    TokenProof proof{};
    if (blob.size() != proof.size()) {
      return fail(ErrorCode::corrupt, "outbox " + path_.string() + ": a token is none of ours");
    }
    std::ranges::copy(blob, proof.begin());
    tokens[list->text(1)].proofs.push_back(proof);
  }
  if (!row) return std::unexpected(row.error());
  auto reports = database_.prepare("SELECT inspection, tokens FROM token_report");
  if (!reports) return std::unexpected(reports.error());
  for (row = reports->step(); row && *row; row = reports->step()) {
    tokens[reports->text(0)].reported = static_cast<std::size_t>(reports->integer(1));
  }
  if (!row) return std::unexpected(row.error());
  return tokens;
}

Result<void> Outbox::note_reported(const std::string& inspection, std::size_t tokens) {
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  return write([&]() -> Result<void> {
    auto note = database_.prepare("INSERT OR REPLACE INTO token_report VALUES(?, ?)");
    if (!note) return std::unexpected(note.error());
    return note->bind(1, inspection).bind(2, static_cast<std::int64_t>(tokens)).run();
  });
}

}  // namespace perspective::outbox
