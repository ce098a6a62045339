#include "inspection/words.h"

#include <algorithm>
#include <cstring>

namespace perspective::inspection {
namespace {

constexpr std::size_t kBlockBytes = 256 * 1024;

}  // namespace

std::string_view Words::keep(std::string_view text) {
  if (text.empty()) return {};
  if (blocks_.empty() || blocks_.back().size() - used_bytes_ < text.size()) {
    blocks_.emplace_back(std::max(kBlockBytes, text.size()));
    used_bytes_ = 0;
  }
  auto* place = blocks_.back().span().data() + used_bytes_;
  std::memcpy(place, text.data(), text.size());
  used_bytes_ += text.size();
  return {reinterpret_cast<const char*>(place), text.size()};
}

void Words::forget(std::string_view kept) {
  for (auto& block : blocks_) {
    const auto memory = block.span();
    const auto* const begin = reinterpret_cast<const char*>(memory.data());
    if (kept.empty() || kept.data() < begin || kept.data() >= begin + memory.size()) continue;
    wipe(memory.data() + (kept.data() - begin), kept.size());
    return;
  }
}

}  // namespace perspective::inspection
