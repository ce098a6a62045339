#include "token/token.h"

#include <gmock/gmock.h>

#include <set>

namespace perspective::token {
namespace {

constexpr int kDrawn = 300;

TEST(AToken, ComesBackAsItWasDrawn) {
  for (int i = 0; i < kDrawn; ++i) {
    const std::string drawn = draw();
    EXPECT_EQ(drawn.size(), kLength);
    EXPECT_EQ(read(drawn), drawn);
  }
}

TEST(AToken, IsReadHoweverItIsWritten) {
  for (int i = 0; i < kDrawn; ++i) {
    const std::string drawn = draw();
    std::string untidy = " " + grouped(drawn) + "-";
    for (char& c : untidy) {
      if (c == '0') c = 'o';
      if (c == '1') c = i % 2 == 0 ? 'l' : 'I';
      if (c >= 'A' && c <= 'Z' && c != 'I') c = static_cast<char>(c - 'A' + 'a');
      if (c == ' ') c = '-';
    }
    EXPECT_EQ(read(untidy), drawn) << untidy;
  }
}

TEST(AToken, WithAnyOneSymbolChangedIsNone) {
  for (int i = 0; i < kDrawn / 10; ++i) {
    const std::string drawn = draw();
    for (std::size_t at = 0; at < kLength; ++at) {
      for (const char other : kSymbols) {
        std::string changed = drawn;
        changed[at] = other;
        EXPECT_EQ(read(changed).has_value(), other == drawn[at]) << drawn << " " << changed;
      }
    }
  }
}

TEST(AToken, WithAnyTwoNeighboursExchangedIsNone) {
  for (int i = 0; i < kDrawn; ++i) {
    const std::string drawn = draw();
    for (std::size_t at = 0; at + 1 < kLength; ++at) {
      std::string changed = drawn;
      std::swap(changed[at], changed[at + 1]);
      EXPECT_EQ(read(changed).has_value(), drawn[at] == drawn[at + 1]) << drawn << " " << changed;
    }
  }
}

TEST(AToken, WithASymbolMissingOrTooManyIsNone) {
  const std::string drawn = draw();
  EXPECT_FALSE(read(drawn.substr(1)));
  EXPECT_FALSE(read(drawn + "0"));
  EXPECT_FALSE(read(""));
}

TEST(AToken, WithASignOrAUInItIsNone) {
  for (const char odd : {'U', 'u', '*', '~', '$', '=', '.'}) EXPECT_FALSE(read("7K3Q" + std::string(8, odd))) << odd;
}

// By hand: 1 is 32^0, so 00000000001 leaves 1; 32 leaves 32, which no symbol of ours stands for; 37 leaves 0.
TEST(AToken, ChecksAsCrockfordDoes) {
  EXPECT_TRUE(read("000000000011"));
  EXPECT_TRUE(read("000000000150"));
  for (const char last : kSymbols) EXPECT_FALSE(read("00000000010" + std::string(1, last))) << last;
}

TEST(Tokens, DifferAndUseEachSymbolInEachPlace) {
  std::set<std::string> all;
  std::set<std::pair<std::size_t, char>> seen;
  for (int i = 0; i < 10 * kDrawn; ++i) {
    const std::string drawn = draw();
    all.insert(drawn);
    for (std::size_t at = 0; at < kLength; ++at) seen.emplace(at, drawn[at]);
  }
  EXPECT_EQ(all.size(), 10U * kDrawn);
  EXPECT_EQ(seen.size(), kLength * kSymbols.size());
}

TEST(WhatIsTyped, IsKeptAsItStandsOnSlips) {
  EXPECT_EQ(symbols_in("o i-l u*7k"), "0117K");
  EXPECT_EQ(symbols_in("\xc3\xa9"), "");
  EXPECT_EQ(grouped("7K3QZ"), "7K3Q Z");
  EXPECT_EQ(grouped("7K3QZ0M9XT4B"), "7K3Q Z0M9 XT4B");
  EXPECT_EQ(grouped(""), "");
}

}  // namespace
}  // namespace perspective::token
