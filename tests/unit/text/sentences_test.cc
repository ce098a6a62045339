#include "text/sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perspective::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Sentences, EndAtStopsAndAtLineFeeds) {
  EXPECT_THAT(sentences_of("You may stop. Do you want to?\nYes", "en"),
              ElementsAre("You may stop.", "Do you want to?", "Yes"));
  EXPECT_THAT(sentences_of("Cewch chi stopio.\nDydy hi ddim yn iawn? Ydy!", "cy"), SizeIs(3));
}

TEST(Sentences, AreNotMadeOfSignsAlone) { EXPECT_THAT(sentences_of(" \n - \n...\n", "en"), IsEmpty()); }

TEST(Words, StandBetweenSpacesWithoutTheSignsAroundThem) {
  EXPECT_THAT(words_of("\"What do YOU think?\" - it's well-known (0800\u00a01111)."),
              ElementsAre("What", "do", "YOU", "think", "it's", "well-known", "0800\u00a01111"));
  EXPECT_THAT(words_of("Beth yw'r tŷ, Siân?"), ElementsAre("Beth", "yw'r", "tŷ", "Siân"));
  EXPECT_THAT(words_of(""), IsEmpty());
}

}  // namespace
}  // namespace perspective::text
