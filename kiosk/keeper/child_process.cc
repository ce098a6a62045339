#include "keeper/child_process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include "keeper/isolation.h"

namespace perspective::keeper {
namespace {

constexpr int kAboveAll = 10;     // no descriptor of a child is as high
constexpr int kExecFailed = 127;  // as a shell has it

// Between fork and exec, in a process with threads: only calls that POSIX calls async-signal-safe.
[[noreturn]] void become(const char* executable, char* const* arguments, const std::array<int, 3>& given) {
  std::array<int, 3> moved{};
  for (std::size_t i = 0; i < given.size(); ++i) moved[i] = ::fcntl(given[i], F_DUPFD_CLOEXEC, kAboveAll);
  ::dup2(moved[0], kChannelDescriptor);
  ::dup2(moved[1], kPackagesDescriptor);
  ::dup2(moved[2], kDraftDescriptor);
  sigset_t none;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, nullptr);
  ::execv(executable, arguments);
  ::_exit(kExecFailed);
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const Program& program, int packages, int draft) {
  auto ends = Channel::open_pair();
  if (!ends) return std::unexpected(ends.error());
  std::vector<std::string> words{"perspective-kiosk"};
  words.insert(words.end(), program.arguments.begin(), program.arguments.end());
  words.push_back(std::to_string(::getpid()));
  const auto arguments = pointers_to(words);
  const pid_t id = ::fork();
  if (id == 0) {
    become(program.executable.c_str(), arguments.data(), {ends->second.descriptor(), packages, draft});
  }
  if (id < 0) {
    return fail(ErrorCode::io, "cannot start the window's process: " + std::generic_category().message(errno), true);
  }
  return ChildProcess(id, std::move(ends->first));
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : is_ready(other.is_ready),
      has_visit(other.has_visit),
      has_ended(other.has_ended),
      id_(std::exchange(other.id_, -1)),
      channel_(std::move(other.channel_)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(channel_, other.channel_);
  is_ready = other.is_ready;
  has_visit = other.has_visit;
  has_ended = other.has_ended;
  return *this;
}

ChildProcess::~ChildProcess() { end(); }

bool ChildProcess::has_exited() {
  if (id_ < 0) return true;
  if (::waitpid(id_, nullptr, WNOHANG) == 0) return false;
  id_ = -1;
  return true;
}

void ChildProcess::ask_to_end() const {
  if (id_ > 0) ::kill(id_, SIGTERM);
}

void ChildProcess::end() {
  if (id_ <= 0) return;
  ::kill(id_, SIGKILL);
  while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
  }
  id_ = -1;
}

}  // namespace perspective::keeper
