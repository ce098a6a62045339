// Sealing what an inspection keeps for itself alone, to its own two recipients.
//
// Promise:   the text is overwritten before it is given back. All of one padded size have one size.
// Errors:    invalid: longer than the padded size, or a certificate of the package cannot be used.
// Threads:   pure.
#pragma once

#include <cstddef>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/package.h"

namespace perspective::inspection {

Result<Bytes> seal_padded(std::string plain, std::size_t padded_bytes, const protocol::Package& package);

}  // namespace perspective::inspection
