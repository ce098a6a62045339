#include <cstdio>
#include <exception>
#include <stdexcept>
#include <utility>

#include "generate.h"

namespace perspective::vectors {

Workshop::Workshop(std::filesystem::path folder) : folder_(std::move(folder)) {
  for (const auto& entry : std::filesystem::directory_iterator(keys())) {
    shell_.write(entry.path().filename().string(), read_file(entry.path()).value());
  }
}

Bytes Workshop::from_shell(const std::string& script) {
  if (!shell_.run(script)) throw std::runtime_error(script + "\n" + shell_.output());
  return shell_.read("out");
}

Bytes Workshop::envelope(const std::string& name) const {
  const auto text = read_text(folder_ / "envelope" / name).value();
  return testing::parse_vector(name, text, testing::envelope_vectors()).value().body;
}

void Workshop::add(const testing::VectorKind& kind, const std::string& name, Lines lines, Bytes body) {
  const auto path = folder_ / kind.folder / name;
  if (std::filesystem::exists(path)) {
    ++kept_;
    return;
  }
  std::filesystem::create_directories(path.parent_path());
  const auto text = testing::to_text({name, std::move(lines), std::move(body)}, kind);
  testing::parse_vector(name, text, kind).value();
  std::ofstream(path, std::ios::binary) << text;
  ++added_;
}

}  // namespace perspective::vectors

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("Usage: generate_vectors FOLDER\nMakes what is missing in FOLDER; what is there stays.\n", stderr);
    return 2;
  }
  try {
    const std::filesystem::path folder = arguments[1];
    perspective::vectors::make_keys(folder / "keys");
    perspective::vectors::Workshop workshop(folder);
    perspective::vectors::add_envelopes(workshop);
    perspective::vectors::add_packages(workshop);
    perspective::vectors::add_bundles(workshop);
    perspective::vectors::add_receipts(workshop);
    perspective::vectors::add_audits(workshop);
    std::printf("%d vectors made, %d were there\n", workshop.added(), workshop.kept());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
