// The kinds of people that a questionnaire can tell apart, as far as its findings go: all that an attacker who counts
// can reason about. Items that routing or findings tie together make one block; blocks have only the number of
// respondents in common. Who answered is then a number of people of each kind, and every count, base and absence a sum
// of these.
//
// Promise:   pure and exact: each kind is an answer to every item of its block that routing allows, told apart by what
//            findings count and conditions ask; and no two kinds are the same.
// Errors:    invalid: more than kMaxKinds kinds in a block. Whoever audits then refuses: what can not be looked at is
// not
//            released.
// Threads:   plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "survey/questionnaire.h"

namespace perspective::release {

inline constexpr std::size_t kMaxKinds = 20'000;

// Kinds of a block: 1 where the kind belongs to it.
using Mask = std::vector<std::uint8_t>;
Mask both(const Mask& left, const Mask& right);
Mask without(const Mask& left, const Mask& right);
bool is_empty(const Mask& mask);
bool is_everyone(const Mask& mask);

struct OptionKinds {
  std::string options;  // ids that nothing tells apart, with slashes between
  Mask chose;
};

struct ItemKinds {
  std::string variable;
  bool has_outside = false;
  bool is_always_asked = true;
  Mask asked;
  Mask in_base;
  Mask outside;                      // answered, with options outside the base only
  Mask unanswered;                   // asked, and no answer
  std::vector<OptionKinds> options;  // inside the base
};

struct FindingKinds {
  std::string id;
  std::string item;
  bool is_plain = true;
  bool is_joint = false;
  Mask base;
  Mask counted;
};

struct TextKinds {
  std::string variable;
  Mask asked;
};

struct Block {
  std::size_t kinds = 0;
  std::vector<ItemKinds> items;
  std::vector<TextKinds> texts;        // items for words that are asked after items of this block, and of no other
  std::vector<FindingKinds> findings;  // in the questionnaire's order
};

Result<std::vector<Block>> blocks_of(const survey::Questionnaire& questionnaire);

}  // namespace perspective::release
