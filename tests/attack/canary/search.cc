// Many needles in one pass: what tests/attack/canary/needles.py calls (ctypes). A look into all processes reads some
// hundred megabytes for a hundred needles; one after the other takes as many passes.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <set>
#include <span>
#include <vector>

namespace {

constexpr std::size_t kProbeBytes = 4;
constexpr unsigned kIndexBits = 20;

std::uint32_t probe_at(const std::uint8_t* place) {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, place, kProbeBytes);
  return bytes;
}
std::size_t index_of(std::uint32_t probe) { return (probe * 2654435761U) >> (32U - kIndexBits); }

struct Needle {
  std::span<const std::uint8_t> bytes;
  std::size_t probe = 0;  // where in it: zeros and paper are everywhere
};

// Where its neighbours differ most.
std::size_t best_probe(std::span<const std::uint8_t> bytes) {
  std::size_t best = 0;
  std::size_t most = 0;
  for (std::size_t at = 0; at + kProbeBytes <= bytes.size(); ++at) {
    std::set<std::uint8_t> values(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                  bytes.begin() + static_cast<std::ptrdiff_t>(at + kProbeBytes));
    values.erase(0);
    values.erase(0xFF);
    if (values.size() > most) {
      most = values.size();
      best = at;
    }
  }
  return best;
}

struct Search {
  std::vector<Needle> needles;
  std::vector<std::vector<std::size_t>> by_probe = std::vector<std::vector<std::size_t>>(std::size_t{1} << kIndexBits);
  std::vector<std::uint8_t> is_probe = std::vector<std::uint8_t>(std::size_t{1} << kIndexBits);
};

}  // namespace

// The needles must outlive it; each has four bytes or more.
extern "C" void* canary_search_new(const std::uint8_t* const* needles, const std::size_t* sizes, std::size_t count) {
  auto* search = new Search;
  for (std::size_t i = 0; i < count; ++i) {
    const std::span<const std::uint8_t> bytes(needles[i], sizes[i]);
    search->needles.push_back({bytes, best_probe(bytes)});
    const std::size_t index = index_of(probe_at(bytes.data() + search->needles.back().probe));
    search->by_probe[index].push_back(i);
    search->is_probe[index] = 1;
  }
  return search;
}

extern "C" void canary_search_free(void* search) { delete static_cast<Search*>(search); }

// found[i] becomes 1 where needle i is in the content.
extern "C" void canary_search(const void* with, const std::uint8_t* content, std::size_t size, std::uint8_t* found) {
  const auto& search = *static_cast<const Search*>(with);
  for (std::size_t at = 0; at + kProbeBytes <= size; ++at) {
    const std::size_t index = index_of(probe_at(content + at));
    if (search.is_probe[index] == 0) continue;
    for (const std::size_t i : search.by_probe[index]) {
      const Needle& needle = search.needles[i];
      if (found[i] != 0 || at < needle.probe || size - (at - needle.probe) < needle.bytes.size()) continue;
      if (std::equal(needle.bytes.begin(), needle.bytes.end(), content + (at - needle.probe))) found[i] = 1;
    }
  }
}
