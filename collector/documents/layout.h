// Inside collector/documents: how wide the columns of a table are, and what of a text is on each page already.
//
// Units: thousandths of the table's width; together 1000.
#pragma once

#include <vector>

#include "report/document.h"

namespace perspective::documents {

// A mark in the text that is in head and foot of each page.
bool repeats_page_mark(const report::Document& document, const report::Block& block);

std::vector<int> column_shares(const report::Table& table);

}  // namespace perspective::documents
