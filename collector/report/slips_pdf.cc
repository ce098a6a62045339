#include <algorithm>
#include <utility>

#include "report/slips.h"
#include "sheet/pdf.h"
#include "token/token.h"

namespace perspective::report {
namespace {

// Points, 72 an inch.
constexpr std::size_t kSlipsAPage = 3;
constexpr double kSlipHeight = sheet::kHeight / kSlipsAPage;
constexpr double kMargin = 40;
constexpr double kWidth = sheet::kWidth - 2 * kMargin;
constexpr double kEdge = 22;  // between a cut and what is printed
constexpr double kBetweenColumns = 24;
constexpr double kTokenSize = 34;
constexpr double kTokenPad = 8;
constexpr double kLargest = 16;  // large print
constexpr double kSmallest = 8;
constexpr double kFrame = 1.5;

struct Words {
  std::string language;
  std::string heading;
  std::string rest;
};

double column_width(std::size_t columns) {
  const auto gaps = static_cast<double>(columns - 1) * kBetweenColumns;
  return (kWidth - gaps) / static_cast<double>(columns);
}

// Gives its height; draws it where there is a place for it.
double column(const sheet::Pdf& pdf, const Words& words, double size, double width,
              const std::pair<double, double>* place) {
  const auto laid_out = [&](const std::string& text, bool is_bold) {
    return pdf.laid_out(text, {.width = width, .size = size, .is_bold = is_bold, .language = words.language});
  };
  const auto heading = laid_out(words.heading, true);
  const auto rest = laid_out(words.rest, false);
  const double below = sheet::height_of(heading);
  if (place != nullptr) {
    pdf.begin("H1");
    pdf.show(heading, place->first, place->second);
    pdf.end("H1");
    pdf.begin("P");
    pdf.show(rest, place->first, place->second + below);
    pdf.end("P");
  }
  return below + sheet::height_of(rest);
}

double height_at(const sheet::Pdf& pdf, const std::vector<Words>& all, double size) {
  double height = 0;
  for (const auto& words : all) height = std::max(height, column(pdf, words, size, column_width(all.size()), nullptr));
  return height;
}

// The largest at which every language has room above the token.
double fitting_size(const sheet::Pdf& pdf, const std::vector<Words>& all, double room) {
  double size = kLargest;
  while (size > kSmallest && height_at(pdf, all, size) > room) size -= 0.5;
  return size;
}

void draw_slip(const sheet::Pdf& pdf, const std::vector<Words>& all, const std::string& token, double top) {
  const auto code = pdf.laid_out(
      token::grouped(token),
      {.width = kWidth, .size = kTokenSize, .is_bold = true, .side = sheet::Side::centre, .language = "en"});
  const double box = sheet::height_of(code) + 2 * kTokenPad;
  const double box_top = top + kSlipHeight - kEdge - box;
  const double size = fitting_size(pdf, all, box_top - top - 1.5 * kEdge);
  const double width = column_width(all.size());
  std::pair<double, double> place{kMargin, top + kEdge};
  for (const auto& words : all) {
    column(pdf, words, size, width, &place);
    place.first += width + kBetweenColumns;
  }
  pdf.box(kMargin, box_top, kWidth, box, kFrame);
  pdf.begin("P");
  pdf.show(code, kMargin, box_top + kTokenPad);
  pdf.end("P");
}

// The first line is the heading.
Result<std::vector<Words>> words_in(const std::vector<text::Catalogue>& phrases, const std::string& area) {
  std::vector<Words> all;
  for (const auto& words : phrases) {
    auto written = words.format("report.slip", {{"area", area}});
    if (!written) return std::unexpected(written.error());
    const auto end = std::min(written->find('\n'), written->size());
    all.push_back({words.language(), written->substr(0, end), written->substr(std::min(end + 1, written->size()))});
  }
  return all;
}

}  // namespace

Result<std::string> slips_pdf(const std::string& area, const std::vector<std::string>& tokens,
                              const std::vector<text::Catalogue>& phrases) {
  const auto all = words_in(phrases, area);
  if (!all) return std::unexpected(all.error());
  if (all->empty()) return fail(ErrorCode::invalid, "slips in no language");
  sheet::Pdf pdf(all->front().heading, all->front().language);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::size_t on_page = i % kSlipsAPage;
    if (i > 0 && on_page == 0) pdf.end_sheet();
    const double top = static_cast<double>(on_page) * kSlipHeight;
    draw_slip(pdf, *all, tokens[i], top);
    if (on_page + 1 < kSlipsAPage) pdf.dashes(top + kSlipHeight);
  }
  return pdf.finished();
}

}  // namespace perspective::report
