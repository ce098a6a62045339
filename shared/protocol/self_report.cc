#include "protocol/self_report.h"

#include <algorithm>

#include "base/clock.h"

namespace perspective::protocol {
namespace {

constexpr std::string_view kProduct = "perspective-kiosk/";
constexpr std::size_t kMaxProgramBytes = 32;

// It is shown to people and kept: nothing but what a version is written in.
bool is_version(std::string_view text) {
  const auto is_plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '+' ||
           c == '-' || c == '~';
  };
  return text.size() <= kMaxProgramBytes && std::ranges::all_of(text, is_plain);
}

}  // namespace

// A digit and not a word: "yes" is longer than "no".
std::vector<std::string> headers_of(const SelfReport& report) {
  std::vector<std::string> headers{"User-Agent: " + std::string(kProduct) + report.program};
  if (report.clock_s) headers.push_back("Date: " + http_date(*report.clock_s));
  if (report.is_waiting) headers.push_back(std::string("Perspective-Waiting: ") + (*report.is_waiting ? "1" : "0"));
  return headers;
}

SelfReport self_report_from(const std::function<std::string(std::string_view name)>& header) {
  SelfReport report;
  const std::string agent = header("user-agent");
  if (agent.starts_with(kProduct) && is_version(agent.substr(kProduct.size()))) {
    report.program = agent.substr(kProduct.size());
  }
  report.clock_s = time_of_http_date(header("date"));
  const std::string waiting = header("perspective-waiting");
  if (waiting == "0" || waiting == "1") report.is_waiting = waiting == "1";
  return report;
}

}  // namespace perspective::protocol
