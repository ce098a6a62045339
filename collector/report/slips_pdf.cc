#include <cairo/cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "report/slips.h"
#include "token/token.h"

namespace perspective::report {
namespace {

// A4 in points, 72 an inch.
constexpr double kWidth = 595.28;
constexpr double kHeight = 841.89;
constexpr std::size_t kSlipsAPage = 3;
constexpr double kSlipHeight = kHeight / kSlipsAPage;
constexpr double kMargin = 40;
constexpr double kEdge = 22;  // between a cut and what is printed
constexpr double kBetweenColumns = 24;
constexpr double kTokenSize = 34;
constexpr double kTokenPad = 8;
constexpr double kLargest = 16;  // large print
constexpr double kSmallest = 8;
constexpr const char* kFont = "Andika, DejaVu Sans, Sans";

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
using Layout = std::unique_ptr<PangoLayout, FreeObject>;

struct Words {
  std::string language;
  std::string heading;
  std::string rest;
};

cairo_status_t append(void* to, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

double height_of(const Layout& layout) {
  int height = 0;
  pango_layout_get_size(layout.get(), nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

class Page {
 public:
  explicit Page(cairo_t* context) : context_(context) {}

  Layout laid_out(const std::string& text, const std::string& language, double width, double size, bool is_bold) const {
    Layout layout(pango_cairo_create_layout(context_));
    const std::unique_ptr<PangoFontDescription, FreeFont> font(pango_font_description_from_string(kFont));
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    pango_font_description_set_weight(font.get(), is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_context_set_language(pango_layout_get_context(layout.get()), pango_language_from_string(language.c_str()));
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
    return layout;
  }
  double show(const Layout& layout, double x, double y) const {
    cairo_move_to(context_, x, y);
    pango_cairo_show_layout(context_, layout.get());
    return height_of(layout);
  }
  void frame(double y, double height) const {
    cairo_set_line_width(context_, 1.5);
    cairo_rectangle(context_, kMargin, y, kWidth - 2 * kMargin, height);
    cairo_stroke(context_);
  }
  void cut(double y) const {
    constexpr double kDash[] = {6, 5};
    cairo_set_line_width(context_, 0.8);
    cairo_set_dash(context_, kDash, 2, 0);
    cairo_move_to(context_, 0, y);
    cairo_line_to(context_, kWidth, y);
    cairo_stroke(context_);
    cairo_set_dash(context_, nullptr, 0, 0);
  }

 private:
  cairo_t* context_;
};

double column_width(std::size_t columns) {
  const auto gaps = static_cast<double>(columns - 1) * kBetweenColumns;
  return (kWidth - 2 * kMargin - gaps) / static_cast<double>(columns);
}

// Gives its height; draws it where there is a place for it.
double column(const Page& page, const Words& words, double size, double width, const std::pair<double, double>* place) {
  const auto heading = page.laid_out(words.heading, words.language, width, size, true);
  const auto rest = page.laid_out(words.rest, words.language, width, size, false);
  if (place != nullptr) page.show(rest, place->first, place->second + page.show(heading, place->first, place->second));
  return height_of(heading) + height_of(rest);
}

double height_at(const Page& page, const std::vector<Words>& all, double size) {
  double height = 0;
  for (const auto& words : all) height = std::max(height, column(page, words, size, column_width(all.size()), nullptr));
  return height;
}

// The largest at which every language has room above the token.
double fitting_size(const Page& page, const std::vector<Words>& all, double room) {
  double size = kLargest;
  while (size > kSmallest && height_at(page, all, size) > room) size -= 0.5;
  return size;
}

void draw_slip(const Page& page, const std::vector<Words>& all, const std::string& token, double top) {
  auto code = page.laid_out(token::grouped(token), "en", kWidth - 2 * kMargin, kTokenSize, true);
  pango_layout_set_alignment(code.get(), PANGO_ALIGN_CENTER);
  const double box = height_of(code) + 2 * kTokenPad;
  const double box_top = top + kSlipHeight - kEdge - box;
  const double size = fitting_size(page, all, box_top - top - 1.5 * kEdge);
  const double width = column_width(all.size());
  std::pair<double, double> place{kMargin, top + kEdge};
  for (const auto& words : all) {
    column(page, words, size, width, &place);
    place.first += width + kBetweenColumns;
  }
  page.frame(box_top, box);
  page.show(code, kMargin, box_top + kTokenPad);
}

// The first line is the heading.
Result<std::vector<Words>> words_in(const std::vector<text::Catalogue>& phrases, const std::string& area) {
  std::vector<Words> all;
  for (const auto& words : phrases) {
    auto written = words.format("report.slip", {{"area", area}});
    if (!written) return std::unexpected(written.error());
    const auto end = std::min(written->find('\n'), written->size());
    all.push_back({words.language(), written->substr(0, end), written->substr(std::min(end + 1, written->size()))});
  }
  return all;
}

}  // namespace

Result<std::string> slips_pdf(const std::string& area, const std::vector<std::string>& tokens,
                              const std::vector<text::Catalogue>& phrases) {
  const auto all = words_in(phrases, area);
  if (!all) return std::unexpected(all.error());
  std::string pdf;
  const std::unique_ptr<cairo_surface_t, FreeSurface> surface(
      cairo_pdf_surface_create_for_stream(append, &pdf, kWidth, kHeight));
  const std::unique_ptr<cairo_t, FreeContext> context(cairo_create(surface.get()));
  const Page page(context.get());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::size_t on_page = i % kSlipsAPage;
    if (i > 0 && on_page == 0) cairo_show_page(context.get());
    const double top = static_cast<double>(on_page) * kSlipHeight;
    draw_slip(page, *all, tokens[i], top);
    if (on_page + 1 < kSlipsAPage) page.cut(top + kSlipHeight);
  }
  cairo_surface_finish(surface.get());
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return fail(ErrorCode::io, "the slips as PDF");
  return pdf;
}

}  // namespace perspective::report
