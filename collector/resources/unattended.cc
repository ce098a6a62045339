#include "resources/unattended.h"

#include "base/log.h"
#include "keys/credentials.h"

namespace perspective::resources {
namespace {

inspection::AuditEvent event(std::string what, const std::string& inspection) {
  return {.who = "the collector",
          .what = std::move(what),
          .inspection = inspection,
          .about = {{"with", "a systemd credential"}}};
}

Result<void> unlock(const Services& services, const keys::Credential& credential) {
  if (!credential.passphrase) return std::unexpected(credential.passphrase.error());
  const auto& inspection = credential.inspection;
  const auto unlocked = services.inspections->unlock(inspection, *credential.passphrase, keys::Half::inspection);
  if (!unlocked) return std::unexpected(unlocked.error());
  const auto head = services.audit->append(event("inspection unlocked", inspection));
  if (head) return {};
  static_cast<void>(services.inspections->lock(inspection));
  return std::unexpected(head.error());
}

}  // namespace

void unlock_unattended(const Services& services, const std::filesystem::path& credentials,
                       const std::filesystem::path& data) {
  const auto found = keys::read_credentials(credentials, data);
  if (!found) return log::error("no inspection is unlocked by a systemd credential: " + found.error().what);
  for (const auto& credential : *found) {
    const auto& inspection = credential.inspection;
    const auto done = unlock(services, credential);
    if (done) {
      log::info("inspection " + inspection + " was unlocked by a systemd credential");
      continue;
    }
    log::error("inspection " + inspection + " was not unlocked by its systemd credential: " + done.error().what);
    if (done.error().code != ErrorCode::refused) continue;
    static_cast<void>(services.audit->append(event("unlocking refused", inspection)));
  }
}

}  // namespace perspective::resources
