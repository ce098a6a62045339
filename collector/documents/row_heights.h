// Inside collector/documents: how high a row is, so that what wraps is seen whole. Programs work it out for themselves
// on a screen, but not all of them before they print.
//
// Units: points.
#pragma once

#include <string>
#include <vector>

#include "documents/workbook.h"

namespace perspective::documents {

inline constexpr double kMarkHeight = 15;
inline constexpr double kHeadingHeight = 22;

double height_of_head(const std::vector<Column>& columns);
double height_of(const std::vector<Cell>& row, const std::vector<Column>& columns);

}  // namespace perspective::documents
