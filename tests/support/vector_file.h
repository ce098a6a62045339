// Test vectors: files of `name: value` lines, a blank line, and bytes in base64. tests/vectors/README.md.
//
// Promise:   what is loaded has every line that its kind needs, none that it does not know, and an outcome that the
//            kind has. A folder without a vector is an error: a test over nothing proves nothing.
// Errors:    invalid, naming the file and what is wrong with it.
// Threads:   plain values.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::testing {

struct VectorFile {
  std::string name;                           // of the file
  std::map<std::string, std::string> header;  // without the colon
  Bytes body;

  bool has(const std::string& line) const { return header.contains(line); }
  const std::string& at(const std::string& line) const { return header.at(line); }  // of a line that its kind needs
  std::string get(const std::string& line, std::string otherwise) const {
    return has(line) ? at(line) : std::move(otherwise);
  }
};

struct VectorKind {
  std::string folder;
  std::set<std::string> outcomes;    // what `expect:` may say
  std::vector<std::string> needed;   // beside `expect` and `comment`, in the order in which they are written
  std::vector<std::string> allowed;  // likewise, where they apply
};

const VectorKind& envelope_vectors();
const VectorKind& package_vectors();
const VectorKind& bundle_vectors();
const VectorKind& receipt_vectors();
const VectorKind& audit_vectors();

Result<VectorFile> parse_vector(const std::string& name, std::string_view text, const VectorKind& kind);
std::string to_text(const VectorFile& vector, const VectorKind& kind);

// All of kind.folder below `vectors`, by name.
Result<std::vector<VectorFile>> load_vectors(const std::filesystem::path& vectors, const VectorKind& kind);

}  // namespace perspective::testing
