#include "report/slips.h"

#include "token/token.h"

namespace perspective::report {
namespace {

constexpr std::size_t kSlipsAPage = 4;  // in two languages and with lines to cut along, 15 lines each
constexpr std::size_t kColumns = 76;

std::string cut_line() {
  std::string line;
  while (line.size() < kColumns) line += "- ";
  line.back() = '\n';
  return line;
}

}  // namespace

Result<std::string> slips(const std::string& area, const std::vector<std::string>& tokens,
                          const std::vector<text::Catalogue>& phrases) {
  std::string about;
  for (const auto& words : phrases) {
    const auto written = words.format("report.slip", {{"area", area}});
    if (!written) return std::unexpected(written.error());
    about += *written + "\n\n";
  }
  std::string sheet;
  std::size_t on_page = 0;
  for (const auto& token : tokens) {
    if (on_page == kSlipsAPage) {
      sheet += '\f';
      on_page = 0;
    }
    sheet += cut_line() + "\n" + about + "        " + token::grouped(token) + "\n\n";
    ++on_page;
  }
  return sheet + cut_line();
}

}  // namespace perspective::report
