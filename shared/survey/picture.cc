#include "survey/picture.h"

#include <algorithm>
#include <array>

namespace perspective::survey {
namespace {

constexpr std::size_t kMaxNameBytes = 64;
constexpr std::size_t kMaxElements = 256;
constexpr std::size_t kMaxDepth = 8;
constexpr std::string_view kNamespace = "http://www.w3.org/2000/svg";
constexpr std::string_view kSquare = "0 0 64 64";

constexpr std::array<std::string_view, 9> kElements = {"svg",  "g",    "path",     "circle", "ellipse",
                                                       "rect", "line", "polyline", "polygon"};
// Sizes, places, lines. Colours and the two of <svg> are looked at apart.
constexpr std::array<std::string_view, 20> kMeasures = {"d",
                                                        "points",
                                                        "cx",
                                                        "cy",
                                                        "r",
                                                        "rx",
                                                        "ry",
                                                        "x",
                                                        "y",
                                                        "x1",
                                                        "y1",
                                                        "x2",
                                                        "y2",
                                                        "width",
                                                        "height",
                                                        "stroke-width",
                                                        "stroke-linecap",
                                                        "stroke-linejoin",
                                                        "fill-rule",
                                                        "transform"};

bool is_among(const auto& names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// No quotation mark, colon, semicolon or number sign: no address, no style, no reference can be written with these.
bool is_measure(std::string_view value) {
  return std::ranges::all_of(value, [](char c) {
    return is_letter(c) || is_digit(c) || is_space(c) || std::string_view(".,-+()").find(c) != std::string_view::npos;
  });
}

// Throws PictureFault at the first thing that is wrong; fault_of_picture() catches.
class Reader {
 public:
  explicit Reader(std::string_view svg) : svg_(svg) {}

  void read() {
    skip_space();
    if (!svg_.substr(at_).starts_with("<svg")) wrong("does not begin with <svg>");
    element(1);
    skip_space();
    if (at_ < svg_.size()) wrong("goes on behind </svg>");
  }

 private:
  [[noreturn]] void wrong(std::string what) const {
    const auto read = svg_.substr(0, std::min(at_, svg_.size()));
    throw PictureFault{static_cast<std::size_t>(std::ranges::count(read, '\n')) + 1, std::move(what)};
  }

  bool is_at(std::string_view text) const { return svg_.substr(at_).starts_with(text); }
  void skip_space() {
    while (at_ < svg_.size() && is_space(svg_[at_])) ++at_;
  }
  void expect(std::string_view text) {
    if (!is_at(text)) wrong("is broken off or not well formed: here should be " + std::string(text));
    at_ += text.size();
  }
  std::string_view name() {
    const std::size_t from = at_;
    while (at_ < svg_.size() && (is_letter(svg_[at_]) || is_digit(svg_[at_]) || svg_[at_] == '-' || svg_[at_] == ':'))
      ++at_;
    return svg_.substr(from, std::min(at_ - from, kMaxNameBytes));
  }

  // The tag `<name` or `<name ... />` or `<name ...> ... </name>`.
  void element(std::size_t depth) {
    if (is_at("<!") || is_at("<?")) wrong("has a <! or <?: comments, entities and instructions do not belong in it");
    expect("<");
    const std::string_view tag = name();
    if (!is_among(kElements, tag)) wrong("has the element <" + std::string(tag) + ">");
    if ((tag == "svg") != (depth == 1)) wrong("has an <svg> within the <svg>");
    if (++elements_ > kMaxElements) wrong("has more than " + std::to_string(kMaxElements) + " elements");
    if (depth > kMaxDepth) wrong("is more than " + std::to_string(kMaxDepth) + " elements deep");
    attributes(tag == "svg");
    if (is_at("/>")) return expect("/>");
    expect(">");
    for (skip_space(); !is_at("</"); skip_space()) {
      if (at_ < svg_.size() && !is_at("<")) wrong("has text in it");
      element(depth + 1);
    }
    expect("</");
    if (name() != tag) wrong("closes another element than <" + std::string(tag) + ">");
    skip_space();
    expect(">");
  }

  void attributes(bool is_root) {
    bool is_square = false;
    bool is_svg = false;
    for (skip_space(); at_ < svg_.size() && is_letter(svg_[at_]); skip_space()) {
      const std::string_view attribute = name();
      expect("=\"");
      const std::size_t length = svg_.substr(at_).find('"');
      if (length == std::string_view::npos) wrong("is broken off within an attribute");
      const std::string_view value = svg_.substr(at_, length);
      check(attribute, value, is_root);
      is_square = is_square || attribute == "viewBox";
      is_svg = is_svg || attribute == "xmlns";
      at_ += length + 1;
    }
    if (is_root && !is_svg) wrong("has no xmlns=\"" + std::string(kNamespace) + "\"");
    if (is_root && !is_square) wrong("has no viewBox=\"" + std::string(kSquare) + "\"");
  }

  void check(std::string_view attribute, std::string_view value, bool is_root) const {
    const std::string named(attribute);
    const bool is_frame = attribute == "xmlns" || attribute == "viewBox";
    const bool is_colour = attribute == "fill" || attribute == "stroke";
    const bool is_line = attribute.starts_with("stroke-") && is_among(kMeasures, attribute);
    const bool is_allowed = is_colour || (is_root ? is_frame || is_line : is_among(kMeasures, attribute));
    if (!is_allowed) wrong("has the attribute " + named);
    if (attribute == "xmlns" && value != kNamespace) wrong("is of another xmlns than SVG");
    if (attribute == "viewBox" && value != kSquare) wrong("has another viewBox than \"" + std::string(kSquare) + "\"");
    if (is_colour && value != "none" && value != "currentColor") {
      wrong("has a colour of its own: " + named + " is neither none nor currentColor");
    }
    if (!is_frame && !is_measure(value)) wrong("has a sign in " + named + " that belongs to no shape");
  }

  std::string_view svg_;
  std::size_t at_ = 0;
  std::size_t elements_ = 0;
};

}  // namespace

bool is_picture_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameBytes && name.front() != '-' &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; });
}

std::optional<PictureFault> fault_of_picture(std::string_view svg) {
  if (svg.size() > kMaxPictureBytes) {
    return PictureFault{
        1, "has " + std::to_string(svg.size()) + " bytes, where " + std::to_string(kMaxPictureBytes) + " are the most"};
  }
  try {
    Reader(svg).read();
  } catch (const PictureFault& fault) {
    return fault;
  }
  return std::nullopt;
}

}  // namespace perspective::survey
