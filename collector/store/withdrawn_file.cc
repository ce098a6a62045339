#include "store/withdrawn_file.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

#include "base/file.h"

namespace perspective::store {
namespace {

constexpr std::string_view kCame = " came";

std::optional<std::pair<Withdrawn, WithdrawnFile::Came>> parse(std::string_view line) {
  const bool has_come = line.ends_with(kCame);
  if (has_come) line.remove_suffix(kCame.size());
  const auto space = line.find(' ');
  if (space == 0 || space == std::string_view::npos) return std::nullopt;
  const auto bytes = from_hex(line.substr(space + 1));
  Withdrawn withdrawn{std::string(line.substr(0, space)), {}};
  if (!bytes || bytes->size() != withdrawn.id.size()) return std::nullopt;
  std::ranges::copy(*bytes, withdrawn.id.begin());
  return std::pair(std::move(withdrawn), has_come ? WithdrawnFile::Came::stored : WithdrawnFile::Came::unknown);
}

using Lines = std::map<Withdrawn, WithdrawnFile::Came>;

bool is_news(const Lines& lines, const Withdrawn& withdrawn, WithdrawnFile::Came came) {
  const auto known = lines.find(withdrawn);
  return known == lines.end() || (came == WithdrawnFile::Came::stored && known->second != came);
}

void note(Lines& lines, const Withdrawn& withdrawn, WithdrawnFile::Came came) {
  if (is_news(lines, withdrawn, came)) lines.insert_or_assign(withdrawn, came);
}

std::string to_text(const Lines& lines) {
  std::string text;
  for (const auto& [one, came] : lines) {
    text += one.inspection + " " + to_hex(ByteView(one.id));
    text.append(came == WithdrawnFile::Came::stored ? kCame : "").append("\n");
  }
  return text;
}

}  // namespace

Result<std::unique_ptr<WithdrawnFile>> WithdrawnFile::open(const std::filesystem::path& path) {
  std::unique_ptr<WithdrawnFile> file(new WithdrawnFile(path));
  const auto text = read_text(path);
  if (!text && text.error().code == ErrorCode::not_found) return file;
  if (!text) return std::unexpected(text.error());
  file->is_whole_ = text->empty() || text->ends_with('\n');
  std::istringstream lines(*text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    ++file->at_the_end_;  // for all that is known here
    if (line.empty()) continue;
    const auto parsed = parse(line);
    const bool is_torn = lines.eof();  // it has no end
    if (!parsed && is_torn) break;
    if (!parsed) {
      return fail(ErrorCode::corrupt, path.string() + ", line " + std::to_string(number) +
                                          ": not an inspection and an id. It keeps away what people took back; put it "
                                          "right before you start again");
    }
    note(file->lines_, parsed->first, parsed->second);
  }
  return file;
}

std::size_t WithdrawnFile::count() {
  const std::lock_guard lock(mutex_);
  return lines_.size();
}

Result<void> WithdrawnFile::add(const std::vector<Withdrawn>& withdrawn, Came came) {
  const std::lock_guard lock(mutex_);
  Lines news;
  for (const auto& one : withdrawn) {
    if (is_news(lines_, one, came)) news.emplace(one, came);
  }
  return add_lines(news);
}

Result<void> WithdrawnFile::add(WithdrawnFile& other) {
  const std::scoped_lock lock(mutex_, other.mutex_);
  Lines news;
  for (const auto& [one, came] : other.lines_) {
    if (is_news(lines_, one, came)) news.emplace(one, came);
  }
  return add_lines(news);
}

Result<void> WithdrawnFile::add_lines(const Lines& news) {
  if (news.empty()) return {};
  if (!is_whole_ || at_the_end_ + news.size() > kMostAtTheEnd) {
    auto lines = lines_;
    for (const auto& [one, came] : news) note(lines, one, came);
    return write(std::move(lines));
  }
  // Until it has gone well: what is written next is written whole.
  is_whole_ = false;
  const std::string text = to_text(news);
  if (auto added = append_to_file(path_, as_bytes(text)); !added) {
    return fail(ErrorCode::io, added.error().what);
  }
  is_whole_ = true;
  at_the_end_ += news.size();
  for (const auto& [one, came] : news) note(lines_, one, came);
  return {};
}

Result<void> WithdrawnFile::write(Lines lines) {
  const std::string text = to_text(lines);
  if (auto written = write_file(path_, as_bytes(text)); !written) return written;
  lines_ = std::move(lines);
  at_the_end_ = 0;
  is_whole_ = true;
  return {};
}

Result<void> WithdrawnFile::apply_lines(Store& store, const Apply& apply) {
  const auto known = store.withdrawn();
  if (!known) return std::unexpected(known.error());
  if (auto added = add(*known); !added) return added;
  const std::lock_guard lock(mutex_);
  // From the first day there is a file to copy, and to restore with: a missing one means that it was lost.
  if (!is_whole_ || at_the_end_ > 0) {
    if (auto written = write(lines_); !written) return written;
  }
  for (const auto& [line, came] : lines_) {
    if (std::ranges::binary_search(*known, line)) continue;
    if (auto applied = apply(line, came); !applied) return applied;
  }
  return {};
}

Result<void> WithdrawnFile::apply_to(Store& store) {
  return apply_lines(store, [&](const Withdrawn& line, Came came) {
    return came == Came::stored ? store.withdraw_what_had_come(line.inspection, line.id)
                                : store.withdraw(line.inspection, line.id);
  });
}

Result<void> WithdrawnFile::apply_to_restored(Store& store) {
  const auto heads = store.inspections();
  if (!heads) return std::unexpected(heads.error());
  std::map<std::string, std::int64_t> counted;
  for (const auto& head : *heads) {
    const auto before = store.count_withdrawn(head.id);
    if (!before) return std::unexpected(before.error());
    counted[head.id] = *before;
  }
  return apply_lines(store, [&](const Withdrawn& line, Came came) -> Result<void> {
    const auto there = store.envelopes(line.inspection, std::vector<Id>{line.id});
    if (!there) return std::unexpected(there.error());
    if (came == Came::unknown || !there->empty()) return store.withdraw(line.inspection, line.id);
    if (counted[line.inspection]-- > 0) return store.withdraw(line.inspection, line.id);
    return store.withdraw_what_had_come(line.inspection, line.id);
  });
}

}  // namespace perspective::store
