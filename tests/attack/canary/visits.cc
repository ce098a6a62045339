// Stores envelopes in a real outbox in the folder that it is given, one after the other, and says their ids in that
// order:
//   attack_canary_visits FOLDER COUNT
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <random>

#include "outbox/outbox.h"

namespace perspective::attack {
namespace {

constexpr std::size_t kBodyBytes = 8192;

int store(const std::filesystem::path& folder, int count) {
  auto outbox = outbox::Outbox::open(folder / "outbox.sqlite");
  if (!outbox) return 1;
  std::random_device chance;
  const auto byte = [&chance] { return static_cast<std::uint8_t>(chance()); };
  for (int i = 0; i < count; ++i) {
    outbox::Envelope envelope{.id = {}, .inspection = "trial-2026", .body = Bytes(kBodyBytes)};
    std::ranges::generate(envelope.id, byte);
    std::ranges::generate(envelope.body, byte);
    if (!(*outbox)->put(envelope)) return 1;
    for (const auto part : envelope.id) std::printf("%02x", part);
    std::printf("\n");
  }
  return 0;
}

}  // namespace
}  // namespace perspective::attack

int main(int count, char** words) {
  try {
    return count == 3 ? perspective::attack::store(words[1], std::atoi(words[2])) : 2;
  } catch (const std::exception&) {
    return 1;
  }
}
