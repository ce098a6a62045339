#include "base/random.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <limits>

namespace perspective {

Bytes random_bytes(std::size_t count) {
  Bytes bytes(count);
  std::size_t done = 0;
  while (done < count) {
    const ssize_t got = getrandom(bytes.data() + done, count - done, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) std::abort();  // no kernel that we run on refuses; carrying on would be worse
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

std::uint64_t random_below(std::uint64_t bound) {
  // Values at or above the last whole multiple of bound would favour the small ones.
  const std::uint64_t limit = std::numeric_limits<std::uint64_t>::max() / bound * bound;
  for (;;) {
    const Bytes bytes = random_bytes(sizeof(std::uint64_t));
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), sizeof value);
    if (value < limit) return value % bound;
  }
}

}  // namespace perspective
