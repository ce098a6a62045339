// The keys of tests/vectors/keys: everybody has them, they protect nothing.
#pragma once

#include <filesystem>
#include <string>

#include "base/file.h"
#include "envelope/envelope.h"
#include "envelope/openssl.h"
#include "support/source_folder.h"

namespace perspective::testing {

inline std::filesystem::path vectors_folder() { return std::string(kSourceFolder) + "/tests/vectors"; }

inline std::string test_pem(const std::filesystem::path& keys, const std::string& file) {
  return read_text(keys / file).value();
}

inline envelope::Recipient test_recipient(const std::filesystem::path& keys, const std::string& name) {
  return envelope::Recipient::parse(test_pem(keys, name + ".pem")).value();
}

inline envelope::OpeningKey test_opening_key(const std::filesystem::path& keys, const std::string& name) {
  return {openssl::parse_private_key(test_pem(keys, name + ".key")).value(), test_recipient(keys, name)};
}

}  // namespace perspective::testing
