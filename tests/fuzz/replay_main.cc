// Feeds a target every file of the folders that are named, once: its seeds, and what fuzzing has found before. So both
// stay tests of every compiler, without libFuzzer.
//
// It fails where a folder of seeds is empty, where an input takes longer than kMostCpu_s, and where a milestone of the
// target was reached by none of them.
#include <algorithm>
#include <ctime>
#include <filesystem>

#include "base/file.h"
#include "target.h"

namespace {

namespace fs = std::filesystem;
constexpr double kMostCpu_s = 20;  // of this process, with sanitizers, on a slow machine: some a million times more

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

// Returns whether it took too long.
bool is_slow(const fs::path& file) {
  std::printf("%s\n", file.c_str());
  std::fflush(stdout);
  const auto bytes = perspective::read_file(file).value();
  const std::clock_t before = std::clock();
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC > kMostCpu_s;
}

}  // namespace

// The first folder has the seeds; the others may be missing.
int main(int count, char** arguments) {
  if (count < 2) return fail_with("name the folder of the seeds");
  std::size_t fed = 0;
  for (int i = 1; i < count; ++i) {
    const auto files = files_of(arguments[i]);
    if (i == 1 && files.empty()) return fail_with(std::string("there is no seed in ") + arguments[i]);
    for (const auto& file : files) {
      if (is_slow(file)) return fail_with(file.string() + " takes too long");
      ++fed;
    }
  }
  if (perspective::fuzz::Milestone::all().empty()) return fail_with("the target says nowhere how far it gets");
  for (const auto* milestone : perspective::fuzz::Milestone::all()) {
    if (!milestone->is_reached()) return fail_with(std::string("nothing got so far as: ") + milestone->name());
  }
  std::printf("%zu files\n", fed);
  return 0;
}
