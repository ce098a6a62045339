// What a picture of an option may be made of; the corpus of bad definitions has more.
#include "survey/picture.h"

#include <gmock/gmock.h>

namespace perspective::survey {
namespace {

using ::testing::HasSubstr;

const std::string kHead = R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">)";
const std::string kGood = kHead + "\n<g fill=\"none\">\n<path d=\"M1 1 L-2.5,3e1 Z\"/></g></svg>\n";

std::string fault(const std::string& svg) {
  const auto found = fault_of_picture(svg);
  return found ? std::to_string(found->line) + ": " + found->what : "";
}
std::string fault_of_inner(const std::string& inner) { return fault(kHead + inner + "</svg>"); }

TEST(APicture, MayBeShapesInTheColourOfTheTheme) {
  EXPECT_EQ(fault(kGood), "");
  EXPECT_EQ(fault_of_inner(R"(<circle cx="3" cy="4" r="5" fill="currentColor" stroke="none"/>)"), "");
}

TEST(APicture, MayHaveItsLinesSaidAtItsRootAndAnySpaceBetween) {
  EXPECT_EQ(fault("<svg xmlns=\"http://www.w3.org/2000/svg\"\t viewBox=\"0 0 64 64\"\r\n stroke-width=\"2\" "
                  "fill=\"none\" stroke=\"currentColor\"><line x1=\"1\" y1=\"2\" x2=\"3\" y2=\"4\" "
                  "stroke-linecap=\"round\"/></svg>"),
            "");
}

TEST(APicture, IsOfOneFrameAndOneNamespace) {
  const auto root = [](const std::string& attributes) { return fault("<svg " + attributes + "></svg>"); };
  const std::string space = R"(xmlns="http://www.w3.org/2000/svg" )";
  const std::string square = R"(viewBox="0 0 64 64" )";
  EXPECT_EQ(root(space + square), "");
  EXPECT_THAT(root(square), HasSubstr("has no xmlns"));
  EXPECT_THAT(root(space), HasSubstr("has no viewBox"));
  EXPECT_THAT(root(R"(xmlns="http://www.w3.org/1999/xhtml" )" + square), HasSubstr("another xmlns"));
  EXPECT_THAT(root(space + R"(viewBox="0 0 640 64")"), HasSubstr("another viewBox"));
  EXPECT_THAT(root(space + square + R"(width="64")"), HasSubstr("the attribute width"));
  EXPECT_THAT(root(space + square + R"(stroke-dasharray="1")"), HasSubstr("the attribute stroke-dasharray"));
}

TEST(APicture, IsNotWhatRunsLoadsExpandsOrIsStyled) {
  for (const char* inner : {"<script/>",
                            "<image/>",
                            "<use/>",
                            "<style/>",
                            "<foreignObject/>",
                            "<a/>",
                            "<filter/>",
                            "<animate/>",
                            "<svg/>",
                            "<!-- x -->",
                            "<?xml-stylesheet?>",
                            "&amp;",
                            "words",
                            "<g style=\"x\"/>",
                            "<g onclick=\"x\"/>",
                            "<g href=\"x\"/>",
                            "<g xlink:href=\"x\"/>",
                            "<g id=\"x\"/>",
                            "<g class=\"x\"/>",
                            "<g fill=\"red\"/>",
                            "<g fill=\"url(x)\"/>",
                            "<g transform=\"url(#a)\"/>",
                            "<g d=\"&#65;\"/>",
                            "<g xmlns=\"x\"/>",
                            "<g viewBox=\"0 0 64 64\"/>"}) {
    EXPECT_NE(fault_of_inner(inner), "") << inner;
  }
}

TEST(APicture, IsWhole) {
  for (std::size_t size = 0; size + 1 < kGood.size(); ++size) EXPECT_NE(fault(kGood.substr(0, size)), "") << size;
  EXPECT_THAT(fault(kGood + "<g/>"), HasSubstr("goes on behind </svg>"));
  EXPECT_THAT(fault_of_inner("<g></path>"), HasSubstr("closes another element than <g>"));
}

TEST(APicture, IsSmallFlatAndNotCrowded) {
  const std::string spaces(kMaxPictureBytes, ' ');
  EXPECT_THAT(fault(kHead + spaces + "</svg>"), HasSubstr("where 16384 are the most"));
  std::string deep;
  for (int i = 0; i < 8; ++i) deep += "<g>";
  EXPECT_THAT(fault_of_inner(deep), HasSubstr("elements deep"));
  std::string many;
  for (int i = 0; i < 256; ++i) many += "<g/>";
  EXPECT_THAT(fault_of_inner(many), HasSubstr("more than 256 elements"));
}

TEST(APicture, IsToldTheLineOfItsFault) { EXPECT_EQ(fault(kHead + "\n\n<text/></svg>"), "3: has the element <text>"); }

TEST(APicturesName, CannotLeaveItsFolder) {
  EXPECT_TRUE(is_picture_name("amount-half"));
  EXPECT_TRUE(is_picture_name("amount-2"));
  EXPECT_FALSE(is_picture_name(std::string(65, 'a')));
  for (const char* name : {"", "../yes", "a/b", "A", "-a", "a.svg", "a b", "a{"})
    EXPECT_FALSE(is_picture_name(name)) << name;
}

}  // namespace
}  // namespace perspective::survey
