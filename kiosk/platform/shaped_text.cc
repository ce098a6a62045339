#include "platform/shaped_text.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <bit>
#include <string_view>

#include "platform/spacing.h"
#include "text/catalogue.h"

namespace perspective::platform {
namespace {

// Letters made for beginning readers; what they lack comes from Noto, Urdu in the hand that its readers know. Named,
// for fontconfig would take another.
constexpr const char* kOthers = "Noto Nastaliq Urdu, Noto Sans Bengali, Noto Sans";
std::string families_of(visit::Typeface typeface) {
  const bool is_open_dyslexic = typeface == visit::Typeface::open_dyslexic;
  return std::string(is_open_dyslexic ? "OpenDyslexic, Andika, " : "Andika, ") + kOthers;
}
constexpr float kProbePx = 1000;

std::shared_ptr<PangoContext> make_context() {
  std::shared_ptr<PangoContext> context(pango_font_map_create_context(pango_cairo_font_map_get_default()),
                                        g_object_unref);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context.get(), FALSE);
  return context;
}

std::string key_of(const std::string& text, const TextStyle& style) {
  return std::to_string(style.size_px) + (style.is_bold ? "b" : "r") + (style.is_from_right ? "<" : ">") +
         (style.is_spaced ? "w" : "n") + std::to_string(static_cast<int>(style.typeface)) + "/" +
         std::to_string(style.width) + style.language + "\n" + text;
}

// Pango would draw what is no UTF-8 as it likes, and its places would be others than ours.
std::string made_valid(const std::string& text) {
  const auto size = static_cast<gssize>(text.size());
  if (g_utf8_validate(text.data(), size, nullptr) != FALSE) return text;
  const std::unique_ptr<char, decltype(&g_free)> valid(g_utf8_make_valid(text.data(), size), g_free);
  return valid.get();
}

Mask draw(const TextBlock& block, int origin_x, int origin_y) {
  Mask mask;
  mask.width = block.mask_width;
  mask.height = block.mask_height;
  mask.stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, mask.width);
  mask.bytes.assign(static_cast<std::size_t>(mask.stride) * static_cast<std::size_t>(mask.height), 0);
  cairo_surface_t* surface =
      cairo_image_surface_create_for_data(mask.bytes.data(), CAIRO_FORMAT_A8, mask.width, mask.height, mask.stride);
  cairo_t* cairo = cairo_create(surface);
  cairo_set_source_rgba(cairo, 1, 1, 1, 1);
  cairo_move_to(cairo, block.left - origin_x, block.top - origin_y);
  pango_cairo_show_layout(cairo, block.layout.get());
  cairo_destroy(cairo);
  cairo_surface_flush(surface);
  cairo_surface_destroy(surface);
  return mask;
}

// Mesa compiles a shader of its own for textures with such a side: in the middle of a visit, when a text happens to be
// as wide.
int no_power_of_two(int side) { return std::has_single_bit(static_cast<unsigned>(side)) ? side + 1 : side; }

}  // namespace

Rect TextBlock::caret(std::size_t index) const {
  PangoRectangle strong;
  const std::size_t end = std::string_view(pango_layout_get_text(layout.get())).size();
  pango_layout_get_cursor_pos(layout.get(), static_cast<int>(std::min(index, end)), &strong, nullptr);
  return {static_cast<float>(strong.x) / PANGO_SCALE,
          static_cast<float>(top) + static_cast<float>(strong.y) / PANGO_SCALE, 0,
          static_cast<float>(strong.height) / PANGO_SCALE};
}

std::size_t TextBlock::index_at(float x, float y) const {
  int index = 0;
  int trailing = 0;
  y -= static_cast<float>(top);
  pango_layout_xy_to_index(layout.get(), static_cast<int>(x * PANGO_SCALE), static_cast<int>(y * PANGO_SCALE), &index,
                           &trailing);
  const char* text = pango_layout_get_text(layout.get());
  const char* place = text + index;
  for (; trailing > 0 && *place != '\0'; --trailing) place = g_utf8_next_char(place);
  return static_cast<std::size_t>(place - text);
}

std::string_view TextBlock::text() const { return pango_layout_get_text(layout.get()); }

std::vector<Rect> TextBlock::parts(std::size_t begin, std::size_t end) const {
  std::vector<Rect> parts;
  const std::unique_ptr<PangoLayoutIter, decltype(&pango_layout_iter_free)> line(pango_layout_get_iter(layout.get()),
                                                                                 pango_layout_iter_free);
  do {
    PangoLayoutLine* words = pango_layout_iter_get_line_readonly(line.get());
    const int from = std::max(words->start_index, static_cast<int>(begin));
    const int to = std::min(words->start_index + words->length, static_cast<int>(end));
    if (from >= to) continue;
    int above = 0;
    int below = 0;
    pango_layout_iter_get_line_yrange(line.get(), &above, &below);
    int* ranges = nullptr;
    int count = 0;
    pango_layout_line_get_x_ranges(words, from, to, &ranges, &count);
    const auto pixels = [](int units) { return static_cast<float>(units) / PANGO_SCALE; };
    for (int i = 0; i < count; ++i) {
      parts.push_back({pixels(ranges[2 * i]), static_cast<float>(top) + pixels(above),
                       pixels(ranges[2 * i + 1] - ranges[2 * i]), pixels(below - above)});
    }
    g_free(ranges);
  } while (pango_layout_iter_next_line(line.get()) != FALSE);
  return parts;
}

bool TextBlock::is_broken_in_word() const {
  int count = 0;
  const PangoLogAttr* places = pango_layout_get_log_attrs_readonly(layout.get(), &count);
  const char* text = pango_layout_get_text(layout.get());
  for (const GSList* each = pango_layout_get_lines_readonly(layout.get()); each != nullptr; each = each->next) {
    const int start = static_cast<const PangoLayoutLine*>(each->data)->start_index;
    const auto character = g_utf8_pointer_to_offset(text, text + start);
    if (start > 0 && character < count && places[character].is_line_break == 0U) return true;
  }
  return false;
}

TextCache::TextCache(Upload upload, Discard discard)
    : upload_(std::move(upload)), discard_(std::move(discard)), context_(make_context()) {}

TextCache::~TextCache() { forget(); }

void TextCache::forget() {
  for (const auto& [key, block] : blocks_) discard_(block.texture);
  blocks_.clear();
}

std::shared_ptr<PangoLayout> TextCache::lay_out(const std::string& given, const TextStyle& style) {
  const std::string text = made_valid(given);
  pango_context_set_language(context_.get(), pango_language_from_string(style.language.c_str()));
  pango_context_set_base_dir(context_.get(),
                             text::is_right_to_left(style.language) ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  std::shared_ptr<PangoLayout> layout(pango_layout_new(context_.get()), g_object_unref);
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, families_of(style.typeface).c_str());
  pango_font_description_set_absolute_size(font, static_cast<double>(style.size_px) * PANGO_SCALE);
  pango_font_description_set_weight(font, style.is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  // The direction is the language's, not that of the first letter; with a base direction from right to left Pango does
  // not turn "left" round by itself.
  pango_layout_set_auto_dir(layout.get(), FALSE);
  pango_layout_set_alignment(layout.get(), style.is_from_right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  if (style.width > 0) pango_layout_set_width(layout.get(), style.width * PANGO_SCALE);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  set_spacing(*layout, text, style);
  return layout;
}

const TextBlock& TextCache::block(const std::string& text, const TextStyle& style) {
  const std::string key = key_of(text, style);
  if (const auto found = blocks_.find(key); found != blocks_.end()) return found->second;
  TextBlock block;
  block.layout = lay_out(text, style);
  PangoRectangle ink;
  PangoRectangle box;
  pango_layout_get_pixel_extents(block.layout.get(), &ink, &box);
  const int origin_x = style.width > 0 ? 0 : box.x;
  block.width = style.width > 0 ? style.width : std::max(1, box.width);
  block.is_from_right = text::is_right_to_left(style.language);
  block.ink_width = std::max(1, box.width);
  block.ink_left = box.x - origin_x;
  block.left = std::max(0, origin_x - ink.x);
  block.top = std::max(0, box.y - ink.y);
  block.height = std::max(1, std::max(box.y + box.height, ink.y + ink.height) - box.y + block.top);
  block.mask_width = block.width + block.left + std::max(0, ink.x + ink.width - (origin_x + block.width));
  block.mask_height = block.height;
  block.mask_width = no_power_of_two(block.mask_width);
  block.mask_height = no_power_of_two(block.mask_height);
  block.texture = upload_(draw(block, origin_x, box.y));
  return blocks_.emplace(key, std::move(block)).first->second;
}

float TextCache::em_of_capital(float capital_px, visit::Typeface typeface) {
  float& capital_of_em = capital_of_em_.at(static_cast<std::size_t>(typeface));
  if (capital_of_em <= 0) {
    const auto layout = lay_out("H", {.size_px = kProbePx, .typeface = typeface});
    PangoRectangle ink;
    pango_layout_get_pixel_extents(layout.get(), &ink, nullptr);
    capital_of_em = static_cast<float>(ink.height) / kProbePx;
  }
  return capital_px / capital_of_em;
}

}  // namespace perspective::platform
