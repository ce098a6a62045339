// Pictures of options: SVG drawn by librsvg into a mask of coverage, as text is, so that the theme gives the colour.
//
// Promise:   drawn at its real size, never scaled. librsvg is given bytes and no address: it opens no file.
// Errors:    invalid; the picture is not a drawing.
// Ownership: a PictureCache owns its textures; they are valid until forget().
// Threads:   one.
// Units:     pixels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "platform/shaped_text.h"

namespace perspective::platform {

Result<Mask> picture_mask(std::string_view svg, int size);  // square

class PictureCache {
 public:
  PictureCache(TextCache::Upload upload, TextCache::Discard discard);
  PictureCache(const PictureCache&) = delete;
  PictureCache& operator=(const PictureCache&) = delete;
  ~PictureCache();

  std::uint64_t texture(const std::string& svg, int size);  // 0: it cannot be drawn
  std::size_t size() const { return textures_.size(); }
  void forget();

 private:
  TextCache::Upload upload_;
  TextCache::Discard discard_;
  std::map<std::pair<std::string, int>, std::uint64_t> textures_;
};

}  // namespace perspective::platform
