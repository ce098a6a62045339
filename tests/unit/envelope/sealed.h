// Two key pairs and what is sealed to them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "envelope/envelope.h"
#include "envelope/key_pair.h"

namespace perspective::envelope {

constexpr std::size_t kPadded = 1024;
constexpr std::string_view kSubmission = R"({"format":1,"answers":{"told":"yes"}})";

inline KeyPair fresh_pair(std::string_view name) {
  auto pair = make_key_pair(name, 1'700'000'000);
  EXPECT_TRUE(pair.has_value());
  return std::move(*pair);
}

class Sealed : public ::testing::Test {
 protected:
  Bytes seal_text(std::string_view text = kSubmission, std::size_t padded = kPadded) const {
    auto sealed = seal(as_bytes(text), padded, inspection_.key.recipient(), recovery_.key.recipient());
    EXPECT_TRUE(sealed.has_value()) << (sealed ? "" : sealed.error().what);
    return sealed ? *sealed : Bytes();
  }
  static std::string padded(std::string_view text, std::size_t size = kPadded) {
    return std::string(text) + std::string(size - text.size(), ' ');
  }
  KeyPair inspection_ = fresh_pair("inspection");
  KeyPair recovery_ = fresh_pair("recovery");
};

inline std::string why(const Result<SecretBytes>& opened) { return opened ? "" : opened.error().what; }

}  // namespace perspective::envelope
