// Makes the vectors of tests/vectors afresh: what is missing, never over one that is there.
//
// Promise:   a vector that exists is frozen and stays as it is. Keys that exist are used, others are made.
// Errors:    std::runtime_error or std::bad_expected_access: a program for developers stops where it stands.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "support/test_keys.h"
#include "support/vector_file.h"
#include "unit/envelope/shell.h"

namespace perspective::vectors {

using Lines = std::map<std::string, std::string>;

class Workshop {
 public:
  explicit Workshop(std::filesystem::path folder);

  std::filesystem::path keys() const { return folder_ / "keys"; }
  std::string pem(const std::string& file) const { return testing::test_pem(keys(), file); }
  testing::Shell& shell() { return shell_; }    // with all the keys in its folder
  Bytes from_shell(const std::string& script);  // the file `out` that it leaves

  Bytes envelope(const std::string& name) const;  // of a vector that is there

  void add(const testing::VectorKind& kind, const std::string& name, Lines lines, Bytes body);
  int added() const { return added_; }
  int kept() const { return kept_; }

 private:
  std::filesystem::path folder_;
  testing::Shell shell_;
  int added_ = 0;
  int kept_ = 0;
};

inline const std::string kId = "9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d";
inline const std::string kOtherId = "6ec0bd7f11c043da975e2a8ad9ebae0b";
inline const std::string kInspection = "croydon-2012";

void make_keys(const std::filesystem::path& keys);
void add_envelopes(Workshop& workshop);
void add_packages(Workshop& workshop);
void add_bundles(Workshop& workshop);   // after the envelopes
void add_receipts(Workshop& workshop);  // after the envelopes
void add_audits(Workshop& workshop);

}  // namespace perspective::vectors
