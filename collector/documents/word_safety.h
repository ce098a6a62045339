// Inside collector/documents: what a template must not hold, wherever in it: body, headers, footers, notes.
//
// Promise:   after it nothing of the template loads a file, asks another program or runs when the document is opened:
//            of fields only those that are known to do none of it, no part of another format, no object of another
//            program, and of relationships to elsewhere only links that a reader follows. (What settings lead to, the
//            template it was made from, is left out anyway.) No part that is XML has more than a megabyte, which bounds
//            the memory that a tree of it takes; they are read one after the other.
// Errors:    invalid: what, and in which part, in words for whoever made the template.
// Threads:   pure.
#pragma once

#include "base/result.h"
#include "documents/parts.h"

namespace perspective::documents {

inline constexpr std::size_t kMaxXmlPartBytes = 1U << 20U;

Result<void> check_sizes(const Parts& word_template);  // before anything of it is read
Result<void> check_safe(const Parts& word_template);

}  // namespace perspective::documents
