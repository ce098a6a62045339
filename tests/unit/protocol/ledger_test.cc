#include "protocol/ledger.h"

#include <gtest/gtest.h>

namespace perspective::protocol {
namespace {

constexpr Ledger kLedger{.started = 12, .lost = 1, .stopped = 2, .timed_out = 3, .quarantined = 1, .sent = 5};

std::string changed(std::string json, const std::string& from, const std::string& to) {
  EXPECT_NE(json.find(from), std::string::npos);
  return json.replace(json.find(from), from.size(), to);
}

TEST(LedgerOnTheWire, ComesBackAsItWasSent) {
  EXPECT_EQ(decode_ledger(encode_ledger(kLedger)).value(), kLedger);
  EXPECT_EQ(decode_ledger(encode_ledger({})).value(), Ledger{});
}

TEST(LedgerOnTheWire, HasNoMoreThanItsCounts) {
  EXPECT_EQ(encode_ledger(kLedger),
            R"({"format":1,"started":12,"lost":1,"stopped":2,"timed_out":3,"waiting":0,"quarantined":1,"sent":5,)"
            R"("withdrawn":0})");
}

TEST(LedgerOnTheWire, NewMemberIsPassedOver) {
  EXPECT_EQ(decode_ledger(changed(encode_ledger(kLedger), "{", R"({"later":true,)")).value(), kLedger);
}

TEST(LedgerOnTheWire, OneThatDoesNotBalanceIsCorrupt) {
  EXPECT_EQ(decode_ledger(changed(encode_ledger(kLedger), R"("sent":5)", R"("sent":4)")).error().code,
            ErrorCode::corrupt);
}

TEST(LedgerOnTheWire, NonsenseIsCorrupt) {
  const auto json = encode_ledger(kLedger);
  for (const auto& wrong : {std::string(), std::string("[]"), changed(json, R"("format":1)", R"("format":2)"),
                            changed(json, R"("lost":1,)", ""), changed(json, R"("lost":1)", R"("lost":"1")"),
                            changed(json, R"("waiting":0)", R"("waiting":-1)"),
                            changed(json, R"("waiting":0)", R"("waiting":9000000000000)")}) {
    EXPECT_EQ(decode_ledger(wrong).error().code, ErrorCode::corrupt) << wrong;
  }
}

}  // namespace
}  // namespace perspective::protocol
