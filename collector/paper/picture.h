// The picture of an option, drawn by librsvg into what Cairo draws on: lines stay lines.
//
// Promise:   librsvg is given bytes and no address: it opens no file. However often a picture is shown, it is read
// once,
//            and stands once in a document.
// Errors:    invalid: it is no drawing.
// Ownership: owns what was drawn; what is shown on keeps it as long as it needs it.
// Threads:   one at a time.
// Units:     points.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"

typedef struct _cairo cairo_t;
typedef struct _cairo_surface cairo_surface_t;

namespace perspective::paper {

class Picture {
 public:
  static Result<Picture> drawn(std::string_view svg, double size);  // in a square
  void show(cairo_t* context, double x, double y) const;

 private:
  struct Destroy {
    void operator()(cairo_surface_t* surface) const;
  };
  std::unique_ptr<cairo_surface_t, Destroy> surface_;
};

}  // namespace perspective::paper
