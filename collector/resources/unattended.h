// Unlocking by systemd credentials when the service starts (keys/credentials.h).
//
// Promise:   each inspection that has one is unlocked and that is in the audit, or it is locked, and log and audit say
//            so. Nothing here keeps the collector from starting.
// Threads:   one of the pool's.
#pragma once

#include <filesystem>

#include "resources/services.h"

namespace perspective::resources {

void unlock_unattended(const Services& services, const std::filesystem::path& credentials,
                       const std::filesystem::path& data);

}  // namespace perspective::resources
