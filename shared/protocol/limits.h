// What kiosk and collector hold each other to. PROTOCOL.md explains each.
#pragma once

#include <cstddef>

#include "base/ration.h"

namespace perspective::protocol {

constexpr int kVersion = 1;
constexpr std::size_t kMaxBatchEnvelopes = 50;  // in one POST
constexpr std::size_t kSmallestBatch = 5;       // that wait before any goes, where a package does not say
constexpr std::size_t kMaxTokens = 5000;        // of an inspection: 320 KB of its package
constexpr std::size_t kMaxEnvelopeBytes = 128 * 1024;
// New envelopes, tokens, and wishes to take one back: of each so many, at one collector.
constexpr Ration::Bounds kMostOfOneKiosk{.most = 10'000, .more_a_day = 100};
constexpr std::size_t kMaxBundleEnvelopes = 500;  // of one inspection, on one stick
constexpr std::size_t kMaxBundleBytes = 64 * 1024 * 1024;
constexpr std::size_t kMaxPackageBytes = 8 * 1024 * 1024;
constexpr std::size_t kMaxHeaderBytes = 16 * 1024;
constexpr int kInviteDays = 7;
constexpr int kKioskCertificateDays = 397;
constexpr std::size_t kPaddingStepBytes = 1024;  // the padded size is a multiple of it

// The padded size of an inspection whose longest possible submission has this many bytes.
constexpr std::size_t padded_size(std::size_t longest_submission_bytes) {
  return (longest_submission_bytes + kPaddingStepBytes - 1) / kPaddingStepBytes * kPaddingStepBytes;
}

}  // namespace perspective::protocol
