#include "platform/paper.h"

#include <algorithm>

#include "base/file.h"
#include "sheet/pdf.h"

namespace perspective::platform {
namespace {

// Points, 72 an inch.
constexpr double kMargin = 56;
constexpr double kWidth = sheet::kWidth - 2 * kMargin;
constexpr double kNameWidth = 200;
constexpr double kGap = 12;
constexpr double kBetween = 7;
constexpr double kSign = 16;
constexpr double kRule = 0.5;

class Page {
 public:
  explicit Page(const Paper& paper) : pdf_(paper.heading, paper.language) {}

  // Gives its height.
  double text(const std::string& words, double x, double y, double width, double size, bool is_bold = false,
              const char* element = "P") const {
    const auto layout = pdf_.laid_out(words, {.width = width, .size = size, .is_bold = is_bold});
    pdf_.begin(element);
    const double height = pdf_.show(layout, x, y);
    pdf_.end(element);
    return height;
  }
  void rule(double y) const { pdf_.line(kMargin, y, kMargin + kWidth, y, kRule); }
  Result<std::string> finished() {
    pdf_.end_sheet();
    return pdf_.finished();
  }

 private:
  sheet::Pdf pdf_;
};

// Where the next thing would stand.
double draw(const Page& page, const Paper& paper) {
  constexpr double kHeading = 20;
  constexpr double kBody = 11;
  constexpr double kSmall = 9;
  double y = kMargin;
  y += page.text(paper.heading, kMargin, y, kWidth, kHeading, true, "H1");
  y += page.text(paper.below, kMargin, y, kWidth, kSmall) + kGap;
  for (const PaperRow& row : paper.rows) {
    page.rule(y);
    y += kBetween;
    if (row.is_marked) page.text("!", kMargin, y, kSign, kBody, true);
    const double name = page.text(row.name, kMargin + kSign, y, kNameWidth - kSign - kGap, kBody);
    const double value = page.text(row.value, kMargin + kNameWidth, y, kWidth - kNameWidth, kBody, true);
    y += std::max(name, value) + kBetween;
  }
  page.rule(y);
  y += kGap;
  return y + page.text(paper.end, kMargin, y, kWidth, kSmall);
}

}  // namespace

Result<void> write_pdf(const Paper& paper, const std::filesystem::path& file) {
  Page page(paper);
  const double end = draw(page, paper);
  const auto pdf = page.finished();
  if (!pdf) return std::unexpected(pdf.error());
  if (auto written = write_file(file, as_bytes(*pdf)); !written) {
    return fail(ErrorCode::io, file.string() + ": cannot be written");
  }
  if (end > sheet::kHeight - kMargin) return fail(ErrorCode::invalid, "the report is too long for one sheet");
  return {};
}

}  // namespace perspective::platform
