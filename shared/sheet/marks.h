// What Cairo 1.16 cannot say in a PDF that it wrote: the document's language, that a reader shows its title, and what
// is on its figures.
//
// Promise:   an incremental update (PDF 1.7, 7.5.6) behind the file's bytes, which stay as they are.
// Errors:    corrupt: it is not as Cairo writes them, or has not as many figures as there are texts.
// Threads:   pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace perspective::sheet {

// alternatives: of its figures, in their order.
Result<std::string> marked(std::string pdf, const std::string& language, const std::vector<std::string>& alternatives);

}  // namespace perspective::sheet
