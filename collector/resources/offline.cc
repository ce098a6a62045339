#include "resources/offline.h"

#include <unistd.h>

#include <utility>

#include "http/local_user.h"
#include "keys/key_cabinet.h"
#include "protocol/enrolment.h"
#include "protocol/receipt.h"

namespace perspective::resources {
namespace {

inspection::AuditEvent event(std::string what, std::map<std::string, std::string> about) {
  return {.who = http::local_user(::geteuid(), ::getpid()),
          .what = std::move(what),
          .inspection = {},
          .about = std::move(about)};
}

}  // namespace

std::string name_of_this_machine() {
  char name[256] = {};
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

Result<std::unique_ptr<Offline>> Offline::open(const DataFolder& folder, const std::string& store, const Clock& clock) {
  const auto cabinet = keys::KeyCabinet::open(folder.keys());
  if (!cabinet) return std::unexpected(cabinet.error());
  const auto identity = cabinet->identity();
  if (!identity) return std::unexpected(identity.error());
  const auto authority_sha256 = protocol::sha256_of_certificate(identity->authority.certificate_pem);
  if (!authority_sha256) return std::unexpected(authority_sha256.error());
  auto receipt_key = protocol::ReceiptKey::parse(identity->receipt_key_pem);
  if (!receipt_key) return std::unexpected(receipt_key.error());
  auto people_keys = people::Keys::of(as_bytes(identity->authority.key_pem));
  if (!people_keys) return std::unexpected(people_keys.error());
  auto offline = std::make_unique<Offline>();
  auto opened = folder.open_store(store, *authority_sha256);
  if (!opened) return std::unexpected(opened.error());
  offline->store_ = *std::move(opened);
  offline->people_ = std::make_unique<people::People>(*offline->store_, clock, *std::move(people_keys));
  offline->audit_ =
      std::make_unique<inspection::Audit>(*offline->store_, clock, *std::move(receipt_key), name_of_this_machine());
  return offline;
}

Result<void> Offline::with(std::string what, std::map<std::string, std::string> about,
                           const inspection::Audit::Change& change) {
  return audit_->with(event(std::move(what), std::move(about)), change);
}

Result<std::string> Offline::append(std::string what, std::map<std::string, std::string> about) {
  return audit_->append(event(std::move(what), std::move(about)));
}

Result<std::string> invite_first(const DataFolder& folder, const Clock& clock, const std::string& administrator) {
  const auto configuration = folder.configuration();
  if (!configuration) return std::unexpected(configuration.error());
  auto offline = Offline::open(folder, configuration->store, clock);
  if (!offline) return std::unexpected(offline.error());
  constexpr auto kRole = people::Role::administrator;
  Result<std::string> secret;
  const auto invited = (*offline)->with(
      "person invited", {{"person", administrator}, {"roles", std::string(people::name_of(kRole))}, {"by", "init"}},
      [&](const store::NextEntry& entry) -> Result<void> {
        secret = (*offline)->people().accounts.invite({.name = administrator, .shown = {}, .roles = {kRole}}, entry);
        if (!secret) return std::unexpected(secret.error());
        return {};
      });
  if (!invited) return std::unexpected(invited.error());
  return "https://" + host_in_link(configuration->hosts.front()) + ":" +
         std::to_string(configuration->people_port.value_or(kUsualPeoplePort)) + "/join#" + administrator + "." +
         *secret;
}

}  // namespace perspective::resources
