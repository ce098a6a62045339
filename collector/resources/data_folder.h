// The folder that a collector lives in: collector.sqlite (unless its store is elsewhere), withdrawn, keys/,
// configuration.json, admin.sock.
//
// Promise:   make() leaves a whole folder or none: it is built beside its place and renamed.
// Errors:    conflict where something is there already; invalid for a host or port; io; corrupt for a configuration
//            that cannot be read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "postgres/notice.h"
#include "store/store.h"

namespace perspective::resources {

constexpr std::uint16_t kDefaultPort = 8443;
constexpr std::uint16_t kUsualPeoplePort = 8444;
constexpr int kAuthorityDays = 3650;

struct Configuration {
  std::vector<std::string> hosts;  // names or addresses that kiosks reach it by; invites name the first
  std::uint16_t port = kDefaultPort;
  std::string store = {};                         // postgresql://...; empty: collector.sqlite
  std::optional<std::uint16_t> people_port = {};  // nothing: closed
  std::string people_listen = {};                 // IP address; empty: loopback
  std::string people_certificate = {};            // files in PEM; empty: one of the collector's authority
  std::string people_key = {};
};

class DataFolder {
 public:
  explicit DataFolder(std::filesystem::path path) : path_(std::move(path)) {}

  // The collector's authority, its server, package and receipt keys, an empty store, the configuration.
  Result<void> make(const Configuration& configuration, const Clock& clock) const;
  // The same with what `fill` puts into the folder that it is given: keys and a store.
  using Fill = std::function<Result<void>(const DataFolder& building)>;
  Result<void> build(const Configuration& configuration, const Fill& fill) const;
  // address: postgresql://...; empty: the file. authority_sha256: what collectors of one database have in common.
  // on_notice: what collectors of one database tell each other (postgres/notice.h).
  Result<std::unique_ptr<store::Store>> open_store(const std::string& address, const std::string& authority_sha256,
                                                   postgres::OnNotice on_notice = {}) const;
  Result<Configuration> configuration() const;  // not_found where there is no collector, saying how to make one

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path store() const { return path_ / "collector.sqlite"; }
  std::filesystem::path withdrawn() const { return path_ / "withdrawn"; }
  std::filesystem::path keys() const { return path_ / "keys"; }
  std::filesystem::path socket() const { return path_ / "admin.sock"; }

 private:
  std::filesystem::path configuration_file() const { return path_ / "configuration.json"; }
  Result<void> fill(const Configuration& configuration, const Clock& clock) const;
  Result<void> keep(const Configuration& configuration) const;

  std::filesystem::path path_;
};

std::string host_in_link(const std::string& host);  // "[::1]"

}  // namespace perspective::resources
