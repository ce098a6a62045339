#include "paper/form_pdf.h"

#include <algorithm>
#include <map>
#include <optional>

#include "paper/picture.h"
#include "paper/reference.h"
#include "sheet/pdf.h"

namespace perspective::paper {
namespace {

using Kind = Line::Kind;

// Points.
struct Sizes {
  double body = 12;
  double small = 10;  // numbers of options, the foot
  double heading = 16;
  double title = 24;
  double tick_box = 15;
  double picture = 0;
  double write_box = 108;
  double between = 20;  // blocks
};
constexpr Sizes sizes_of(Style style) {
  if (style == Style::large_print) return {18, 16, 23, 32, 22, 0, 170, 32};
  if (style == Style::easy_read) return {15, 12, 20, 28, 21, 40, 140, 30};
  return {};
}
constexpr double kMargin = 50;
constexpr double kTop = 46;
constexpr double kFoot = 58;  // from the lower edge
constexpr double kWidth = sheet::kWidth - 2 * kMargin;
constexpr double kLowest = sheet::kHeight - kFoot - 14;
constexpr double kRoom = kLowest - kTop;
constexpr double kPad = 8;
constexpr double kBar = 3;
constexpr double kThin = 0.8;
constexpr double kThick = 1.6;
constexpr double kTokenBox = 28;
constexpr std::size_t kTokenBoxes = 12;
constexpr std::size_t kTokenGroup = 4;
constexpr double kGo = 0.48;  // of a line: where to go on

struct Placed {
  const Line* line = nullptr;
  double y = 0;
};
struct Page {
  std::vector<Placed> lines;
  bool has_reference = true;
};

enum class Pass {
  measure,   // nothing is drawn
  decorate,  // what no screen reader reads
  write,     // what one reads
};

class Press {
 public:
  Press(const Form& form, Style style, const text::Catalogue& words, const survey::Pictures& pictures)
      : form_(form),
        sizes_(sizes_of(style)),
        words_(words),
        pictures_(pictures),
        is_from_right_(text::is_right_to_left(form.language)),
        pdf_(form.title, form.language) {}

  Result<std::string> printed(const std::vector<std::string>& references) {
    for (const auto& part : form_.parts) paginate(part);
    for (const auto& reference : references) {
      for (std::size_t i = 0; i < pages_.size(); ++i) draw(pages_[i], i + 1, reference);
    }
    if (error_) return std::unexpected(*error_);
    return pdf_.finished();
  }

 private:
  // Where something stands that begins so far from the side on which lines begin.
  double x(double from_start, double width) const {
    return is_from_right_ ? kMargin + kWidth - from_start - width : kMargin + from_start;
  }

  double text(Pass pass, const char* element, const std::string& words, double from_start, double y, double width,
              double size, bool is_bold = false) {
    const auto layout = pdf_.laid_out(words, {.width = width, .size = size, .is_bold = is_bold});
    if (pass == Pass::write) {
      pdf_.begin(element);
      pdf_.show(layout, x(from_start, width), y);
      pdf_.end(element);
    }
    return sheet::height_of(layout);
  }

  // Each line for itself: who listens would hear two as one.
  double sentences(Pass pass, const std::string& lines, double from_start, double y, double width, double size) {
    double height = 0;
    for (std::size_t at = 0; at <= lines.size();) {
      const auto end = std::min(lines.find('\n', at), lines.size());
      height += text(pass, "P", lines.substr(at, end - at), from_start, y + height, width, size);
      at = end + 1;
    }
    return height;
  }

  void paginate(const Part& part) {
    new_page(part);
    double y = kTop;
    for (const auto& block : part.blocks) {
      double height = 0;
      for (const auto& line : block) height += place(line, 0, Pass::measure);
      if (y > kTop && y + height > kLowest && y > kTop + kRoom / 4) {
        new_page(part);
        y = kTop;
      }
      for (const auto& line : block) {
        const double needed = place(line, 0, Pass::measure);
        if (y > kTop && y + needed > kLowest) {
          new_page(part);
          y = kTop;
        }
        pages_.back().lines.push_back({&line, y});
        y += needed;
      }
      y += sizes_.between;
    }
    if (pages_.size() % 2 != 0) new_page(part);
  }
  void new_page(const Part& part) { pages_.push_back({.lines = {}, .has_reference = part.has_reference}); }

  void draw(const Page& page, std::size_t number, const std::string& reference) {
    reference_ = reference;
    for (const auto& [line, y] : page.lines) place(*line, y, Pass::decorate);
    foot(page, number);
    bool is_in_list = false;
    for (const auto& [line, y] : page.lines) {
      if ((line->kind == Kind::option) != is_in_list) {
        is_in_list ? pdf_.end("L") : pdf_.begin("L");
        is_in_list = !is_in_list;
      }
      place(*line, y, Pass::write);
    }
    if (is_in_list) pdf_.end("L");
    if (page.lines.empty()) text(Pass::write, "P", say("paper.empty"), 0, kTop, kWidth, sizes_.body);
    pdf_.end_sheet();
  }

  void foot(const Page& page, std::size_t number) {
    const double y = sheet::kHeight - kFoot;
    pdf_.line(kMargin, y, kMargin + kWidth, y, kThin);
    const auto show = [&](const std::string& words, sheet::Side side) {
      pdf_.show(pdf_.laid_out(words, {.width = kWidth, .size = sizes_.small, .side = side}), kMargin, y + 5);
    };
    if (page.has_reference) show(say("paper.reference", {{"reference", shown_reference()}}), sheet::Side::start);
    show(say("paper.page",
             {{"page", static_cast<std::int64_t>(number)}, {"pages", static_cast<std::int64_t>(pages_.size())}}),
         sheet::Side::end);
  }

  // Its height.
  double place(const Line& line, double y, Pass pass) {
    switch (line.kind) {
      case Kind::title:
        return text(pass, "H1", line.text, 0, y, kWidth, sizes_.title, true) + kPad;
      case Kind::heading:
        return text(pass, "H2", line.text, 0, y, kWidth, sizes_.heading, true) + kPad / 2;
      case Kind::question:
        return question(line, y, pass);
      case Kind::paragraph:
        return sentences(pass, line.text, 0, y, kWidth, sizes_.body) + kPad / 2;
      case Kind::condition:
        return condition(line, y, pass);
      case Kind::remark:
        return remark(line, y, pass);
      case Kind::option:
        return option(line, y, pass);
      case Kind::write_box:
        if (pass == Pass::decorate) pdf_.box(kMargin, y + kPad / 2, kWidth, sizes_.write_box, kThick);
        return sizes_.write_box + kPad;
      case Kind::token_box:
        return token_boxes(y, pass);
      case Kind::code:
        return code(line, y, pass);
    }
    return 0;
  }

  double question(const Line& line, double y, Pass pass) {
    const double lead = sizes_.heading * 1.9;
    const auto number = pdf_.laid_out(line.lead + ".", {.width = lead, .size = sizes_.heading, .is_bold = true});
    const auto words = pdf_.laid_out(line.text, {.width = kWidth - lead, .size = sizes_.body + 1, .is_bold = true});
    // On one base line, though the number is larger.
    const double down = baseline_of(number) - baseline_of(words);
    if (pass == Pass::write) {
      pdf_.begin("H3");
      pdf_.show(number, x(0, lead), y);
      pdf_.show(words, x(lead, kWidth - lead), y + down);
      pdf_.end("H3");
    }
    return std::max(sheet::height_of(number), sheet::height_of(words) + down) + kPad / 2;
  }

  static double baseline_of(const sheet::Layout& layout) {
    return static_cast<double>(pango_layout_get_baseline(layout.get())) / PANGO_SCALE;
  }

  double condition(const Line& line, double y, Pass pass) {
    const double height = text(pass, "P", line.text, kBar + kPad, y, kWidth - kBar - kPad, sizes_.body);
    if (pass == Pass::decorate) {
      const double at = x(0, 0);
      pdf_.line(at, y, at, y + height, kBar);
    }
    return height + kPad;
  }

  double remark(const Line& line, double y, Pass pass) {
    const double height = sentences(pass, line.text, kPad, y + kPad / 2, kWidth - 2 * kPad, sizes_.body) + kPad;
    if (pass == Pass::decorate) pdf_.box(kMargin, y, kWidth, height, kThin);
    return height + kPad;
  }

  // number, box, picture, words; where to go on.
  double option(const Line& line, double y, Pass pass) {
    const double number_width = std::max(18.0, sizes_.body * 1.4);
    double at = number_width + sizes_.tick_box + kPad;
    const double picture_at = at + kPad / 2;
    if (!line.picture.empty()) at = picture_at + sizes_.picture + kPad;
    const double go_width = line.go.empty() ? 0 : (kWidth - at) * kGo;
    const double words_width = kWidth - at - go_width - kPad;
    const std::string go = (is_from_right_ ? "\u2190 " : "\u2192 ") + line.go;
    const auto words = pdf_.laid_out(line.text, {.width = words_width, .size = sizes_.body});
    const auto where = pdf_.laid_out(go, {.width = std::max(go_width, 1.0), .size = sizes_.body, .is_bold = true});
    const double text_height = std::max(sheet::height_of(words), line.go.empty() ? 0 : sheet::height_of(where));
    const double height =
        std::max({text_height, sizes_.tick_box + kPad / 2, line.picture.empty() ? 0 : sizes_.picture});
    const auto centred = [&](double of) { return y + (height - of) / 2; };
    if (pass == Pass::decorate) {
      pdf_.box(x(number_width, sizes_.tick_box), centred(sizes_.tick_box), sizes_.tick_box, sizes_.tick_box, kThick);
    }
    if (pass == Pass::write) {
      pdf_.begin("LI");
      const auto number = pdf_.laid_out(line.lead, {.width = number_width, .size = sizes_.small});
      tagged("Lbl", number, x(0, number_width), centred(sheet::height_of(number)));
      pdf_.begin("LBody");
      figure(line, picture_at, centred(sizes_.picture));
      tagged("P", words, x(at, words_width), centred(sheet::height_of(words)));
      if (!line.go.empty()) tagged("P", where, x(at + words_width + kPad, go_width), centred(sheet::height_of(where)));
      pdf_.end("LBody");
      pdf_.end("LI");
    }
    return height + kPad / 2;
  }

  void tagged(const char* element, const sheet::Layout& layout, double left, double y) {
    pdf_.begin(element);
    pdf_.show(layout, left, y);
    pdf_.end(element);
  }

  void figure(const Line& line, double from_start, double y) {
    const Picture* const picture = picture_of(line);
    if (picture == nullptr) return;
    pdf_.begin_figure(line.alternative);
    picture->show(pdf_.context(), x(from_start, sizes_.picture), y);
    pdf_.end_figure();
  }

  const Picture* picture_of(const Line& line) {
    const auto found = pictures_.find(line.picture);
    if (line.picture.empty() || found == pictures_.end()) return nullptr;
    const auto [place, is_new] = drawn_.try_emplace(line.picture);
    if (is_new) {
      auto drawn = Picture::drawn(found->second, sizes_.picture);
      if (drawn) place->second = *std::move(drawn);
      if (!drawn && !error_) error_ = drawn.error();
    }
    return place->second ? &*place->second : nullptr;
  }

  double token_boxes(double y, Pass pass) {
    const auto from_left = [](std::size_t i) {
      return static_cast<double>(i) * kTokenBox + static_cast<double>(i / kTokenGroup) * 2 * kPad;
    };
    const double left = x(0, from_left(kTokenBoxes - 1) + kTokenBox);
    for (std::size_t i = 0; i < kTokenBoxes && pass == Pass::decorate; ++i) {
      pdf_.box(left + from_left(i), y + kPad / 2, kTokenBox, kTokenBox * 1.25, kThick);
    }
    return kTokenBox * 1.25 + kPad;
  }

  double code(const Line& line, double y, Pass pass) {
    std::string words = line.text;
    const std::string_view hole = "{reference}";
    if (const auto at = words.find(hole); at != std::string::npos) words.replace(at, hole.size(), shown_reference());
    return text(pass, "P", words, 0, y, kWidth, sizes_.heading, true) + kPad;
  }

  // Read from left to right wherever it stands (U+2066, U+2069), and not broken at its hyphens.
  std::string shown_reference() const {
    std::string shown = is_from_right_ ? "\u2066" : "";
    for (const char c : reference_) shown += c == '-' ? std::string("\u2011") : std::string(1, c);
    return shown + (is_from_right_ ? "\u2069" : "");
  }

  std::string say(std::string_view key, const text::Arguments& arguments = {}) {
    auto text = words_.format(key, arguments);
    if (!text && !error_) error_ = text.error();
    return text.value_or(std::string());
  }

  const Form& form_;
  const Sizes sizes_;
  const text::Catalogue& words_;
  const survey::Pictures& pictures_;
  std::map<std::string, std::optional<Picture>> drawn_;  // by name; nothing: it is no drawing
  const bool is_from_right_;
  sheet::Pdf pdf_;
  std::vector<Page> pages_;
  std::string reference_ = "BCD-BCD-BCD";  // while it is measured: as wide as others
  std::optional<Error> error_;
};

}  // namespace

Result<std::string> forms_pdf(const Form& form, Style style, const text::Catalogue& words,
                              const survey::Pictures& pictures, const std::vector<std::string>& references) {
  return Press(form, style, words, pictures).printed(references);
}

}  // namespace perspective::paper
