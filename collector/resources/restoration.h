// A collector from its backup, on a host that has none.
//
// Promise:   a whole folder or none, as DataFolder::make(). The backup is verified first. What people took back is kept
//            apart (store/withdrawn_file.h) and applied before anybody can ask for anything. A backup does not know
//            whose access has ended since: so nobody gets in with what they knew or had, each needs a new link, and the
//            audit goes on with an entry that says so.
// Errors:    conflict where a collector's folder, or a row in the database, is there already; corrupt, with every
// fault,
//            for a backup that is not whole; refused where keys or the file `withdrawn` do not belong to it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "backup/verification.h"
#include "base/clock.h"
#include "base/result.h"
#include "people/account.h"

namespace perspective::resources {

struct Restoration {
  std::filesystem::path data;  // where it is to be
  std::filesystem::path backup;
  std::filesystem::path keys;  // a copy of all keys
  // Where what was taken back is noted: the newest file there is, or several. None: only where none is left.
  std::vector<std::filesystem::path> withdrawn;
  std::string store = {};               // postgresql://...; empty: a file in the folder
  std::vector<std::string> hosts = {};  // else those of the backup
  std::optional<std::uint16_t> port = {};
};

struct Restored {
  backup::Report report;
  std::vector<people::Account> people;  // by name; a new link for each: `people reset`
};

Result<Restored> restore(const Restoration& restoration, const Clock& clock);

}  // namespace perspective::resources
