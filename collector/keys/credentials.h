// Passphrases that systemd hands to the service as credentials: files named unlock-INSPECTION, one passphrase each, so
// that an inspection is unlocked without anybody there. README.md says how they are made.
//
// Promise:   reads no other file. A passphrase is never in an argument or the environment, only the folder's name is.
//            One line feed at its end is not part of it.
// Errors:    of the folder and of each file by itself: refused where it lies in the collector's own folder (whoever
//            takes that would have key and passphrase together), or where anyone but the service's user and root could
//            read or change it; io.
// Threads:   plain functions.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace perspective::keys {

struct Credential {
  std::string inspection;
  Result<SecretBytes> passphrase;
};

// By inspection. credentials: the folder that systemd names in $CREDENTIALS_DIRECTORY; one that is not there has none.
// data: the collector's own.
Result<std::vector<Credential>> read_credentials(const std::filesystem::path& credentials,
                                                 const std::filesystem::path& data);

}  // namespace perspective::keys
