// Inside collector/documents: an Open Packaging container (ISO/IEC 29500-2) as its parts: what leads from one to
// another, and of which type each is.
//
// Errors:    invalid, naming the part.
// Ownership: a Package owns its parts.
// Threads:   plain values.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "documents/parts.h"

namespace perspective::documents {

struct Relationship {
  std::string id;
  std::string type;    // its last word: "styles", "header", "image"
  std::string target;  // name of the part, from the container's root; of an external one as it stands there
  bool is_external = false;
};

// Of a part; of the container itself where `part` is empty. None where it has no file of them.
Result<std::vector<Relationship>> relationships_of(const Parts& parts, const std::string& part);

// Name -> content type, by [Content_Types].xml; a part that it does not know is not in it.
Result<std::map<std::string, std::string>> content_types_of(const Parts& parts);

// The same, to be written. Targets are written from the container's root.
void set_relationships(Parts& parts, const std::string& part, const std::vector<Relationship>& relationships);
void set_content_types(Parts& parts, const std::map<std::string, std::string>& types);

inline constexpr std::string_view kContentTypes = "[Content_Types].xml";

}  // namespace perspective::documents
