// A questionnaire of every kind of item, small enough to see at once.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "survey/questionnaire.h"

namespace perspective::survey {

inline constexpr std::string_view kSmallDefinition = R"json({
  "format": 1, "id": "pets", "version": 2, "languages": ["en", "cy"],
  "items": [
    {"type": "single_choice", "variable": "has_pet", "options": [{"id": "yes"}, {"id": "no"}, {"id": "rather_not", "base": "outside"}]},
    {"type": "multiple_choice", "variable": "which", "relevant": "${has_pet} = 'yes'",
     "options": [{"id": "cat"}, {"id": "dog"}, {"id": "other"}, {"id": "none_of_these", "exclusive": true}]},
    {"type": "text", "variable": "other_which", "relevant": "selected(${which}, 'other')", "max_bytes": 20},
    {"type": "scale", "variable": "joy", "relevant": "count-selected(${which}) > 0",
     "options": [{"id": "much", "value": 2}, {"id": "little", "value": 1}],
     "notes": [{"text": "note.sad", "when": "${joy} = 'little'"}]},
    {"type": "text", "variable": "more"}
  ],
  "findings": [{"id": "owners", "item": "has_pet", "counted": ["yes"]},
               {"id": "joyful", "item": "joy", "counted": ["much"], "within": "owners", "form": "count"}],
  "section": [{"sentences": [{"id": "owners", "findings": ["owners"]}, {"id": "words", "quotes": ["more"]}]}]
})json";

inline Questionnaire small_questionnaire() {
  auto parsed = Questionnaire::parse(kSmallDefinition);
  EXPECT_TRUE(parsed) << parsed.error().what;
  return *parsed;
}

// The definition with one piece of it replaced.
inline std::string with(std::string_view piece, std::string_view other) {
  std::string definition(kSmallDefinition);
  const auto at = definition.find(piece);
  EXPECT_NE(at, std::string::npos) << piece;
  return definition.replace(at, piece.size(), other);
}

}  // namespace perspective::survey
