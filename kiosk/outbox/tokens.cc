// The outbox's tokens: spent, then reported.
#include <algorithm>

#include "outbox/outbox.h"

namespace perspective::outbox {
namespace {

ByteView view(const TokenProof& proof) { return {proof.data(), proof.size()}; }

}  // namespace

// To a file of before there were any.
Result<void> Outbox::add_tokens() {
  {
    auto found = database_.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'token'");
    if (!found) return std::unexpected(found.error());
    const auto is_there = found->step();
    if (!is_there) return std::unexpected(is_there.error());
    if (*is_there) return {};
  }
  return write([this] {
    return database_.execute(
        "CREATE TABLE token(proof BLOB PRIMARY KEY, inspection TEXT NOT NULL, is_reported INTEGER NOT NULL)"
        " WITHOUT ROWID");
  });
}

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
    return fail(ErrorCode::refused, "outbox " + path_.string() + ": the disk is full. Free some space on it", true);
  }
  const auto written = write([&]() -> Result<void> {
    auto insert = database_.prepare("INSERT INTO token VALUES(?, ?, 0)");
    if (!insert) return std::unexpected(insert.error());
    return insert->bind(1, view(token.proof)).bind(2, token.inspection).run();
  });
  if (!written) return std::unexpected(written.error());
  return Spending::spent;
}

Result<Outbox::Unreported> Outbox::unreported_tokens() {
  const std::lock_guard lock(mutex_);
  auto list = database_.prepare("SELECT proof, inspection FROM token WHERE is_reported = 0");
  if (!list) return std::unexpected(list.error());
  Unreported unreported;
  auto row = list->step();
  for (; row && *row; row = list->step()) {
    const Bytes blob = list->blob(0);
    TokenProof proof{};
    if (blob.size() != proof.size()) {
      return fail(ErrorCode::corrupt, "outbox " + path_.string() + ": a token is none of ours");
    }
    std::ranges::copy(blob, proof.begin());
    unreported[list->text(1)].push_back(proof);
  }
  if (!row) return std::unexpected(row.error());
  return unreported;
}

Result<void> Outbox::note_reported(const std::vector<TokenProof>& proofs) {
  const std::lock_guard lock(mutex_);
  if (auto sound = refuse_unless_sound(); !sound) return sound;
  return write([&]() -> Result<void> {
    auto update = database_.prepare("UPDATE token SET is_reported = 1 WHERE proof = ?");
    if (!update) return std::unexpected(update.error());
    for (const auto& proof : proofs) {
      if (auto updated = update->bind(1, view(proof)).run(); !updated) return updated;
    }
    return {};
  });
}

}  // namespace perspective::outbox
