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
    const Corners corners = {a, b, c, {colour_of(a.col), colour_of(b.col), colour_of(c.col)}, area};
    for (int y = from_y; y < to_y; ++y) {
      // An edge lets in what lies on one side of it: a row has one stretch that all three let in.
      float first = static_cast<float>(from_x);
      float last = static_cast<float>(to_x - 1);
      for (const auto& [from, to] : {std::pair(b.pos, c.pos), std::pair(c.pos, a.pos), std::pair(a.pos, b.pos)}) {
        const float step = from.y - to.y;  // of the edge's side, from one pixel to the next
        if (step == 0) continue;
        const float crossing = -cross(from, to, centre(0, y)) / step;
        (step > 0 ? first : last) = step > 0 ? std::max(first, crossing - 1) : std::min(last, crossing + 1);
      }
      if (first > last) continue;
      int x = static_cast<int>(first);
      int end = static_cast<int>(last);
      while (x <= end && !holds(corners, x, y)) ++x;
      while (end > x && !holds(corners, end, y)) --end;
      fill(corners, y, x, end);
    }
  }

 private:
  struct Corners {
    const ImDrawVert& a;
    const ImDrawVert& b;
    const ImDrawVert& c;
    std::array<Colour, 3> colours;
    float area;
    bool is_of_one_colour() const { return a.col == b.col && b.col == c.col; }
  };

  static ImVec2 centre(int x, int y) { return {static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F}; }
  static float cross(const ImVec2& a, const ImVec2& b, const ImVec2& c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  }
  // A pixel on the edge of two triangles belongs to one of them.
  static bool is_in(float side, const ImVec2& from, const ImVec2& to) {
    return side > 0 || (side == 0 && (from.y > to.y || (from.y == to.y && from.x < to.x)));
  }
  static bool holds(const Corners& corners, int x, int y) {
    const auto& [a, b, c, colours, area] = corners;
    const ImVec2 at = centre(x, y);
    return is_in(cross(b.pos, c.pos, at), b.pos, c.pos) && is_in(cross(c.pos, a.pos, at), c.pos, a.pos) &&
           is_in(cross(a.pos, b.pos, at), a.pos, b.pos);
  }
  void fill(const Corners& corners, int y, int x, int end) const {
    const Colour& only = corners.colours[0];
    const bool is_of_one_colour = corners.is_of_one_colour();
    if (mask_ == nullptr && is_of_one_colour && only.alpha >= 1) {
      const Rgb whole = over({}, only, 1);
      for (; x <= end; ++x) pixel(x, y) = whole;
      return;
    }
    const Parts first = parts_of(corners, x, y);
    const Parts second = parts_of(corners, x + 1, y);
    const Texel from = texel_of(corners, first);
    const Texel next = texel_of(corners, second);
    for (int i = 0; x <= end; ++x, ++i) {
      const auto steps = static_cast<float>(i);
      const std::uint8_t covered =
          mask_ == nullptr ? 255 : coverage({from.x + steps * (next.x - from.x), from.y + steps * (next.y - from.y)});
      if (covered == 0) continue;
      const Colour colour = is_of_one_colour ? only : mixed(corners.colours, parts_of(corners, x, y));
      Rgb& below = pixel(x, y);
      below = over(below, colour, std::min(1.0F, colour.alpha * static_cast<float>(covered) / 255));
    }
  }
  using Parts = std::array<float, 3>;  // how near to each corner
  static Parts parts_of(const Corners& corners, int x, int y) {
    const auto& [a, b, c, colours, area] = corners;
    const ImVec2 at = centre(x, y);
    return {cross(b.pos, c.pos, at) / area, cross(c.pos, a.pos, at) / area, cross(a.pos, b.pos, at) / area};
  }
  struct Texel {
    float x, y;
  };
  Texel texel_of(const Corners& corners, const Parts& part) const {
    if (mask_ == nullptr) return {0, 0};
    const auto& [a, b, c, colours, area] = corners;
    return {(a.uv.x * part[0] + b.uv.x * part[1] + c.uv.x * part[2]) * static_cast<float>(mask_->width),
            (a.uv.y * part[0] + b.uv.y * part[1] + c.uv.y * part[2]) * static_cast<float>(mask_->height)};
  }
  std::uint8_t coverage(const Texel& texel) const {
    const int x = std::clamp(static_cast<int>(texel.x), 0, mask_->width - 1);
    const int y = std::clamp(static_cast<int>(texel.y), 0, mask_->height - 1);
    return mask_->bytes[static_cast<std::size_t>(y * mask_->stride + x)];
  }
  static Colour mixed(const std::array<Colour, 3>& colours, const Parts& part) {
    Colour sum{0, 0, 0, 0};
    for (std::size_t i = 0; i < 3; ++i) {
      sum.red += colours[i].red * part[i];
      sum.green += colours[i].green * part[i];
      sum.blue += colours[i].blue * part[i];
      sum.alpha += colours[i].alpha * part[i];
    }
    return sum;
  }
  Rgb& pixel(int x, int y) const {
    return picture_
        .pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture_.width) + static_cast<std::size_t>(x)];
  }
  static Rgb over(Rgb below, const Colour& above, float alpha) {
    const auto mixed = [&](std::uint8_t from, float to) {
      return static_cast<std::uint8_t>(static_cast<float>(from) * (1 - alpha) + to * alpha + 0.5F);
    };
    return {mixed(below.red, above.red), mixed(below.green, above.green), mixed(below.blue, above.blue)};
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
