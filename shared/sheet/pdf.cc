#include "sheet/pdf.h"

#include <cairo/cairo-pdf.h>

#include <utility>

#include "sheet/marks.h"
#include "text/catalogue.h"

namespace perspective::sheet {
namespace {

// Andika for beginning readers; behind it letters that it has not. Urdu is written in Nastaliq.
constexpr const char* kFonts = "Andika, Noto Nastaliq Urdu, Noto Sans Bengali, DejaVu Sans, Sans";
constexpr double kThin = 0.8;
constexpr const char* kWhole = "Document";  // without it Cairo does not say that the file is tagged

struct FreeFont {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};

cairo_status_t append(void* to, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

double height_of(const Layout& layout) {
  int height = 0;
  pango_layout_get_size(layout.get(), nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

Pdf::Pdf(const std::string& title, std::string language)
    : language_(std::move(language)),
      surface_(cairo_pdf_surface_create_for_stream(append, &bytes_, kWidth, kHeight)),
      context_(cairo_create(surface_.get())) {
  cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
  begin(kWhole);
}

Layout Pdf::laid_out(const std::string& text, const Style& style) const {
  Layout layout(pango_cairo_create_layout(context()));
  const std::unique_ptr<PangoFontDescription, FreeFont> font(pango_font_description_from_string(kFonts));
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  pango_font_description_set_weight(font.get(), style.is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  const std::string& language = style.language.empty() ? language_ : style.language;
  const bool is_from_right = text::is_right_to_left(language);
  PangoContext* const about = pango_layout_get_context(layout.get());
  pango_context_set_language(about, pango_language_from_string(language.c_str()));
  pango_context_set_base_dir(about, is_from_right ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_width(layout.get(), static_cast<int>(style.width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_auto_dir(layout.get(), FALSE);  // by the language, not by the first letter
  // Pango's left stays left in every language.
  pango_layout_set_alignment(layout.get(), style.side == Side::centre                   ? PANGO_ALIGN_CENTER
                                           : (style.side == Side::end) == is_from_right ? PANGO_ALIGN_LEFT
                                                                                        : PANGO_ALIGN_RIGHT);
  pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
  return layout;
}

double Pdf::show(const Layout& layout, double x, double y) const {
  cairo_move_to(context(), x, y);
  pango_cairo_show_layout(context(), layout.get());
  return height_of(layout);
}

void Pdf::line(double x1, double y1, double x2, double y2, double width) const {
  cairo_set_line_width(context(), width);
  cairo_move_to(context(), x1, y1);
  cairo_line_to(context(), x2, y2);
  cairo_stroke(context());
}

void Pdf::dashes(double y) const {
  constexpr double kDash[] = {6, 5};
  cairo_set_dash(context(), kDash, 2, 0);
  line(0, y, kWidth, y, kThin);
  cairo_set_dash(context(), nullptr, 0, 0);
}

void Pdf::box(double x, double y, double width, double height, double line_width) const {
  cairo_set_line_width(context(), line_width);
  cairo_rectangle(context(), x, y, width, height);
  cairo_stroke(context());
}

void Pdf::begin(const char* element) const { cairo_tag_begin(context(), element, nullptr); }
void Pdf::end(const char* element) const { cairo_tag_end(context(), element); }
void Pdf::begin_figure(const std::string& alternative) {
  alternatives_.push_back(alternative);
  begin("Figure");
}
void Pdf::end_sheet() const { cairo_show_page(context()); }

Result<std::string> Pdf::finished() {
  end(kWhole);
  const auto drawn = cairo_status(context());
  cairo_surface_finish(surface_.get());
  if (drawn != CAIRO_STATUS_SUCCESS || cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS) {
    return fail(ErrorCode::io, "it cannot be drawn as PDF");
  }
  return marked(std::move(bytes_), language_, alternatives_);
}

}  // namespace perspective::sheet
