#include "platform/speech/clips.h"

#include <SDL2/SDL.h>
#include <opus/opusfile.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <system_error>

#include "base/log.h"

namespace perspective::platform {
namespace {

namespace fs = std::filesystem;

constexpr int kOpus_hz = 48000;
constexpr std::size_t kStereoBlock = 5760 * 2;  // 120 ms, the longest that a packet can hold

struct Close {
  void operator()(OggOpusFile* file) const { op_free(file); }
  void operator()(SDL_AudioStream* stream) const { SDL_FreeAudioStream(stream); }
};
struct Opened {
  Bytes bytes;  // the file reads them
  std::unique_ptr<OggOpusFile, Close> file;
};

Bytes bytes_of(const fs::path& path) {
  std::error_code error;
  if (const auto size = fs::file_size(path, error); error || size > Clips::kMaxFileBytes) return {};
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Nothing: too large, no Opus, too long.
std::optional<Opened> open(Bytes bytes) {
  Opened opened{std::move(bytes), nullptr};
  if (opened.bytes.empty() || opened.bytes.size() > Clips::kMaxFileBytes) return std::nullopt;
  opened.file.reset(op_open_memory(opened.bytes.data(), opened.bytes.size(), nullptr));
  if (!opened.file) return std::nullopt;
  const auto frames = op_pcm_total(opened.file.get(), -1);
  if (frames <= 0 || frames > ogg_int64_t{Clips::kMaxDuration_s} * kOpus_hz) return std::nullopt;
  return opened;
}

std::optional<Opened> open(const std::variant<fs::path, Bytes>& source) {
  const auto* path = std::get_if<fs::path>(&source);
  return open(path != nullptr ? bytes_of(*path) : std::get<Bytes>(source));
}

std::string comment(const Opened& opened, const char* name) {
  const OpusTags* tags = op_tags(opened.file.get(), 0);
  const char* value = tags == nullptr ? nullptr : opus_tags_query(tags, name, 0);
  return value == nullptr ? "" : value;
}

std::vector<std::int16_t> rest_of(SDL_AudioStream* stream) {
  std::vector<std::int16_t> frames(static_cast<std::size_t>(std::max(0, SDL_AudioStreamAvailable(stream))) / 2);
  const int bytes = SDL_AudioStreamGet(stream, frames.data(), static_cast<int>(frames.size() * 2));
  frames.resize(static_cast<std::size_t>(std::max(0, bytes)) / 2);
  return frames;
}

}  // namespace

bool Clips::add(Source source) {
  if (sources_.size() >= kMaxClips) return false;
  const auto opened = open(source);
  auto language = opened ? comment(*opened, "LANGUAGE") : "";
  auto words = opened ? comment(*opened, "DESCRIPTION") : "";
  if (language.empty() || words.empty()) return false;
  sources_.try_emplace({std::move(language), std::move(words)}, std::move(source));
  return true;
}

Clips Clips::in(const fs::path& folder, std::vector<Bytes> packed) {
  Clips clips;
  for (Bytes& file : packed) {
    if (!clips.add(std::move(file))) log::warning("a recording of a package is not used, it cannot be played");
  }
  std::error_code error;
  for (auto at = fs::recursive_directory_iterator(folder, error); at != fs::recursive_directory_iterator();
       at.increment(error)) {
    if (error || clips.sources_.size() >= kMaxClips) break;
    if (at->path().extension() != ".opus" || clips.add(at->path())) continue;
    log::warning("a recording is not used, it is broken or does not say its words: " + at->path().string());
  }
  return clips;
}

bool Clips::has(const std::string& language, const std::string& words) const {
  return sources_.contains({language, words});
}

std::optional<std::vector<std::int16_t>> Clips::frames(const std::string& language, const std::string& words,
                                                       int rate_hz) const {
  const auto found = sources_.find({language, words});
  if (found == sources_.end()) return std::nullopt;
  const auto opened = open(found->second);
  if (!opened) return std::nullopt;
  const std::unique_ptr<SDL_AudioStream, Close> stream(
      SDL_NewAudioStream(AUDIO_S16SYS, 2, kOpus_hz, AUDIO_S16SYS, 1, rate_hz));
  std::array<opus_int16, kStereoBlock> block{};
  for (;;) {
    const int count = op_read_stereo(opened->file.get(), block.data(), static_cast<int>(block.size()));
    if (count == 0) break;
    // A hole, a broken page: half of a sentence is worse than another voice.
    if (count < 0 || SDL_AudioStreamPut(stream.get(), block.data(), count * 4) != 0) return std::nullopt;
  }
  SDL_AudioStreamFlush(stream.get());
  return rest_of(stream.get());
}

}  // namespace perspective::platform
