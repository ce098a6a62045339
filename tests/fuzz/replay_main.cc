// Feeds a target without libFuzzer, with any compiler, either every file of the folders that are named, once: its
// seeds, and what fuzzing has found before; or, with --seconds N, for so long what chance makes of them (changed.h).
//
// It fails where a folder of seeds is empty, where an input takes longer than kMostCpu_s (it was named last), and, with
// the files as they are, where a milestone of the target was reached by none of them. What chance makes comes again
// with the PERSPECTIVE_SEED that is printed; the input that ends the program is kept in the working folder as
// failed-NAME-SEED.
#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <random>

#include "base/file.h"
#include "changed.h"
#include "target.h"

extern "C" void __sanitizer_set_death_callback(void (*)()) __attribute__((weak));

namespace {

namespace fs = std::filesystem;
using perspective::fuzz::Bytes;
constexpr int kMostCpu_s = 20;  // of this process, with sanitizers, on a slow machine: some a million times more

int fail_with(const std::string& why) {
  std::fprintf(stderr, "FAILED: %s\n", why.c_str());
  return 1;
}

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

Bytes bytes_of(const fs::path& file) {
  const auto read = perspective::read_file(file).value();
  return Bytes(read.begin(), read.end());
}

// One that never ends is ended by SIGPROF.
void feed(const Bytes& bytes) {
  const itimerval longest{.it_interval = {}, .it_value = {.tv_sec = kMostCpu_s, .tv_usec = 0}};
  ::setitimer(ITIMER_PROF, &longest, nullptr);
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

// What is being fed, for the moment at which the program ends: nothing may be allocated there.
struct Fed {
  const Bytes* input = nullptr;
  char file[256] = {};
} fed;

void keep_input() {
  if (fed.input == nullptr) return;
  const int file = ::open(fed.file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0) return;
  const bool is_kept = ::write(file, fed.input->data(), fed.input->size()) == static_cast<ssize_t>(fed.input->size());
  ::close(file);
  std::fprintf(stderr, "%s %s\n", is_kept ? "kept in" : "could not be kept in", fed.file);
}

void keep_and_end(int signal) {
  if (signal == SIGPROF) std::fprintf(stderr, "FAILED: an input takes too long\n");
  keep_input();
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void keep_what_ends_us(const std::string& name, std::uint64_t seed) {
  std::snprintf(fed.file, sizeof fed.file, "failed-%s-%llu", name.c_str(), static_cast<unsigned long long>(seed));
  for (const int number : {SIGABRT, SIGPROF}) std::signal(number, keep_and_end);
  if (__sanitizer_set_death_callback != nullptr) return __sanitizer_set_death_callback(keep_input);
  for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) std::signal(number, keep_and_end);
}

int feed_changed(const std::vector<Bytes>& inputs, double seconds, const std::string& name) {
  const char* const wanted = std::getenv("PERSPECTIVE_SEED");
  const std::uint64_t seed = wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : std::random_device()();
  std::printf("PERSPECTIVE_SEED=%llu\n", static_cast<unsigned long long>(seed));
  std::fflush(stdout);
  keep_what_ends_us(name, seed);
  perspective::fuzz::Changed changed(inputs, seed);
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  std::size_t times = 0;
  while (std::chrono::steady_clock::now() < end) {
    const Bytes input = changed.next();
    fed.input = &input;
    feed(input);
    fed.input = nullptr;
    ++times;
  }
  std::printf("%zu inputs made of %zu\n", times, inputs.size());
  return times > 0 ? 0 : fail_with("no input was fed");
}

int feed_each(const std::vector<fs::path>& files, const std::vector<Bytes>& inputs) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::printf("%s\n", files[i].c_str());
    std::fflush(stdout);
    feed(inputs[i]);
  }
  if (perspective::fuzz::Milestone::all().empty()) return fail_with("the target says nowhere how far it gets");
  for (const auto* milestone : perspective::fuzz::Milestone::all()) {
    if (!milestone->is_reached()) return fail_with(std::string("nothing got so far as: ") + milestone->name());
  }
  std::printf("%zu files\n", files.size());
  return 0;
}

}  // namespace

// [--seconds N] FOLDER...: the first folder has the seeds; the others may be missing.
int main(int count, char** arguments) {
  double seconds = 0;
  int first = 1;
  if (count > 2 && std::string_view(arguments[1]) == "--seconds") {
    seconds = std::atof(arguments[2]);
    if (seconds <= 0) return fail_with("--seconds needs a number of seconds");
    first = 3;
  }
  if (count <= first) return fail_with("name the folder of the seeds");
  std::vector<fs::path> files;
  for (int i = first; i < count; ++i) {
    const auto more = files_of(arguments[i]);
    if (i == first && more.empty()) return fail_with(std::string("there is no seed in ") + arguments[i]);
    files.insert(files.end(), more.begin(), more.end());
  }
  std::vector<Bytes> inputs;
  std::ranges::transform(files, std::back_inserter(inputs), bytes_of);
  return seconds > 0 ? feed_changed(inputs, seconds, fs::path(arguments[first]).filename()) : feed_each(files, inputs);
}
