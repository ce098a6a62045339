#include "store/withdrawn_file.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

#include "base/file.h"

namespace perspective::store {
namespace {

std::optional<Withdrawn> parse(const std::string& line) {
  const auto space = line.find(' ');
  if (space == 0 || space == std::string::npos) return std::nullopt;
  const auto bytes = from_hex(std::string_view(line).substr(space + 1));
  Withdrawn withdrawn{line.substr(0, space), {}};
  if (!bytes || bytes->size() != withdrawn.id.size()) return std::nullopt;
  std::ranges::copy(*bytes, withdrawn.id.begin());
  return withdrawn;
}

}  // namespace

Result<std::unique_ptr<WithdrawnFile>> WithdrawnFile::open(const std::filesystem::path& path) {
  std::unique_ptr<WithdrawnFile> file(new WithdrawnFile(path));
  const auto text = read_text(path);
  if (!text && text.error().code == ErrorCode::not_found) return file;
  if (!text) return std::unexpected(text.error());
  std::istringstream lines(*text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.empty()) continue;
    auto withdrawn = parse(line);
    if (!withdrawn) {
      return fail(ErrorCode::corrupt, path.string() + ", line " + std::to_string(number) +
                                          ": not an inspection and an id. It keeps away what people took back; put it "
                                          "right before you start again");
    }
    file->lines_.insert(*std::move(withdrawn));
  }
  return file;
}

Result<void> WithdrawnFile::add(const std::vector<Withdrawn>& withdrawn) {
  const std::lock_guard lock(mutex_);
  auto lines = lines_;
  lines.insert(withdrawn.begin(), withdrawn.end());
  if (lines.size() == lines_.size()) return {};
  std::string text;
  for (const auto& [inspection, id] : lines) text += inspection + " " + to_hex(ByteView(id)) + "\n";
  if (auto written = write_file(path_, as_bytes(text)); !written) return written;
  lines_ = std::move(lines);
  return {};
}

Result<void> WithdrawnFile::apply_to(Store& store) {
  const auto known = store.withdrawn();
  if (!known) return std::unexpected(known.error());
  if (auto added = add(*known); !added) return added;
  const std::lock_guard lock(mutex_);
  for (const auto& line : lines_) {
    if (std::ranges::binary_search(*known, line)) continue;
    if (auto withdrawn = store.withdraw(line.inspection, line.id); !withdrawn) return withdrawn;
  }
  return {};
}

}  // namespace perspective::store
