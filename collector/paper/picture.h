// The picture of an option, drawn by librsvg into what Cairo draws on: lines stay lines.
//
// Promise:   librsvg is given bytes and no address: it opens no file.
// Errors:    invalid: it is no drawing.
// Threads:   one at a time.
// Units:     points.
#pragma once

#include <string_view>

#include "base/result.h"

typedef struct _cairo cairo_t;

namespace perspective::paper {

Result<void> draw_picture(cairo_t* context, std::string_view svg, double x, double y, double size);

}  // namespace perspective::paper
