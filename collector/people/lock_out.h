// How long whoever typed wrong passwords waits before the next is looked at.
//
// Promise:   kFree failures in a row cost nothing; then each doubles the wait, from a second to a quarter of an hour.
// After
//            kMost in a row an account lets in nobody who is new to it, until it was reset by an administrator or the
//            person signed in from a device that is known (NIST SP 800-63B-4, 3.2.2: no more than 100 in a row, of
//            which the known devices have their share). A wait is an answer, not a look: what comes too early is not
//            counted, so that nobody lengthens a colleague's wait; and a device from which somebody signed in before is
//            counted by itself alone (OWASP, "device cookies"), so that nobody shuts them out there. An address is
//            counted too, over all names: who tries one password on many accounts waits as well.
// Threads:   pure.
// Units:     times in seconds since 1970.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace perspective::people {

struct Failures {
  int count = 0;  // in a row
  std::int64_t last_s = 0;
};

constexpr std::string_view kFailuresKind = "failures";  // of its records
inline std::string failures_of_name(std::string_view name) { return "name:" + std::string(name); }

constexpr int kFree = 4;
constexpr int kMost = 50;
constexpr int kFreeOfAddress = 20;  // an office has one
constexpr int kMostOfDevice = 10;   // then it is a stranger again
constexpr int kMostDevices = 5;     // with kMost: 100
constexpr std::int64_t kLongestWait_s = 15 * 60;
constexpr std::int64_t kForgetAddress_s = 24 * 3600;

std::int64_t wait_s(const Failures& failures, int free, std::int64_t now_s);  // 0: now
inline bool is_shut(const Failures& failures) { return failures.count >= kMost; }

}  // namespace perspective::people
