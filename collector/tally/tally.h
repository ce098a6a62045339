// Counts of one questionnaire: what was answered, over whom, and why the rest is missing.
//
// Promise:   pure; the same columns give the same tally, whatever order the rows came in.
//            For every item: base + outside + skipped + not_asked + not_reached = respondents.
//            Findings may hang on findings (within, joint_with) to any depth.
// Threads:   plain values.
// Units:     people; intervals as proportions from 0 to 1.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tally/columns.h"

namespace perspective::tally {

struct Interval {
  double low = 0;
  double high = 0;
};

struct OptionCount {
  std::string option;
  bool in_base = true;
  std::int64_t count = 0;
};

// base: asked, and chose an option inside the base; of a free text: wrote something.
struct ItemCount {
  std::string variable;
  std::string kind;  // single_choice, scale, multiple_choice, text
  std::int64_t base = 0;
  std::vector<OptionCount> options;
  std::int64_t outside = 0;  // answered, with options outside the base only
  std::int64_t skipped = 0;
  std::int64_t not_asked = 0;
  std::int64_t not_reached = 0;
  std::optional<double> mean;  // over those in the base, where every option inside it has a value
};

// A finding over its base. Nested: the base is the people whom the other finding counts; `missing` of them gave no
// answer inside the item's base. Joint: the people whom both findings count, over those who are in the base of both.
struct FindingCount {
  std::string id;
  std::string item;
  std::string hangs_on;  // the finding that it is joint with or within; empty: none
  std::int64_t count = 0;
  std::int64_t base = 0;
  std::int64_t missing = 0;
  bool is_same = false;  // hangs on another, and counts as many people as that one does
};

struct Tally {
  std::string questionnaire;
  int version = 1;
  std::int64_t respondents = 0;
  std::int64_t on_paper = 0;           // of them
  std::vector<ItemCount> items;        // in the questionnaire's order
  std::vector<FindingCount> findings;  // likewise

  const ItemCount* item(std::string_view variable) const;  // null: no such item
  const FindingCount* finding(std::string_view id) const;  // null: no such finding
};

Tally tally_of(const Columns& columns);

// Rounded half up, in integers. 0 where the base is empty.
std::int64_t whole_percent(std::int64_t count, std::int64_t base);

// Wilson's 95 % interval. None where the base is empty.
std::optional<Interval> wilson_interval(std::int64_t count, std::int64_t base);

// For scripts: {"questionnaire","version","respondents","on_paper","items":[...],"findings":[...]}, per cent and
// interval beside each count, both null where the base is empty. It is the full tally: not for release.
std::string tally_to_json(const Tally& tally);

// All of an inspection: {"inspection","set_aside","notes":[...],"questionnaires":[...]}. set_aside: responses that are
// not counted. notes: sentences that stand above the figures.
std::string tallies_to_json(std::string_view inspection, std::int64_t set_aside, std::span<const std::string> notes,
                            std::span<const Tally> tallies);

}  // namespace perspective::tally
