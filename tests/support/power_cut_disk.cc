#include "power_cut_disk.h"

#include <algorithm>
#include <cstring>

#include "power_cut_vfs.h"

namespace perspective::testing {
namespace {

bool by_chance(std::mt19937_64& chance) { return (chance() & 1U) != 0; }

// Each sector of each unsynced write by itself: one that was written twice may be there as it was in between.
std::vector<std::uint8_t> some_of(const StoredFile& file, std::mt19937_64& chance) {
  auto bytes = file.synced;
  for (const auto& change : file.unsynced) {
    if (change.bytes.empty() && by_chance(chance)) StoredFile::apply(change, bytes);
    for (std::size_t at = 0; at < change.bytes.size();) {
      const auto sector_end = ((change.offset + at) / PowerCutDisk::kSectorBytes + 1) * PowerCutDisk::kSectorBytes;
      const auto size = std::min(sector_end - change.offset - at, change.bytes.size() - at);
      const auto first = change.bytes.begin() + static_cast<std::ptrdiff_t>(at);
      if (by_chance(chance)) {
        StoredFile::apply({change.offset + at, {first, first + static_cast<std::ptrdiff_t>(size)}}, bytes);
      }
      at += size;
    }
  }
  return bytes;
}

}  // namespace

std::string name_of(Loss loss) {
  switch (loss) {
    case Loss::everything_unsynced:
      return "EverythingUnsynced";
    case Loss::contents:
      return "Contents";
    case Loss::some:
      return "Some";
    case Loss::nothing:
      break;
  }
  return "Nothing";
}

std::string name_of(Synced what) {
  switch (what) {
    case Synced::database:
      return "database";
    case Synced::journal:
      return "journal";
    case Synced::log:
      return "log";
    case Synced::folder:
      break;
  }
  return "folder";
}

void StoredFile::change(Change made) {
  apply(made, now);
  unsynced.push_back(std::move(made));
}

void StoredFile::apply(const Change& made, std::vector<std::uint8_t>& to) {
  if (made.bytes.empty()) return to.resize(made.offset);
  to.resize(std::max(to.size(), made.offset + made.bytes.size()));
  std::ranges::copy(made.bytes, to.begin() + static_cast<std::ptrdiff_t>(made.offset));
}

PowerCutDisk::PowerCutDisk() {
  vfs_ = power_cut_vfs(*this);
  sqlite3_vfs_register(&vfs_, 0);
}

PowerCutDisk::~PowerCutDisk() { sqlite3_vfs_unregister(&vfs_); }

bool PowerCutDisk::is_synced(Synced what) {
  const auto number = static_cast<std::int64_t>(syncs_.size());
  syncs_.push_back({what, steps_});
  return !lies_ || !lies_(number, what);
}

// A name that came or went since the folder was synced: either.
PowerCutDisk::Names PowerCutDisk::some_of(const Names& synced, const Names& now, std::mt19937_64& chance) {
  Names some;
  for (const auto* names : {&synced, &now}) {
    const auto& other = names == &synced ? now : synced;
    for (const auto& [name, file] : *names) {
      const auto there = other.find(name);
      const bool is_settled = there != other.end() && there->second == file;
      if (is_settled || by_chance(chance)) some[name] = file;
    }
  }
  return some;
}

void PowerCutDisk::survive(Loss loss, std::uint64_t seed) {
  std::mt19937_64 chance(seed);
  if (loss == Loss::everything_unsynced) names_ = synced_names_;
  if (loss == Loss::some) names_ = some_of(synced_names_, names_, chance);
  for (auto& [name, file] : names_) {
    // A new object: connections of before the cut keep the old one and change nothing any more.
    auto found = std::make_shared<StoredFile>();
    found->now = loss == Loss::nothing ? file->now : file->synced;
    if (loss == Loss::some) found->now = testing::some_of(*file, chance);
    found->synced = found->now;
    file = found;
  }
  synced_names_ = names_;
  cut_at_ = std::numeric_limits<std::int64_t>::max();
  full_at_ = std::numeric_limits<std::int64_t>::max();
  fails_syncs_ = false;
  steps_ = 0;
}

}  // namespace perspective::testing
