// The pictures of our questionnaires, really drawn by librsvg.
#include "platform/picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "support/source_folder.h"
#include "survey/picture.h"

namespace perspective::platform {
namespace {

const std::filesystem::path kPictures = std::string(kSourceFolder) + "/assets/questionnaires/pictures";

std::map<std::string, std::string> ours() {
  std::map<std::string, std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator(kPictures)) {
    all.emplace(entry.path().stem(), *read_text(entry.path()));
  }
  return all;
}

// Of all pixels, how many are covered at all.
double covered(const Mask& mask) {
  const auto dark = std::ranges::count_if(mask.bytes, [](std::uint8_t byte) { return byte > 127; });
  return static_cast<double>(dark) / static_cast<double>(mask.width * mask.height);
}

TEST(OurPictures, AreDrawnSolidlyInEverySizeAndUncut) {
  EXPECT_GE(ours().size(), 30U);
  for (const auto& [name, svg] : ours()) {
    EXPECT_FALSE(survey::fault_of_picture(svg)) << name;
    for (const int size : {34, 43, 60, 82, 180}) {  // 9 mm and more at 96 dpi
      const auto mask = picture_mask(svg, size);
      ASSERT_TRUE(mask) << name << ": " << mask.error().what;
      EXPECT_GT(covered(*mask), 0.08) << name << " is too faint at " << size;
      EXPECT_LT(covered(*mask), 0.6) << name << " is a blot at " << size;
      for (int i = 0; i < size; ++i) {
        const auto at = [&](int x, int y) { return mask->bytes[static_cast<std::size_t>(y * mask->stride + x)]; };
        const int edge = std::max({at(i, 0), at(i, size - 1), at(0, i), at(size - 1, i)});
        ASSERT_LT(edge, 200) << name << " reaches its edge at " << size;
      }
    }
  }
}

TEST(OurPictures, AreAllDifferent) {
  std::set<std::vector<std::uint8_t>> drawn;
  for (const auto& [name, svg] : ours()) EXPECT_TRUE(drawn.insert(picture_mask(svg, 34)->bytes).second) << name;
}

// A row that fills up: each step covers more than the one before.
TEST(OurPictures, OfAmountsGrow) {
  const auto all = ours();
  double before = 0;
  for (const char* amount : {"none", "little", "half", "most", "all"}) {
    const double now = covered(*picture_mask(all.at(std::string("amount-") + amount), 60));
    EXPECT_GT(now, before + 0.02) << amount;
    before = now;
  }
}

TEST(ADrawing, OpensNoFile) {
  const auto folder = std::filesystem::temp_directory_path() / "perspective-picture-test";
  std::filesystem::create_directories(folder);
  ASSERT_TRUE(write_file(folder / "whole.svg", as_bytes(ours().at("amount-all"))));
  const auto mask = picture_mask(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      "viewBox=\"0 0 64 64\"><image width=\"64\" height=\"64\" xlink:href=\"file://" +
          (folder / "whole.svg").string() + "\"/></svg>",
      60);
  std::filesystem::remove_all(folder);
  if (mask) {
    EXPECT_EQ(covered(*mask), 0);
  }
}

TEST(ADrawing, ThatIsNoneIsAnError) { EXPECT_FALSE(picture_mask("<svg", 60)); }

TEST(APictureCache, UploadsAPictureOnceASize) {
  int uploads = 0;
  int discards = 0;
  {
    PictureCache cache([&](const Mask&) { return static_cast<std::uint64_t>(++uploads); },
                       [&](std::uint64_t) { ++discards; });
    const std::string svg = ours().at("yes");
    const auto first = cache.texture(svg, 60);
    EXPECT_EQ(cache.texture(svg, 60), first);
    EXPECT_NE(cache.texture(svg, 61), first);
    EXPECT_EQ(cache.texture("no drawing", 60), 0U);
    EXPECT_EQ(cache.texture("no drawing", 60), 0U);
    EXPECT_EQ(uploads, 2);
  }
  EXPECT_EQ(discards, 2);
}

}  // namespace
}  // namespace perspective::platform
