// What is done to a collector while it does not run: its store, its people and its audit in one hand. Whoever does it
// is in the audit as the user of the machine that they are.
//
// Ownership: keeps a reference to the clock, which outlives it.
// Threads:   one.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "inspection/audit.h"
#include "people/people.h"
#include "resources/data_folder.h"

namespace perspective::resources {

std::string name_of_this_machine();

class Offline {
 public:
  // store: as DataFolder::open_store.
  static Result<std::unique_ptr<Offline>> open(const DataFolder& folder, const std::string& store, const Clock& clock);

  store::Store& store() { return *store_; }
  people::People& people() { return *people_; }
  // Who: see above.
  Result<void> with(std::string what, std::map<std::string, std::string> about,
                    const inspection::Audit::Change& change);
  Result<std::string> append(std::string what, std::map<std::string, std::string> about);

 private:
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<people::People> people_;
  std::unique_ptr<inspection::Audit> audit_;
};

// An account for the first administrator of a collector that does not run yet: the link that lets them join.
Result<std::string> invite_first(const DataFolder& folder, const Clock& clock, const std::string& administrator);

}  // namespace perspective::resources
