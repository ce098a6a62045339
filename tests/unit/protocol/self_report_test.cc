#include "protocol/self_report.h"

#include <gmock/gmock.h>

#include <map>

namespace perspective::protocol {
namespace {

SelfReport read(const std::map<std::string, std::string>& headers) {
  return self_report_from([&](std::string_view name) {
    const auto found = headers.find(std::string(name));
    return found == headers.end() ? std::string() : found->second;
  });
}

// As a server has them: names in lower case.
std::map<std::string, std::string> received(const SelfReport& report) {
  std::map<std::string, std::string> headers;
  for (std::string header : headers_of(report)) {
    const auto colon = header.find(": ");
    for (std::size_t i = 0; i < colon; ++i) header[i] = static_cast<char>(std::tolower(header[i]));
    headers[header.substr(0, colon)] = header.substr(colon + 2);
  }
  return headers;
}

TEST(WhatAKioskSaysOfItself, ComesAsItWasSaid) {
  const auto report = read(received({.program = "0.4.0", .clock_s = 1353585600, .is_waiting = true}));
  EXPECT_EQ(report.program, "0.4.0");
  EXPECT_EQ(report.clock_s, 1353585600);
  EXPECT_EQ(report.is_waiting, true);
  EXPECT_EQ(read(received({"0.4.0", 0, false})).is_waiting, false);
}

// TLS hides all of a request but its length.
TEST(WhatAKioskSaysOfItself, IsAsLongWhateverItSays) {
  const auto bytes = [](const SelfReport& report) {
    std::size_t sum = 0;
    for (const auto& header : headers_of(report)) sum += header.size();
    return sum;
  };
  const auto expected = bytes({"0.4.0", 0, false});
  EXPECT_EQ(bytes({"0.4.0", 0, true}), expected);
  EXPECT_EQ(bytes({"0.4.0", 4'102'444'799, true}), expected);
}

TEST(WhatAKioskSaysOfItself, IsNothingWhereItMakesNoSense) {
  const auto none = read({});
  EXPECT_TRUE(none.program.empty());
  EXPECT_FALSE(none.clock_s);
  EXPECT_FALSE(none.is_waiting);
  const auto odd = read({{"user-agent", "perspective-kiosk/1\x1b[2J"}, {"date", "now"}, {"perspective-waiting", "17"}});
  EXPECT_TRUE(odd.program.empty());
  EXPECT_FALSE(odd.clock_s);
  EXPECT_FALSE(odd.is_waiting) << "no count, whoever asks for one";
  EXPECT_TRUE(read({{"user-agent", "perspective-kiosk/" + std::string(33, '1')}}).program.empty());
  EXPECT_TRUE(read({{"user-agent", "curl/8"}}).program.empty());
}

}  // namespace
}  // namespace perspective::protocol
