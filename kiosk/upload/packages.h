// The signed packages that a kiosk holds, one file an inspection, and how it fetches them.
//
// Promise:   only what the pinned authority's package key signed is kept; a version never goes back, and one version
//            never changes what it says. A package that is refused is refused whole: the one that was there stays.
// Errors:    fetch: of the list, as Transport has them, corrupt when it means nothing. What is wrong with one package
//            stands in `problems` and does not stop the others.
// Ownership: owns its paths alone; state is in the files.
// Threads:   one.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "protocol/package.h"
#include "upload/transport.h"

namespace perspective::upload {

class PackageShelf {
 public:
  PackageShelf(std::filesystem::path folder, std::string authority_pem)
      : folder_(std::move(folder)), authority_pem_(std::move(authority_pem)) {}

  struct Loaded {
    std::vector<protocol::Package> packages;  // in the order of their inspections' names
    std::vector<Error> problems;              // refused: not genuine; else damaged
  };
  Loaded load() const;

  struct Fetched {
    bool is_changed = false;
    std::vector<std::string> problems;
  };
  Result<Fetched> fetch(Transport& transport);

 private:
  Result<protocol::Package> verified(const std::string& inspection, ByteView signed_package) const;
  std::optional<protocol::Package> held(const std::string& inspection) const;
  Result<bool> fetch_one(Transport& transport, const std::string& inspection);
  Result<void> keep(const std::string& inspection, ByteView signed_package, const std::string& tag) const;
  std::string held_tag(const std::string& inspection) const;
  std::filesystem::path package_path(const std::string& inspection) const;
  std::filesystem::path tag_path(const std::string& inspection) const;

  std::filesystem::path folder_;
  std::string authority_pem_;
};

// May it be part of a path, of a file's and of a URL's?
bool is_plain_name(std::string_view name);

}  // namespace perspective::upload
