#include "platform/spacing.h"

#include <pango/pango.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace perspective::platform {
namespace {

constexpr float kLetters_em = 0.12F;
constexpr float kWords_em = 0.16F;
constexpr float kLines_em = 1.5F;
// Andika's lines stand 1.6 em apart as they are: somebody who asks for more gets more.
constexpr float kLeastWider = 1.1F;
// That far apart helps in running text and tears a heading to pieces.
constexpr float kBoldLines = 0.85F;

// Scripts whose letters stand alone.
bool stands_alone(GUnicodeScript script) {
  switch (script) {
    case G_UNICODE_SCRIPT_LATIN:
    case G_UNICODE_SCRIPT_GREEK:
    case G_UNICODE_SCRIPT_CYRILLIC:
    case G_UNICODE_SCRIPT_ARMENIAN:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_GEORGIAN:
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
      return true;
    default:
      return false;
  }
}

bool has_own_script(GUnicodeScript script) {
  return script != G_UNICODE_SCRIPT_COMMON && script != G_UNICODE_SCRIPT_INHERITED;
}

// True where every letter stands alone.
bool is_all_alone(std::string_view text) {
  const char* end = text.data() + text.size();
  for (const char* at = text.data(); at < end; at = g_utf8_next_char(at)) {
    const GUnicodeScript script = g_unichar_get_script(g_utf8_get_char(at));
    if (has_own_script(script) && !stands_alone(script)) return false;
  }
  return true;
}

// Figures and marks go with the letters before them: a mark that sits on a letter must not leave it.
void add_spaces(PangoAttrList& list, std::string_view text, float em) {
  const char* start = text.data();
  const char* end = start + text.size();
  bool is_apart = true;
  for (const char* at = start; at < end;) {
    const gunichar letter = g_utf8_get_char(at);
    const char* next = g_utf8_next_char(at);
    const GUnicodeScript script = g_unichar_get_script(letter);
    if (has_own_script(script)) is_apart = stands_alone(script);
    const float apart = (is_apart ? kLetters_em : 0) + (g_unichar_isspace(letter) != FALSE ? kWords_em : 0);
    if (apart > 0) {
      PangoAttribute* spacing = pango_attr_letter_spacing_new(static_cast<int>(apart * em * PANGO_SCALE));
      spacing->start_index = static_cast<guint>(at - start);
      spacing->end_index = static_cast<guint>(next - start);
      pango_attr_list_change(&list, spacing);  // joins equal neighbours: letters of one word stay one run
    }
    at = next;
  }
}

float natural_lines_em(PangoLayout& layout, float em) {
  const std::unique_ptr<PangoFontMetrics, decltype(&pango_font_metrics_unref)> metrics(
      pango_context_get_metrics(pango_layout_get_context(&layout), pango_layout_get_font_description(&layout), nullptr),
      pango_font_metrics_unref);
  return static_cast<float>(pango_font_metrics_get_height(metrics.get())) / PANGO_SCALE / em;
}

}  // namespace

void set_spacing(PangoLayout& layout, std::string_view text, const TextStyle& style) {
  // Nastaliq's letters reach far up and down: its lines are never drawn together.
  const bool is_tight = style.is_bold && is_all_alone(text);
  if (!style.is_spaced) {
    if (is_tight) pango_layout_set_line_spacing(&layout, kBoldLines);
    return;
  }
  const std::unique_ptr<PangoAttrList, decltype(&pango_attr_list_unref)> list(pango_attr_list_new(),
                                                                              pango_attr_list_unref);
  add_spaces(*list, text, style.size_px);
  pango_layout_set_attributes(&layout, list.get());
  const float least = kLines_em / natural_lines_em(layout, style.size_px);
  pango_layout_set_line_spacing(&layout, std::max(is_tight ? kBoldLines : kLeastWider, least));
}

int room_behind_line(const TextStyle& style) {
  return style.is_spaced ? static_cast<int>(std::ceil(kLetters_em * style.size_px)) + 1 : 0;
}

}  // namespace perspective::platform
