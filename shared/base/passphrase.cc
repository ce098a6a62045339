#include "base/passphrase.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace perspective {

namespace {

constexpr std::size_t kMaxPassphraseBytes = 1024;
constexpr std::size_t kMaxWordsBytes = 16 * 1024;
constexpr int kAttempts = 3;

bool is_terminal() { return ::isatty(STDIN_FILENO) == 1; }

// No echo while it lives. A signal that would end the program waits until the terminal is itself again.
class Silence {
 public:
  Silence() {
    sigset_t ending;
    sigemptyset(&ending);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP}) sigaddset(&ending, signal);
    pthread_sigmask(SIG_BLOCK, &ending, &mask_before_);
    signals_ = ::signalfd(-1, &ending, SFD_CLOEXEC);
    ::tcgetattr(STDIN_FILENO, &before_);
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    silent.c_lflag |= ECHONL;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() {
    ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
    ::close(signals_);
    pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);  // what came meanwhile acts now
  }

  bool has_input() const {
    pollfd both[] = {{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0},
                     {.fd = signals_, .events = POLLIN, .revents = 0}};
    while (::poll(both, 2, -1) < 0 && errno == EINTR) {
    }
    return both[1].revents == 0;
  }

 private:
  termios before_{};
  sigset_t mask_before_{};
  int signals_ = -1;
};

std::unexpected<Error> missing(const std::string& name) {
  return fail(ErrorCode::io,
              "the " + name + " is missing: type it at a terminal, or give it as a line on standard input");
}

// stop: the character that ends it, or -1 for the end of input alone.
Result<SecretBytes> read_until(int stop, std::size_t max_bytes, const std::string& name) {
  SecretBytes text(max_bytes);
  std::size_t size = 0;
  for (bool is_any = false;; is_any = true) {
    std::uint8_t byte = 0;
    const ssize_t count = ::read(STDIN_FILENO, &byte, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 && !is_any && stop >= 0) return missing(name);
    if (count <= 0 || byte == stop) break;
    if (size == max_bytes)
      return fail(ErrorCode::invalid, "the " + name + " is too long (" + std::to_string(max_bytes) + " bytes at most)");
    text.span()[size++] = byte;
  }
  const auto is_break = [&] { return size > 0 && (text.span()[size - 1] == '\r' || text.span()[size - 1] == '\n'); };
  while (is_break()) --size;
  text.shrink(size);
  return text;
}

Result<SecretBytes> type_in(const std::string& prompt, const std::string& name) {
  const Silence silence;  // before the prompt: it drops what was typed too early, where it would have been shown
  std::fprintf(stderr, "%s: ", prompt.c_str());
  if (!silence.has_input()) return fail(ErrorCode::refused, "broken off; nothing was changed");
  return read_until('\n', kMaxPassphraseBytes, name);
}

Result<SecretBytes> ask(const std::string& prompt, const std::string& name) {
  auto given = is_terminal() ? type_in(prompt, name) : read_until('\n', kMaxPassphraseBytes, name);
  if (given && given->empty()) return fail(ErrorCode::refused, "the " + name + " is empty; nothing was changed");
  return given;
}

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

Result<SecretBytes> ask_passphrase(const std::string& name) { return ask(capital(name), name); }

Result<SecretBytes> ask_passphrase_twice(const std::string& name) {
  for (int attempt = 1;; ++attempt) {
    auto first = ask_passphrase(name);
    if (!first) return first;
    const auto second = ask("The same again", name);
    if (!second) return std::unexpected(second.error());
    if (std::ranges::equal(first->view(), second->view())) return first;
    if (!is_terminal() || attempt == kAttempts) {
      return fail(ErrorCode::refused, "the " + name + " was not the same twice; nothing was changed");
    }
    std::fputs("These two differ. Once more.\n", stderr);
  }
}

Result<SecretBytes> read_words(const std::string& prompt) {
  if (is_terminal()) std::fprintf(stderr, "%s\n", prompt.c_str());
  return read_until(-1, kMaxWordsBytes, "text");
}

}  // namespace perspective
