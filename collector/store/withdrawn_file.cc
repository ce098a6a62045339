#include "store/withdrawn_file.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

#include "base/file.h"
#include "base/file_pieces.h"

namespace perspective::store {
namespace {

constexpr std::string_view kCame = " came";
constexpr std::size_t kPieceBytes = 16 * 1024;
constexpr std::size_t kInOneCommit = 1000;  // ids

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

std::string to_text(const Withdrawn& one, WithdrawnFile::Came came) {
  return one.inspection + " " + to_hex(ByteView(one.id)) +
         std::string(came == WithdrawnFile::Came::stored ? kCame : "") + "\n";
}

bool is_news(const WithdrawnLines& lines, const Withdrawn& withdrawn, WithdrawnFile::Came came) {
  return lines.is_news(withdrawn, came);
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
    file->lines_.note(parsed->first, parsed->second);
  }
  return file;
}

std::size_t WithdrawnFile::count() {
  const std::lock_guard lock(mutex_);
  return lines_.size();
}

Result<void> WithdrawnFile::add(const std::vector<Withdrawn>& withdrawn, const std::vector<Withdrawn>& had_come) {
  const std::lock_guard lock(mutex_);
  Lines news;
  for (const auto& one : had_come) {
    if (is_news(lines_, one, Came::stored)) news.emplace(one, Came::stored);
  }
  for (const auto& one : withdrawn) {
    if (is_news(lines_, one, Came::unknown)) news.emplace(one, Came::unknown);
  }
  return add_lines(news);
}

Result<void> WithdrawnFile::add(WithdrawnFile& other) {
  const std::scoped_lock lock(mutex_, other.mutex_);
  Lines news;
  const auto walked = other.lines_.walk([&](const Withdrawn& one, Came came) -> Result<void> {
    if (is_news(lines_, one, came)) news.emplace(one, came);
    return {};
  });
  if (!walked) return walked;
  return add_lines(news);
}

Result<void> WithdrawnFile::add_lines(const Lines& news) {
  if (news.empty()) return {};
  if (!is_whole_ || at_the_end_ + news.size() > std::max(kMostAtTheEnd, lines_.size() / 4)) return write(news);
  // Until it has gone well: what is written next is written whole.
  is_whole_ = false;
  std::string text;
  for (const auto& [one, came] : news) text += to_text(one, came);
  if (auto added = append_to_file(path_, as_bytes(text)); !added) {
    return fail(ErrorCode::io, added.error().what);
  }
  is_whole_ = true;
  at_the_end_ += news.size();
  lines_.note(news);
  return {};
}

Result<void> WithdrawnFile::write(const Lines& news) {
  const auto written = write_in_pieces(path_, [&](const PutPiece& put) -> Result<void> {
    std::string piece;
    const auto walked = lines_.walk(
        [&](const Withdrawn& one, Came came) -> Result<void> {
          piece += to_text(one, came);
          if (piece.size() < kPieceBytes) return {};
          auto is_put = put(as_bytes(piece));
          piece.clear();
          return is_put;
        },
        news);
    if (!walked) return walked;
    return put(as_bytes(piece));
  });
  if (!written) return written;
  lines_.note(news);
  at_the_end_ = 0;
  is_whole_ = true;
  return {};
}

Result<void> WithdrawnFile::apply_lines(Store& store, const WithdrawnLines::Visit& apply) {
  const auto known = store.withdrawn();
  if (!known) return std::unexpected(known.error());
  if (auto added = add(*known); !added) return added;
  const std::lock_guard lock(mutex_);
  // From the first day there is a file to copy, and to restore with: a missing one means that it was lost.
  if (!is_whole_ || at_the_end_ > 0) {
    if (auto written = write({}); !written) return written;
  }
  return lines_.walk([&](const Withdrawn& line, Came came) -> Result<void> {
    if (std::ranges::binary_search(*known, line)) return {};
    return apply(line, came);
  });
}

Result<void> WithdrawnFile::apply_to(Store& store) {
  std::string inspection;
  std::vector<Id> together;
  const auto withdraw_them = [&]() -> Result<void> {
    const auto ids = std::exchange(together, {});
    return ids.empty() ? Result<void>() : store.withdraw(inspection, ids);
  };
  const auto applied = apply_lines(store, [&](const Withdrawn& line, Came came) -> Result<void> {
    if (came == Came::stored) return store.withdraw_what_had_come(line.inspection, line.id);
    if (line.inspection != inspection || together.size() == kInOneCommit) {
      if (auto withdrawn = withdraw_them(); !withdrawn) return withdrawn;
      inspection = line.inspection;
    }
    together.push_back(line.id);
    return {};
  });
  return applied ? withdraw_them() : applied;
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
