// The reference case's release, and what is found after some of its words were replaced.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "draft_of.h"
#include "release_of.h"
#include "report/differences.h"
#include "report/unknown_amounts.h"

namespace perspective::report {

class AnEditedRelease : public testing::TestWithParam<const char*> {
 protected:
  // In a paragraph of its own: nothing, what is refused, or what is asked about.
  std::string said_of(const std::string& paragraph) {
    const auto unknown = unknown_amounts(words_, {paragraph}, document_);
    std::string said;
    for (const auto& each : unknown)
      said += (said.empty() ? "" : "; ") + each.name + (each.may_be_other ? " is asked about" : "");
    return said;
  }
  std::string found_after(const std::vector<std::pair<std::string, std::string>>& edits) {
    auto text = to_text(document_);
    for (const auto& [from, to] : edits) {
      const auto at = text.find(from);
      EXPECT_NE(at, std::string::npos) << from;
      if (at != std::string::npos) text.replace(at, from.size(), to);
    }
    return found_in(text);
  }
  // Each of these sentences behind the one that ends so, and what it is found to name.
  void expect_named(const std::string& end, const std::vector<std::pair<const char*, const char*>>& sentences) {
    for (const auto& [more, name] : sentences) EXPECT_EQ(found_after({{end, end + " " + more}}), name) << more;
  }
  std::string found_in(const std::string& text) {
    std::string found;
    for (const auto& each : unknown_amounts(words_, paragraphs_in(text), document_))
      found += (found.empty() ? "" : "; ") + each.name;
    return found;
  }
  // What may be said of it once an inspector confirms that it counts nobody.
  std::string asked_after(const std::string& from, const std::string& to) {
    auto text = to_text(document_);
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    std::string asked;
    for (const auto& each : unknown_amounts(words_, paragraphs_in(text.replace(at, from.size(), to)), document_))
      asked += (asked.empty() ? "" : "; ") + each.name + (each.may_be_other ? " is asked about" : "");
    return asked;
  }
  const Document document_ = croydon_release(GetParam()).document();
  const AmountWords words_ = reference_case::unwrapped(AmountWords::of(
      reference_case::phrases(GetParam()),
      {reference_case::phrases(std::string(GetParam()) == "en" ? std::string("cy") : std::string("en"))}));
};

}  // namespace perspective::report
