// The functions of PowerCutDisk that SQLite calls.
#pragma once

#include "power_cut_disk.h"

namespace perspective::testing {

sqlite3_vfs power_cut_vfs(PowerCutDisk& disk);

}  // namespace perspective::testing
