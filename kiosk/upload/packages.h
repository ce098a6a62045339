// The signed packages that a kiosk holds, one file an inspection, and how it fetches them.
//
// Promise:   only what the pinned authority's package key signed is kept; a version never goes back, and one version
//            never changes what it says. A package that is refused is refused whole: the one that was there stays.
//            What the collector's list no longer offers is loaded as one whose fieldwork has ended: no more visits, and
//            what waits of it is sent. So is one whose end the collector's signed word tells, which no package could.
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
#include "protocol/receipt.h"
#include "upload/transport.h"

namespace perspective::upload {

class PackageShelf {
 public:
  PackageShelf(std::filesystem::path folder, std::string authority_pem)
      : folder_(std::move(folder)), authority_pem_(std::move(authority_pem)) {}

  struct Loaded {
    std::vector<protocol::Package> packages;  // in the order of their inspections' names
    std::vector<Error> problems;              // refused: not genuine; else damaged
    std::vector<std::string> withheld = {};   // inspections that go on elsewhere and are offered here no more
  };
  Loaded load() const;

  struct Fetched {
    bool is_changed = false;
    std::string tag;  // of the list; another one: something has changed
    std::vector<std::string> problems;
  };
  // headers: what the kiosk says of itself (protocol/self_report.h).
  Result<Fetched> fetch(Transport& transport, const std::vector<std::string>& headers = {});

  // word: that fieldwork of a package which is held has ended (protocol/end_of_fieldwork.h), as it came by stick. It
  // lasts. refused: it is none.
  Result<void> end_fieldwork(const std::string& inspection, const protocol::Receipt& word) const;

 private:
  struct Listed {
    std::string inspection;
    bool is_offered = true;
  };
  static Result<std::vector<Listed>> listed_in(std::string_view list);
  Result<bool> offer_what_is(const std::vector<Listed>& listed) const;
  bool is_offered(const std::string& inspection) const;
  bool has_word_of_end(const protocol::Package& package) const;
  Result<protocol::Package> verified(const std::string& inspection, ByteView signed_package) const;
  std::optional<protocol::Package> held(const std::string& inspection) const;
  Result<bool> fetch_one(Transport& transport, const std::string& inspection);
  Result<void> keep(const std::string& inspection, ByteView signed_package, const std::string& tag) const;
  std::string held_tag(const std::string& inspection) const;
  std::filesystem::path package_path(const std::string& inspection) const;
  std::filesystem::path tag_path(const std::string& inspection) const;
  std::filesystem::path no_offer_path(const std::string& inspection) const;
  std::filesystem::path word_path(const std::string& inspection) const;

  std::filesystem::path folder_;
  std::string authority_pem_;
};

// May it be part of a path, of a file's and of a URL's?
bool is_plain_name(std::string_view name);

}  // namespace perspective::upload
