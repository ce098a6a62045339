// Text as people of any script write it: shaped and wrapped by Pango, drawn by Cairo into a mask of coverage, kept.
//
// Promise:   text is laid out again at its real size, never scaled; a block is as high as lines and ink together
//            (stacked marks, Nastaliq); its mask may reach over its sides, and is never cut. Bytes that are no UTF-8
//            are drawn as U+FFFD, and are that in text().
// Ownership: a TextCache owns its blocks and their textures; a block is valid until forget().
// Threads:   one.
// Units:     pixels; indexes in bytes of UTF-8.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/geometry.h"
#include "visit/settings.h"

typedef struct _PangoContext PangoContext;
typedef struct _PangoLayout PangoLayout;

namespace perspective::platform {

struct TextStyle {
  float size_px = 16;  // of the font's em
  bool is_bold = false;
  visit::Typeface typeface = visit::Typeface::andika;
  bool is_spaced = false;       // platform/spacing.h
  int width = -1;               // wrap at; -1: one line
  std::string language = "en";  // its direction too
  bool is_from_right = false;   // lines begin at the right edge: what the screen's language wants
};

struct Mask {  // one byte a pixel
  int width = 0;
  int height = 0;
  int stride = 0;
  std::vector<std::uint8_t> bytes;
};

struct TextBlock {
  int width = 0;
  int height = 0;              // of lines and ink together
  int ink_width = 0;           // of the widest line: less than `width` where the text is short
  int ink_left = 0;            // where that begins
  int left = 0;                // how far the mask reaches over the block
  int top = 0;                 // from the top of the block to that of its first line
  bool is_from_right = false;  // its lines run from right to left
  int mask_width = 0;
  int mask_height = 0;
  std::uint64_t texture = 0;
  std::shared_ptr<PangoLayout> layout;

  Rect caret(std::size_t index) const;                                // in the block
  std::vector<Rect> parts(std::size_t begin, std::size_t end) const;  // of the text between them, one a line or run
  std::size_t index_at(float x, float y) const;                       // nearest place for the caret
  std::string_view text() const;
  bool is_broken_in_word() const;  // a word was too long for the width
};

class TextCache {
 public:
  // upload: mask to texture; discard: the texture goes. Without a screen both may be empty functions.
  using Upload = std::function<std::uint64_t(const Mask&)>;
  using Discard = std::function<void(std::uint64_t)>;
  TextCache(Upload upload, Discard discard);
  TextCache(const TextCache&) = delete;
  TextCache& operator=(const TextCache&) = delete;
  ~TextCache();

  const TextBlock& block(const std::string& text, const TextStyle& style);
  // The em at which a capital of that typeface is that high: typefaces of one em differ by a fifth.
  float em_of_capital(float capital_px, visit::Typeface typeface);
  std::size_t size() const { return blocks_.size(); }
  void forget();  // answers among them

 private:
  std::shared_ptr<PangoLayout> lay_out(const std::string& given, const TextStyle& style);

  Upload upload_;
  Discard discard_;
  std::shared_ptr<PangoContext> context_;
  std::unordered_map<std::string, TextBlock> blocks_;
  std::array<float, visit::kTypefaces> capital_of_em_ = {};
};

}  // namespace perspective::platform
