// Backups and copies of keys, as the administrator asks for them. Files are written and read by the collector itself,
// under its own user: no key and no answer, sealed or not, travels.
#pragma once

#include <string>
#include <vector>

#include "backup/backup.h"
#include "http/router.h"
#include "inspection/inspections.h"
#include "resources/services.h"

namespace perspective::resources {

void add_backup_routes(http::Router& router, Services& services);

// Of all inspections, as a manifest has them. Errors: as Inspections::key_copies().
Result<std::vector<backup::KeyCopy>> registered_copies(inspection::Inspections& inspections);

// To a folder that is not there yet, 0700, its files 0600. Conflict where it is; io.
Result<void> write_keys(const std::vector<keys::KeyFile>& files, const std::filesystem::path& folder);
// All files of such a folder, with their names in it. Errors: not_found; io.
Result<std::vector<keys::KeyFile>> read_keys(const std::filesystem::path& folder);

}  // namespace perspective::resources
