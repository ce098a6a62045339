#include "program/measurement.h"

#include <sstream>

#include "base/file.h"
#include "envelope/digest.h"

namespace perspective {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSumDigits = 64;
constexpr std::string_view kBetween = "  ";
constexpr std::string_view kGone = "gone";

bool is_entry(const std::string& line) {
  return line.size() > kSumDigits + kBetween.size() && line.substr(kSumDigits, kBetween.size()) == kBetween &&
         line.find_first_not_of("0123456789abcdef") == kSumDigits;
}

Result<std::string> sum_of(const fs::path& file) {
  const auto content = read_file(file);
  if (content) return envelope::sha256_hex(*content);
  if (content.error().code == ErrorCode::not_found) return std::string(kGone);
  return std::unexpected(content.error());
}

}  // namespace

Result<Measurement> measure(const fs::path& list, const fs::path& root) {
  const auto text = read_text(list);
  if (!text) return std::unexpected(text.error());
  Measurement measured;
  std::string now;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    if (!is_entry(line)) return fail(ErrorCode::corrupt, list.string() + " is no list of sha256sum");
    const auto name = line.substr(kSumDigits + kBetween.size());
    const auto sum = sum_of(root / name);
    if (!sum) return std::unexpected(sum.error());
    if (*sum != line.substr(0, kSumDigits)) measured.changed.push_back(name);
    now += *sum + std::string(kBetween) + name + "\n";
  }
  if (now.empty()) return fail(ErrorCode::corrupt, list.string() + " is empty");
  measured.sha256 = envelope::sha256_hex(as_bytes(now));
  return measured;
}

}  // namespace perspective
