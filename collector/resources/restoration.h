// A collector from its backup, on a host that has none.
//
// Promise:   a whole folder or none, as DataFolder::make(). The backup is verified first. What people took back is kept
//            apart (store/withdrawn_file.h) and applied before anybody can ask for anything.
// Errors:    conflict where a collector's folder, or a row in the database, is there already; corrupt, with every
// fault,
//            for a backup that is not whole; refused where keys or the file `withdrawn` do not belong to it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "backup/verification.h"
#include "base/result.h"

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

Result<backup::Report> restore(const Restoration& restoration);

}  // namespace perspective::resources
