// The packages that a child may serve, as JSON, in memory that nobody can change any more.
//
// Promise:   what the child reads is what the keeper verified and wrote.
// Errors:    io when the system has no such memory; corrupt from read_packages.
// Threads:   any.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace perspective::keeper {

// A memfd with each JSON behind its length (4 bytes, little-endian), sealed against writing; the caller closes it.
Result<int> seal_packages(const std::vector<std::string>& packages);
Result<std::vector<std::string>> read_packages(int descriptor);

}  // namespace perspective::keeper
