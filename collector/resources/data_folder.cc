#include "resources/data_folder.h"

#include <boost/json.hpp>
#include <system_error>

#include "base/file.h"
#include "base/random.h"
#include "keys/key_cabinet.h"
#include "postgres/postgres_store.h"
#include "protocol/enrolment.h"
#include "protocol/receipt.h"
#include "store/sqlite_store.h"

namespace perspective::resources {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

constexpr int kFormat = 1;

Result<keys::PemPair> pair_of(Result<protocol::KeyAndCertificate> made) {
  if (!made) return std::unexpected(made.error());
  return keys::PemPair{.key_pem = made->key_pem, .certificate_pem = made->certificate_pem};
}

Result<keys::Identity> make_identity(const std::vector<std::string>& hosts, std::int64_t now_s) {
  const auto authority = protocol::make_authority("Perspective collector " + hosts.front(), now_s, kAuthorityDays);
  if (!authority) return std::unexpected(authority.error());
  // It is made anew at each start, and kept nowhere. Whether these hosts can have one is known now.
  if (const auto server = protocol::issue(*authority, protocol::Use::server, hosts, now_s, 1); !server) {
    return std::unexpected(server.error());
  }
  const auto package = pair_of(protocol::issue(*authority, protocol::Use::package_signing, {}, now_s, kAuthorityDays));
  if (!package) return std::unexpected(package.error());
  auto receipt_key = protocol::ReceiptKey::generate_pem();
  if (!receipt_key) return std::unexpected(receipt_key.error());
  return keys::Identity{.authority = {authority->key_pem, authority->certificate_pem},
                        .package = *package,
                        .receipt_key_pem = *std::move(receipt_key)};
}

// Empty folders may be there already: a package or systemd has made them.
bool is_free(const fs::path& path) {
  std::error_code error;
  const auto status = fs::symlink_status(path, error);
  if (status.type() == fs::file_type::not_found) return true;
  return fs::is_directory(status) && fs::is_empty(path, error) && !error;
}

Result<Configuration> parse(const std::string& text) {
  try {
    const json::value value = json::parse(text);
    if (value.at("format").to_number<int>() != kFormat) {
      return fail(ErrorCode::corrupt, "it was made by another version of the collector");
    }
    Configuration configuration;
    configuration.hosts = json::value_to<std::vector<std::string>>(value.at("hosts"));
    configuration.port = value.at("port").to_number<std::uint16_t>();
    const auto text_of = [&](const char* name) {
      const auto* const found = value.as_object().if_contains(name);
      return found == nullptr ? std::string() : json::value_to<std::string>(*found);
    };
    if (const auto* const port = value.as_object().if_contains("people_port")) {
      configuration.people_port = port->to_number<std::uint16_t>();
    }
    configuration.store = text_of("store");
    configuration.people_listen = text_of("people_listen");
    configuration.people_certificate = text_of("people_certificate");
    configuration.people_key = text_of("people_key");
    if (configuration.hosts.empty()) return fail(ErrorCode::corrupt, "\"hosts\" is empty");
    return configuration;
  } catch (const std::exception& error) {
    return fail(ErrorCode::corrupt, error.what());
  }
}

}  // namespace

Result<void> DataFolder::make(const Configuration& configuration, const Clock& clock) const {
  return build(configuration, [&](const DataFolder& building) { return building.fill(configuration, clock); });
}

Result<void> DataFolder::build(const Configuration& configuration, const Fill& fill) const {
  if (configuration.hosts.empty()) return fail(ErrorCode::invalid, "a collector needs a host that kiosks reach it by");
  if (!is_free(path_)) {
    return fail(ErrorCode::conflict, path_.string() +
                                         " is there already. Nothing was changed. Name another folder with --data, or "
                                         "move this one away if you are sure that no kiosk needs it.");
  }
  fs::path place = path_;
  if (!place.has_filename()) place = place.parent_path();  // "folder/"
  const DataFolder building(place.string() + ".new-" + to_hex(random_bytes(4)));
  auto made = make_private_directory(building.path_);
  if (made) made = fill(building);
  if (made) made = building.keep(configuration);
  std::error_code error;
  if (made) fs::rename(building.path_, place, error);
  if (made && !error) return {};
  std::error_code ignored;
  fs::remove_all(building.path_, ignored);
  if (!made) return made;
  return fail(ErrorCode::io, "moving the new collector to " + place.string() + ": " + error.message());
}

Result<void> DataFolder::fill(const Configuration& configuration, const Clock& clock) const {
  const auto identity = make_identity(configuration.hosts, clock.now_s());
  if (!identity) return std::unexpected(identity.error());
  auto cabinet = keys::KeyCabinet::open(keys());
  if (!cabinet) return std::unexpected(cabinet.error());
  if (auto kept = cabinet->keep_identity(*identity); !kept) return kept;
  const auto authority_sha256 = protocol::sha256_of_certificate(identity->authority.certificate_pem);
  if (!authority_sha256) return std::unexpected(authority_sha256.error());
  if (auto opened = open_store(configuration.store, *authority_sha256); !opened) {
    return std::unexpected(opened.error());
  }
  return {};
}

Result<void> DataFolder::keep(const Configuration& configuration) const {
  json::object settings = {
      {"format", kFormat}, {"hosts", json::value_from(configuration.hosts)}, {"port", configuration.port}};
  if (configuration.people_port) settings["people_port"] = *configuration.people_port;
  for (const auto& [name, text] : {std::pair{"store", configuration.store},
                                   {"people_listen", configuration.people_listen},
                                   {"people_certificate", configuration.people_certificate},
                                   {"people_key", configuration.people_key}}) {
    if (!text.empty()) settings[name] = text;
  }
  return write_file(configuration_file(), as_bytes(json::serialize(settings) + "\n"));
}

Result<std::unique_ptr<store::Store>> DataFolder::open_store(const std::string& address,
                                                             const std::string& authority_sha256,
                                                             postgres::OnNotice on_notice) const {
  if (address.empty()) return store::SqliteStore::open(store());
  return postgres::PostgresStore::open(
      {.url = address, .authority_sha256 = authority_sha256, .on_notice = std::move(on_notice)});
}

std::string host_in_link(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

Result<Configuration> DataFolder::configuration() const {
  const auto text = read_text(configuration_file());
  if (!text && text.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::not_found, "there is no collector in " + path_.string() +
                                          ". Make one with: perspective-collector --data " + path_.string() + " init");
  }
  if (!text) return std::unexpected(text.error());
  auto configuration = parse(*text);
  if (!configuration) return in_context(configuration_file().string(), configuration.error());
  return configuration;
}

}  // namespace perspective::resources
