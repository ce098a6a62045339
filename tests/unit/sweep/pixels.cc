// The part of measure.h that looks at pixels.
#include <algorithm>
#include <cmath>

#include "measure.h"

namespace perspective::sweep {
namespace {

using access::contrast;
using access::Rgb;
using platform::Box;
using platform::Piece;
using platform::Rect;
using screen::Item;
using screen::Role;

std::string number(double value) {
  const auto text = std::to_string(value);
  return text.substr(0, text.find('.') + 3) + ":1";
}

std::uint32_t packed(Rgb colour) {
  return static_cast<std::uint32_t>(colour.red) << 16U | static_cast<std::uint32_t>(colour.green) << 8U | colour.blue;
}
Rgb unpacked(std::uint32_t colour) {
  return {static_cast<std::uint8_t>(colour >> 16U), static_cast<std::uint8_t>(colour >> 8U),
          static_cast<std::uint8_t>(colour)};
}

class Tally {
 public:
  void add(Rgb colour) {
    ++counts_[packed(colour)];
    ++all_;
  }
  int all() const { return all_; }
  Rgb most() const { return unpacked(top()->first); }
  int others() const { return all_ - top()->second; }

 private:
  std::map<std::uint32_t, int>::const_iterator top() const {
    return std::ranges::max_element(counts_, {}, [](const auto& each) { return each.second; });
  }
  std::map<std::uint32_t, int> counts_;
  int all_ = 0;
};

struct Ink {
  Tally letters;
  Tally ground;
};
// Which colours the letters have where they are whole, and what shows between them. Only what is seen.
Ink ink_of(const Piece& piece, const platform::Mask& mask, float dy, const Rect& seen, const Picture& picture) {
  Ink ink;
  const int left = static_cast<int>(std::floor(piece.x)) - piece.block->left;
  const int top = static_cast<int>(std::floor(piece.y + dy));
  for (int y = 0; y < mask.height; ++y) {
    const auto row = static_cast<float>(top + y);
    if (row < seen.y || row + 1 > seen.bottom()) continue;
    for (int x = 0; x < mask.width; ++x) {
      if (!picture.holds(left + x, top + y)) continue;
      const std::uint8_t coverage = mask.bytes[static_cast<std::size_t>(y * mask.stride + x)];
      if (coverage == 255) ink.letters.add(picture.at(left + x, top + y));
      if (coverage == 0) ink.ground.add(picture.at(left + x, top + y));
    }
  }
  return ink;
}

// The strongest step from what is outside of `rect` to its edge, half-way down its left side.
double edge_contrast(const Picture& picture, const Rect& rect) {
  const int y = static_cast<int>(rect.y + rect.height / 2);
  const int x = static_cast<int>(std::round(rect.x));
  double strongest = 1;
  if (!picture.holds(x - 3, y)) return 21;
  for (int step = -1; step <= 3; ++step) {
    if (picture.holds(x + step, y)) {
      strongest = std::max(strongest, contrast(picture.at(x - 3, y), picture.at(x + step, y)));
    }
  }
  return strongest;
}

double tick_contrast(const Picture& picture, const Rect& mark) {
  const Rgb ground =
      picture.at(static_cast<int>(mark.x + mark.width * 0.5F), static_cast<int>(mark.y + mark.height * 0.2F));
  double strongest = 1;
  for (int y = static_cast<int>(mark.y + mark.height * 0.3F); y < static_cast<int>(mark.y + mark.height * 0.7F); ++y) {
    for (int x = static_cast<int>(mark.x + mark.width * 0.25F); x < static_cast<int>(mark.x + mark.width * 0.75F);
         ++x) {
      if (picture.holds(x, y)) strongest = std::max(strongest, contrast(ground, picture.at(x, y)));
    }
  }
  return strongest;
}

}  // namespace

void check_ink(const Frame& frame, const Picture& picture, const Masks& masks, visit::Colours colours, double& worst,
               Findings& findings) {
  for (const Box& box : frame.layout.boxes) {
    const Range enabled = text_contrast(colours);
    const Range range = box.item->enabled ? enabled : Range{kDisabledContrast, 21};
    for (const Piece& piece : box.pieces) {
      const platform::Mask* mask = masks.find(piece.block->texture);
      if (mask == nullptr) continue;
      const float dy = box.item->place == screen::Place::content ? frame.dy() : 0;
      const Ink ink = ink_of(piece, *mask, dy, frame.text_seen_through(box), picture);
      if (ink.letters.all() < 4 || ink.ground.all() < 4) continue;
      const double found = contrast(ink.letters.most(), ink.ground.most());
      if (box.item->enabled) worst = std::min(worst, found);
      if (found + 0.005 < range.least || found - 0.005 > range.most) {
        findings.push_back({"contrast of text", box.item->id, number(found) + ": " + box.item->label});
      }
      if (ink.letters.others() * 50 > ink.letters.all()) {
        findings.push_back({"painted over", box.item->id, std::to_string(ink.letters.others()) + " pixels of letters"});
      }
    }
  }
}

void check_edges(const Frame& frame, const Picture& picture, const platform::Dress& dress, Findings& findings) {
  for (const Box& box : frame.layout.boxes) {
    const Item& item = *box.item;
    const Role role = item.role;
    const bool has_edge = is_focusable(item) || role == Role::summary || role == Role::helpline || role == Role::word;
    const Rect rect = frame.on_window(box, box.frame.width > 0 ? box.frame : box.rect);
    if (!has_edge || !frame.seen_through(box).holds(rect) || rect.height < dress.line * 4) continue;
    const double edge = edge_contrast(picture, rect);
    if (edge < kOtherContrast) findings.push_back({"contrast of the edge", item.id, number(edge)});
    if (role != Role::radio && role != Role::checkbox) continue;
    const Rect mark = frame.on_window(box, box.mark);
    const double ring = edge_contrast(picture, mark);
    if (ring < kOtherContrast) findings.push_back({"contrast of the mark", item.id, number(ring)});
    if (!item.selected) continue;
    const double tick = tick_contrast(picture, mark);
    if (tick < kOtherContrast) findings.push_back({"contrast of the tick", item.id, number(tick)});
  }
}

// WCAG 2.2, 2.4.13: as much area as two pixels all around, that change by 3:1 when the focus comes.
void check_ring(const Frame& frame, const std::string& focused, const Picture& without, const Picture& with,
                Findings& findings) {
  const Box* box = frame.layout.box(focused);
  if (box == nullptr) return;
  int changed = 0;
  for (std::size_t i = 0; i < with.pixels.size(); ++i) {
    const bool differs = !(with.pixels[i] == without.pixels[i]);
    if (differs && contrast(with.pixels[i], without.pixels[i]) >= kOtherContrast) ++changed;
  }
  const float wanted = 2 * 2 * (box->rect.width + box->rect.height);
  if (static_cast<float>(changed) < wanted) {
    findings.push_back({"weak focus ring", focused,
                        std::to_string(changed) + " of " + std::to_string(std::lround(wanted)) + " pixels"});
  }
}

}  // namespace perspective::sweep
