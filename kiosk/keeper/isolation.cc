#include "keeper/isolation.h"

#include <linux/audit.h>
#include <linux/close_range.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>

#include "base/secret.h"

namespace perspective::keeper {
namespace {

#if defined(__x86_64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr unsigned kArchitecture = 0;  // none known: the filter would guess
#endif

constexpr unsigned kForeignCalls = 0x40000000U;  // x32, a second numbering of the same calls

constexpr sock_filter load(std::size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(offset));
}
constexpr sock_filter skip_unless(unsigned test, unsigned value, unsigned char lines) {
  return BPF_JUMP(BPF_JMP | test | BPF_K, value, 0, lines);
}
constexpr sock_filter answer(unsigned action) { return BPF_STMT(BPF_RET | BPF_K, action); }

// A filter and not a network namespace: it needs no privilege and no user namespaces, works inside containers, and
// keeps abstract Unix sockets, which belong to the network namespace, within reach.
constexpr auto kUnixSocketsOnly = std::to_array<sock_filter>({
    load(offsetof(seccomp_data, arch)),
    skip_unless(BPF_JEQ, kArchitecture, 1),
    BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0),
    answer(SECCOMP_RET_KILL_PROCESS),
    load(offsetof(seccomp_data, nr)),
    skip_unless(BPF_JGE, kForeignCalls, 1),
    answer(SECCOMP_RET_KILL_PROCESS),
    // io_uring opens sockets without the call below.
    skip_unless(BPF_JEQ, __NR_io_uring_setup, 1),
    answer(SECCOMP_RET_ERRNO | EPERM),
    skip_unless(BPF_JEQ, __NR_socket, 3),
    load(offsetof(seccomp_data, args)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
    answer(SECCOMP_RET_ERRNO | EAFNOSUPPORT),
    answer(SECCOMP_RET_ALLOW),
});

bool cut_network() {
  if constexpr (kArchitecture == 0) return false;
  auto lines = kUnixSocketsOnly;
  const sock_fprog filter{static_cast<unsigned short>(lines.size()), lines.data()};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

// Nothing can be made under /proc. Mesa is told too, which has other places for its cache.
void forgo_files() {
  // NOLINTBEGIN(concurrency-mt-unsafe): there is no other thread yet
  ::setenv("TMPDIR", "/proc/no-temporary-files", 1);
  ::setenv("XDG_CACHE_HOME", "/proc/no-caches", 1);
  ::setenv("MESA_SHADER_CACHE_DISABLE", "true", 1);
  // NOLINTEND(concurrency-mt-unsafe)
}

}  // namespace

// Page by page as they are used: the libraries map far more than they touch.
bool lock_memory() { return ::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0; }

Result<Network> isolate_child(int keeper_process) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != keeper_process) return fail(ErrorCode::refused, "the keeper of this window is gone");
  harden_process();
  forgo_files();
  lock_memory();  // where it is not allowed, the keeper has said so
  ::close_range(kDraftDescriptor + 1, ~0U, 0);
  return cut_network() ? Network::cut : Network::left;
}

}  // namespace perspective::keeper
