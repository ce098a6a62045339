// A document of A4 sheets as PDF, tagged: text shaped by Pango, lines by Cairo, structure for whoever listens to it.
//
// Promise:   title and language of the document are in it, and that its title is shown. A right-to-left language has
// its
//            text at the right edge of what it is laid out in. What is drawn between begin() and end() is of that
//            element (PDF 1.7, 14.8.4: "H1", "P", "L", "LI", "Lbl", "LBody", "Figure"); what is drawn outside of all is
//            decoration, which no screen reader reads. Each figure has its alternative text.
// Errors:    finished(): io.
// Ownership: owns its surface; layouts are whoever asked's, and go before it does.
// Threads:   one at a time.
// Units:     points, 72 an inch; y grows downwards.
#pragma once

#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace perspective::sheet {

constexpr double kWidth = 595.28;
constexpr double kHeight = 841.89;

struct FreeObject {
  void operator()(void* object) const { g_object_unref(object); }
};
using Layout = std::unique_ptr<PangoLayout, FreeObject>;

enum class Side { start, centre, end };  // of lines, as the language has them
struct Style {
  double width = 0;
  double size = 0;
  bool is_bold = false;
  Side side = Side::start;
  std::string language = {};  // empty: the document's
};

double height_of(const Layout& layout);

class Pdf {
 public:
  Pdf(const std::string& title, std::string language);
  Pdf(const Pdf&) = delete;
  Pdf& operator=(const Pdf&) = delete;

  Layout laid_out(const std::string& text, const Style& style) const;
  double show(const Layout& layout, double x, double y) const;  // its height
  void line(double x1, double y1, double x2, double y2, double width) const;
  void dashes(double y) const;  // across the sheet, to cut along
  void box(double x, double y, double width, double height, double line_width) const;

  void begin(const char* element) const;
  void end(const char* element) const;
  void begin_figure(const std::string& alternative);
  void end_figure() const { end("Figure"); }
  void end_sheet() const;
  cairo_t* context() const { return context_.get(); }

  Result<std::string> finished();  // the file; nothing is drawn after it

 private:
  struct FreeSurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  };
  struct FreeContext {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
  };

  std::string language_;
  std::string bytes_;
  std::vector<std::string> alternatives_;
  std::unique_ptr<cairo_surface_t, FreeSurface> surface_;
  std::unique_ptr<cairo_t, FreeContext> context_;
};

}  // namespace perspective::sheet
