// Stock tools for tests of formats: a folder of one's own, and `sh -e` in it.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace perspective::testing {

class Shell {
 public:
  Shell() {
    std::string name = (std::filesystem::temp_directory_path() / "perspective-test-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;
  ~Shell() { std::filesystem::remove_all(folder_); }

  const std::filesystem::path& folder() const { return folder_; }

  // Exit status 0? What it wrote is in output().
  bool run(const std::string& script) {
    write("script", as_bytes(script));
    const std::string command = "cd " + folder_.string() + " && sh -e script 2>&1";
    std::FILE* pipe = popen(command.c_str(), "r");
    output_.clear();
    char buffer[4096];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) output_.append(buffer, got);
    return pclose(pipe) == 0;
  }
  const std::string& output() const { return output_; }

  void write(const std::string& name, ByteView content) const {
    std::ofstream(folder_ / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
  }
  Bytes read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::string text(const std::string& name) const { return std::string(as_text(read(name))); }

 private:
  std::filesystem::path folder_;
  std::string output_;
};

}  // namespace perspective::testing
