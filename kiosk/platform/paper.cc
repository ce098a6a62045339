#include "platform/paper.h"

#include <cairo/cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>

namespace perspective::platform {
namespace {

// Points, 72 an inch.
constexpr double kWidth = 595.28;
constexpr double kHeight = 841.89;
constexpr double kMargin = 56;
constexpr double kNameWidth = 200;
constexpr double kGap = 12;
constexpr double kBetween = 7;
constexpr double kSign = 16;
constexpr double kRule = 0.5;
constexpr const char* kFont = "Andika";

struct FreeSurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeContext {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
struct FreeObject {
  void operator()(void* object) const { g_object_unref(object); }
};
struct FreeFont {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};

class Sheet {
 public:
  Sheet(cairo_t* context, const std::string& language) : context_(context), language_(language) {}

  // Gives its height.
  double text(const std::string& words, double x, double y, double width, double size, bool is_bold = false) {
    const std::unique_ptr<PangoLayout, FreeObject> layout(pango_cairo_create_layout(context_));
    const std::unique_ptr<PangoFontDescription, FreeFont> font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), kFont);
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    pango_font_description_set_weight(font.get(), is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_context_set_language(pango_layout_get_context(layout.get()), pango_language_from_string(language_.c_str()));
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout.get(), words.c_str(), static_cast<int>(words.size()));
    cairo_move_to(context_, x, y);
    pango_cairo_show_layout(context_, layout.get());
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }
  void rule(double y) {
    cairo_set_line_width(context_, kRule);
    cairo_move_to(context_, kMargin, y);
    cairo_line_to(context_, kWidth - kMargin, y);
    cairo_stroke(context_);
  }

 private:
  cairo_t* context_;
  const std::string& language_;
};

// Where the next thing would stand.
double draw(Sheet& sheet, const Paper& paper) {
  constexpr double kHeading = 20;
  constexpr double kBody = 11;
  constexpr double kSmall = 9;
  const double width = kWidth - 2 * kMargin;
  double y = kMargin;
  y += sheet.text(paper.heading, kMargin, y, width, kHeading, true);
  y += sheet.text(paper.below, kMargin, y, width, kSmall) + kGap;
  for (const PaperRow& row : paper.rows) {
    sheet.rule(y);
    y += kBetween;
    if (row.is_marked) sheet.text("!", kMargin, y, kSign, kBody, true);
    const double name = sheet.text(row.name, kMargin + kSign, y, kNameWidth - kSign - kGap, kBody);
    const double value = sheet.text(row.value, kMargin + kNameWidth, y, width - kNameWidth, kBody, true);
    y += std::max(name, value) + kBetween;
  }
  sheet.rule(y);
  y += kGap;
  return y + sheet.text(paper.end, kMargin, y, width, kSmall);
}

}  // namespace

Result<void> write_pdf(const Paper& paper, const std::filesystem::path& file) {
  const std::unique_ptr<cairo_surface_t, FreeSurface> surface(cairo_pdf_surface_create(file.c_str(), kWidth, kHeight));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, paper.heading.c_str());
  const std::unique_ptr<cairo_t, FreeContext> context(cairo_create(surface.get()));
  Sheet sheet(context.get(), paper.language);
  const double end = draw(sheet, paper);
  cairo_show_page(context.get());
  cairo_surface_finish(surface.get());
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) {
    return fail(ErrorCode::io, file.string() + ": cannot be written");
  }
  if (end > kHeight - kMargin) return fail(ErrorCode::invalid, "the report is too long for one sheet");
  return {};
}

}  // namespace perspective::platform
