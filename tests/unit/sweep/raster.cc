#include "raster.h"

#include <cairo.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace perspective::sweep {
namespace {

using access::Rgb;

struct Colour {
  float red, green, blue, alpha;
};
Colour colour_of(ImU32 packed) {
  const auto part = [&](unsigned shift) { return static_cast<float>((packed >> shift) & 0xFFU); };
  return {part(IM_COL32_R_SHIFT), part(IM_COL32_G_SHIFT), part(IM_COL32_B_SHIFT), part(IM_COL32_A_SHIFT) / 255};
}

struct Clip {
  int left, top, right, bottom;
};
int clamped(float value, int most) { return static_cast<int>(std::clamp(value, 0.0F, static_cast<float>(most))); }

class Raster {
 public:
  Raster(Picture& picture, Clip clip, const platform::Mask* mask) : picture_(picture), clip_(clip), mask_(mask) {}

  void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) const {
    const float area = cross(a.pos, b.pos, c.pos);
    if (area == 0) return;
    if (area < 0) return triangle(a, c, b);
    const auto [left, right] = std::minmax({a.pos.x, b.pos.x, c.pos.x});
    const auto [top, bottom] = std::minmax({a.pos.y, b.pos.y, c.pos.y});
    const int from_x = std::max(clip_.left, clamped(std::floor(left), picture_.width));
    const int to_x = std::min(clip_.right, clamped(std::ceil(right), picture_.width));
    const int from_y = std::max(clip_.top, clamped(std::floor(top), picture_.height));
    const int to_y = std::min(clip_.bottom, clamped(std::ceil(bottom), picture_.height));
    const std::array colours = {colour_of(a.col), colour_of(b.col), colour_of(c.col)};
    const bool is_plain = mask_ == nullptr && a.col == b.col && b.col == c.col && colours[0].alpha >= 1;
    for (int y = from_y; y < to_y; ++y) {
      for (int x = from_x; x < to_x; ++x) {
        const ImVec2 at = {static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F};
        const float u = cross(b.pos, c.pos, at);
        const float v = cross(c.pos, a.pos, at);
        const float w = cross(a.pos, b.pos, at);
        if (!is_in(u, b.pos, c.pos) || !is_in(v, c.pos, a.pos) || !is_in(w, a.pos, b.pos)) continue;
        if (is_plain) {
          put(x, y, colours[0], 1);
        } else {
          const std::array part = {u / area, v / area, w / area};
          put(x, y, mixed(colours, part), coverage(a, b, c, part));
        }
      }
    }
  }

 private:
  static float cross(const ImVec2& a, const ImVec2& b, const ImVec2& c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  }
  // A pixel on the edge of two triangles belongs to one of them.
  static bool is_in(float side, const ImVec2& from, const ImVec2& to) {
    return side > 0 || (side == 0 && (from.y > to.y || (from.y == to.y && from.x < to.x)));
  }
  static Colour mixed(const std::array<Colour, 3>& colours, const std::array<float, 3>& part) {
    Colour sum{0, 0, 0, 0};
    for (std::size_t i = 0; i < 3; ++i) {
      sum.red += colours[i].red * part[i];
      sum.green += colours[i].green * part[i];
      sum.blue += colours[i].blue * part[i];
      sum.alpha += colours[i].alpha * part[i];
    }
    return sum;
  }
  float coverage(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c,
                 const std::array<float, 3>& part) const {
    if (mask_ == nullptr) return 1;
    const float u = a.uv.x * part[0] + b.uv.x * part[1] + c.uv.x * part[2];
    const float v = a.uv.y * part[0] + b.uv.y * part[1] + c.uv.y * part[2];
    const int x = std::min(clamped(u * static_cast<float>(mask_->width), mask_->width), mask_->width - 1);
    const int y = std::min(clamped(v * static_cast<float>(mask_->height), mask_->height), mask_->height - 1);
    return static_cast<float>(mask_->bytes[static_cast<std::size_t>(y * mask_->stride + x)]) / 255;
  }
  void put(int x, int y, const Colour& colour, float coverage) const {
    Rgb& pixel = picture_.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture_.width) +
                                 static_cast<std::size_t>(x)];
    const float alpha = std::min(1.0F, colour.alpha * coverage);
    const auto over = [&](std::uint8_t below, float above) {
      return static_cast<std::uint8_t>(std::lround(static_cast<float>(below) * (1 - alpha) + above * alpha));
    };
    pixel = {over(pixel.red, colour.red), over(pixel.green, colour.green), over(pixel.blue, colour.blue)};
  }

  Picture& picture_;
  Clip clip_;
  const platform::Mask* mask_;
};

}  // namespace

std::uint64_t Masks::add(const platform::Mask& mask) {
  kept_[++next_] = mask;
  return next_;
}

const platform::Mask* Masks::find(std::uint64_t texture) const {
  const auto found = kept_.find(texture);
  return found == kept_.end() ? nullptr : &found->second;
}

void draw(const ImDrawData& data, const Masks& masks, Picture& picture) {
  picture.pixels.assign(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height), {});
  for (int i = 0; i < data.CmdListsCount; ++i) {
    const ImDrawList& list = *data.CmdLists[i];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const ImVec4& box = command.ClipRect;
      const Clip clip = {clamped(box.x, picture.width), clamped(box.y, picture.height), clamped(box.z, picture.width),
                         clamped(box.w, picture.height)};
      const auto texture = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(command.GetTexID()));
      const Raster raster(picture, clip, masks.find(texture));
      const auto vertex = [&](unsigned index) -> const ImDrawVert& {
        return list.VtxBuffer[static_cast<int>(command.VtxOffset) + list.IdxBuffer[static_cast<int>(index)]];
      };
      for (unsigned at = command.IdxOffset; at + 2 < command.IdxOffset + command.ElemCount; at += 3) {
        raster.triangle(vertex(at), vertex(at + 1), vertex(at + 2));
      }
    }
  }
}

void write_png(const Picture& picture, const std::string& path) {
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.width, picture.height);
  unsigned char* bytes = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const Rgb pixel = picture.at(x, y);
      unsigned char* to = bytes + y * stride + x * 4;
      to[0] = pixel.blue;
      to[1] = pixel.green;
      to[2] = pixel.red;
    }
  }
  cairo_surface_mark_dirty(surface);
  cairo_surface_write_to_png(surface, path.c_str());
  cairo_surface_destroy(surface);
}

}  // namespace perspective::sweep
