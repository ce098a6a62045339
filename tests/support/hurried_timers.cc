// Time in a hurry: preloaded into a program (LD_PRELOAD), it makes each timer of GLib of a minute or more as many times
// shorter as PERSPECTIVE_TEST_HURRY says. Shorter ones, and every clock, stay right.
#include <dlfcn.h>

#include <cstdlib>

namespace {

using Then = int (*)(void*);
using Forget = void (*)(void*);
using Add = unsigned (*)(int, unsigned, Then, void*, Forget);

constexpr unsigned kLong_ms = 60'000;

unsigned hurry() {
  static const unsigned times = [] {
    const char* said = std::getenv("PERSPECTIVE_TEST_HURRY");
    const int parsed = said == nullptr ? 1 : std::atoi(said);
    return static_cast<unsigned>(parsed < 1 ? 1 : parsed);
  }();
  return times;
}

}  // namespace

extern "C" unsigned g_timeout_add_full(int priority, unsigned interval_ms, Then then, void* data, Forget forget) {
  static const auto real = reinterpret_cast<Add>(::dlsym(RTLD_NEXT, "g_timeout_add_full"));
  return real(priority, interval_ms < kLong_ms ? interval_ms : interval_ms / hurry(), then, data, forget);
}
