#include "survey/recording.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>

namespace perspective::survey {
namespace {

constexpr std::size_t kPageHead = 27;  // RFC 3533, 6
constexpr std::size_t kOpusHead = 19;  // RFC 7845, 5.1
constexpr std::int64_t kOpus_hz = 48000;
constexpr std::size_t kMaxTagBytes = 64 * 1024;

std::unexpected<Error> fault(const std::string& what) { return fail(ErrorCode::invalid, what); }

std::uint64_t number(ByteView bytes) {  // little-endian
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) value = value << 8 | bytes[i - 1];
  return value;
}

struct Page {
  bool is_continued = false;
  std::int64_t granule = 0;
  std::uint64_t stream = 0;
  ByteView lacing;
  ByteView body;
};

std::optional<Page> take_page(ByteView& file) {
  if (file.size() < kPageHead || as_text(file.first(4)) != "OggS" || file[4] != 0) return std::nullopt;
  const std::size_t segments = file[26];
  if (file.size() < kPageHead + segments) return std::nullopt;
  Page page;
  page.is_continued = (file[5] & 1) != 0;
  page.granule = static_cast<std::int64_t>(number(file.subspan(6, 8)));
  page.stream = number(file.subspan(14, 4));
  page.lacing = file.subspan(kPageHead, segments);
  std::size_t bytes = 0;
  for (const std::uint8_t each : page.lacing) bytes += each;
  if (file.size() < kPageHead + segments + bytes) return std::nullopt;
  page.body = file.subspan(kPageHead + segments, bytes);
  file = file.subspan(kPageHead + segments + bytes);
  return page;
}

// The first two packets, however many pages the second has; and when the last page ends.
struct Pages {
  Bytes head;
  Bytes tags;
  std::int64_t last_granule = 0;
};

Result<Pages> read_pages(ByteView file) {
  Pages pages;
  std::optional<std::uint64_t> stream;
  int packet = 0;
  while (!file.empty()) {
    const auto page = take_page(file);
    if (!page) return fault(stream ? "is cut short, or broken" : "is no Ogg Opus file, as opusenc makes them");
    if (stream.value_or(page->stream) != page->stream) return fault("holds more than one recording");
    stream = page->stream;
    if (page->granule >= 0) pages.last_granule = std::max(pages.last_granule, page->granule);
    std::size_t at = 0;
    for (const std::uint8_t bytes : page->lacing) {
      if (packet > 1) break;
      Bytes& into = packet == 0 ? pages.head : pages.tags;
      const ByteView part = page->body.subspan(at, bytes);
      into.insert(into.end(), part.begin(), part.end());
      if (into.size() > kMaxTagBytes) return fault("has comments of more than 64 KiB (a picture, perhaps)");
      at += bytes;
      if (bytes < 255) ++packet;
    }
  }
  return pages;
}

// Comments are "NAME=value", whatever the case of the name (RFC 7845, 5.2).
struct Tags {
  std::string language;
  std::string words;
};

bool is_name(std::string_view text, std::string_view name) {
  return std::ranges::equal(text, name,
                            [](char a, char b) { return std::toupper(static_cast<unsigned char>(a)) == b; });
}

std::optional<ByteView> take_counted(ByteView& bytes) {
  if (bytes.size() < 4) return std::nullopt;
  const std::uint64_t count = number(bytes.first(4));
  if (count > bytes.size() - 4) return std::nullopt;
  const ByteView taken = bytes.subspan(4, static_cast<std::size_t>(count));
  bytes = bytes.subspan(4 + static_cast<std::size_t>(count));
  return taken;
}

std::optional<Tags> read_tags(ByteView packet) {
  if (packet.size() < 8 || as_text(packet.first(8)) != "OpusTags") return std::nullopt;
  packet = packet.subspan(8);
  if (!take_counted(packet) || packet.size() < 4) return std::nullopt;  // whose program it was
  std::uint64_t count = number(packet.first(4));
  packet = packet.subspan(4);
  Tags tags;
  for (; count > 0; --count) {
    const auto comment = take_counted(packet);
    if (!comment) return std::nullopt;
    const std::string_view text = as_text(*comment);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = text.substr(0, equals);
    if (is_name(name, "LANGUAGE") && tags.language.empty()) tags.language = text.substr(equals + 1);
    if (is_name(name, "DESCRIPTION") && tags.words.empty()) tags.words = text.substr(equals + 1);
  }
  return tags;
}

}  // namespace

Result<Recording> read_recording(ByteView file) {
  if (file.size() > kMaxRecordingBytes) return fault("has more than 256 KiB");
  const auto pages = read_pages(file);
  if (!pages) return std::unexpected(pages.error());
  const ByteView head = pages->head;
  if (head.size() < kOpusHead || as_text(head.first(8)) != "OpusHead") {
    return fault("is no Ogg Opus file, as opusenc makes them");
  }
  if (head[9] < 1 || head[9] > 2) return fault("has more than two channels");
  auto tags = read_tags(pages->tags);
  if (!tags) return fault("has no comments that can be read");
  if (tags->language.empty()) return fault("does not say its language (the comment LANGUAGE)");
  if (tags->words.empty()) return fault("does not say its words (the comment DESCRIPTION)");
  const std::int64_t frames = pages->last_granule - static_cast<std::int64_t>(number(head.subspan(10, 2)));
  if (frames <= 0) return fault("holds no sound");
  if (frames > kMaxRecording_s * kOpus_hz) return fault("is longer than 60 seconds");
  return Recording{
      .language = std::move(tags->language), .words = std::move(tags->words), .duration_ms = frames * 1000 / kOpus_hz};
}

}  // namespace perspective::survey
