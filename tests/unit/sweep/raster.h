// What a graphics card would make of ImGui's draw lists: a frame's real pixels, without a display.
//
// Units: pixels of the window.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "access/theme.h"
#include "platform/shaped_text.h"

struct ImDrawData;

namespace perspective::sweep {

class Masks {  // the textures of the texts, kept as they are
 public:
  std::uint64_t add(const platform::Mask& mask);
  void remove(std::uint64_t texture) { kept_.erase(texture); }
  const platform::Mask* find(std::uint64_t texture) const;  // null: none, so a plain surface

 private:
  std::uint64_t next_ = 1;
  std::map<std::uint64_t, platform::Mask> kept_;
};

struct Picture {
  int width = 0;
  int height = 0;
  std::vector<access::Rgb> pixels;
  bool holds(int x, int y) const { return x >= 0 && y >= 0 && x < width && y < height; }
  access::Rgb at(int x, int y) const {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};

void draw(const ImDrawData& data, const Masks& masks, Picture& picture);
void write_png(const Picture& picture, const std::string& path);

}  // namespace perspective::sweep
