// Writing a backup while the collector goes on.
//
// Promise:   one file that holds the store as it was at one moment, signed by the collector. It is written beside its
//            place, synced, and put there whole: whatever happens meanwhile, a power cut or a full disk, there is the
//            backup of before or the new one. Readable by its owner alone. No private key, nothing that was withdrawn,
//            no invite is in it (store/tables.h).
// Errors:    conflict where something else is at its place; io; as store.h.
// Threads:   any, one at a time: what a killed one has left behind is taken away by the next.
#pragma once

#include <filesystem>
#include <string>

#include "backup/manifest.h"
#include "base/result.h"
#include "store/store.h"

namespace perspective::backup {

struct Signer {
  std::string key_pem;
  std::string certificate_pem;
  std::string authority_pem;
};

// manifest: all but its tables; its head of the audit read before, so that the copy has it.
Result<Manifest> write(store::Store& store, Manifest manifest, const Signer& signer, const std::filesystem::path& path);

}  // namespace perspective::backup
