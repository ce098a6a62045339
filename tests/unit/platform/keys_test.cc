// The keyboard on the screen, laid out for every monitor, size, language, order and page: how large, how far apart.
#include <algorithm>
#include <cmath>

#include "platform/layout.h"
#include "support/trial_visit.h"

namespace perspective::platform {
namespace {

struct Monitor {
  const char* name;
  float width_px;
  float height_px;
  float width_mm;
};
constexpr Monitor kMonitors[] = {
    {"7.9 inches", 1024, 768, 160}, {"15.6 inches", 1366, 768, 345}, {"24 inches", 1920, 1080, 531}};

float distance(const Rect& a, const Rect& b) {
  const float x = std::max({0.0F, a.x - b.right(), b.x - a.right()});
  const float y = std::max({0.0F, a.y - b.bottom(), b.y - a.bottom()});
  return std::max(x, y);
}

class TheKeyboardOn : public trial::Trial, public ::testing::WithParamInterface<std::tuple<Monitor, int>> {
 protected:
  void SetUp() override {
    to_questions();
    act(visit::Choose{"up"}, visit::Next{}, visit::Skip{}, visit::ShowKeyboard{});
    for (int i = 0; i < std::get<int>(GetParam()); ++i) act(visit::NextSize{});
  }
  void look(const screen::Screen& screen) {
    const Monitor& monitor = std::get<Monitor>(GetParam());
    const float mm = monitor.width_px / monitor.width_mm;
    TextCache texts([](const Mask&) { return 1U; }, [](std::uint64_t) {});
    const Dress dress = dress_of(visit_.settings(), mm, 400, texts);
    const Layout layout = lay_out(screen, monitor.width_px, monitor.height_px, dress, texts);
    expect_keys(layout, mm);
    EXPECT_TRUE(layout.fits());
    EXPECT_LE(layout.foot.bottom(), monitor.height_px + 0.5F);
    const Box* entry = layout.box("words");
    ASSERT_NE(entry, nullptr);
    const Piece& text = entry->pieces.front();
    const Rect caret = text.block->caret(entry->item->caret);
    EXPECT_GE(text.y + caret.y, entry->rect.y - 0.5F);
    EXPECT_LE(text.y + caret.y + caret.height, entry->rect.bottom() + 0.5F);
    EXPECT_LE(entry->rect.bottom(), layout.content.height);
    EXPECT_GE(entry->rect.y, 0);
    if (screen.item("left") != nullptr) {
      ASSERT_NE(layout.box("left"), nullptr);
      EXPECT_LE(layout.box("left")->rect.bottom(), layout.content.height);
    }
  }
  void expect_keys(const Layout& layout, float mm) {
    for (const Box& box : layout.boxes) {
      if (!is_focusable(*box.item)) continue;
      const auto where = [&] { return box.item->id + " on " + std::get<Monitor>(GetParam()).name; };
      EXPECT_GE(box.rect.width / mm, 12.7F) << where();
      EXPECT_GE(box.rect.height / mm, 12.7F) << where();
      EXPECT_GE(box.rect.x, 0) << where();
      EXPECT_LE(box.rect.right(), layout.content.width) << where();
      if (box.item->place != screen::Place::keys) continue;
      for (const Piece& piece : box.pieces) {
        EXPECT_FALSE(piece.block->is_broken_in_word()) << where();
        EXPECT_LE(static_cast<float>(piece.block->ink_width), box.rect.width) << where();
        if (box.item->columns > 1) {
          EXPECT_LE(static_cast<float>(piece.block->height), box.rect.height) << where();
        }
      }
      for (const Box& other : layout.boxes) {
        const bool is_pair = &other != &box && is_focusable(*other.item) && other.item->place == box.item->place;
        if (is_pair) {
          EXPECT_GE(distance(box.rect, other.rect) / mm, 2.54F) << where() << ", " << other.item->id;
        }
      }
    }
  }
};

TEST_P(TheKeyboardOn, IsAPadInTheMiddleWhereItHasFewerColumns) {
  const Monitor& monitor = std::get<Monitor>(GetParam());
  screen::Screen pad{.id = "pad", .language = "en", .items = {}};
  pad.items.push_back({.id = "heading", .role = screen::Role::heading, .label = "Type the number"});
  for (int i = 0; i < 6; ++i) {
    pad.items.push_back({.id = "key." + std::to_string(i),
                         .role = screen::Role::button,
                         .place = screen::Place::keys,
                         .label = std::to_string(i),
                         .columns = 3,
                         .group = "keys." + std::to_string(i / 3)});
  }
  TextCache texts([](const Mask&) { return 1U; }, [](std::uint64_t) {});
  const Dress dress = dress_of(visit_.settings(), monitor.width_px / monitor.width_mm, 400, texts);
  const Layout layout = lay_out(pad, monitor.width_px, monitor.height_px, dress, texts);
  const Rect& first = layout.box("key.0")->rect;
  const Rect& last = layout.box("key.2")->rect;
  EXPECT_EQ(layout.box("key.1")->rect.width, first.width);
  EXPECT_NEAR(first.x, layout.box("key.3")->rect.x, 0.5F);
  EXPECT_NEAR(first.x + last.right(), monitor.width_px, 3);
  const Rect& heading = layout.box("heading")->rect;
  EXPECT_GE(heading.x, first.x - 1) << "what is asked for stands above its keys";
  EXPECT_LE(heading.right(), last.right() + 2);
}

// With as many cautions as a question can have, and as long a question as there is.
TEST_P(TheKeyboardOn, ShowsTheWholeQuestionWhateverElseGivesWay) {
  const Monitor& monitor = std::get<Monitor>(GetParam());
  auto now = screen();
  const auto heading = std::ranges::find(now.items, "heading", &screen::Item::id);
  ASSERT_NE(heading, now.items.end());
  heading->label = "Oes rhywbeth arall rydych chi eisiau ei ddweud wrth yr arolygwyr?";
  const auto note = std::ranges::find(now.items, screen::Role::note, &screen::Item::role);
  ASSERT_NE(note, now.items.end());
  note->label = "If you are not safe, tell someone you trust, or call Victim Support on 08 08 16 89 111.";
  now.items.insert(note, 3, screen::Item(*note));
  TextCache texts([](const Mask&) { return 1U; }, [](std::uint64_t) {});
  const Dress dress = dress_of(visit_.settings(), monitor.width_px / monitor.width_mm, 400, texts);
  const Layout layout = lay_out(now, monitor.width_px, monitor.height_px, dress, texts);
  EXPECT_TRUE(layout.fits());
  for (const char* id : {"heading", "words"}) {
    const Box* box = layout.box(id);
    ASSERT_NE(box, nullptr) << id;
    EXPECT_GE(box->rect.y, 0) << id;
    EXPECT_LE(box->rect.bottom(), layout.content.height) << id;
  }
  EXPECT_LT(layout.box("heading")->rect.y, layout.box("words")->rect.y);
}

TEST_P(TheKeyboardOn, HasABoxNoHigherThanALineWhereThatIsEnough) {
  const Monitor& monitor = std::get<Monitor>(GetParam());
  TextCache texts([](const Mask&) { return 1U; }, [](std::uint64_t) {});
  const Dress dress = dress_of(visit_.settings(), monitor.width_px / monitor.width_mm, 400, texts);
  auto now = screen();
  for (auto& item : now.items) {
    if (item.role == screen::Role::entry) item.is_short = true;
  }
  const auto height = [&](const screen::Screen& shown) {
    return lay_out(shown, monitor.width_px, monitor.height_px, dress, texts).box("words")->rect.height;
  };
  EXPECT_LE(height(now), std::max(dress.target, 3.5F * dress.capital + dress.pad));
  EXPECT_LE(height(now), height(screen()));
}

TEST_P(TheKeyboardOn, HasLargeTargetsApartAndShowsTheCaret) {
  const std::string long_text = "One line, and another one, and words until the room is nearly full.\n";
  for (const std::string language : {"en", "cy"}) {
    act(visit::ChooseLanguage{language});
    for (const std::string& text : {std::string(), std::string("Ŵy "), long_text.substr(0, 39)}) {
      act(visit::Write{text});
      for (const auto page : {visit::KeyPage::accents, visit::KeyPage::signs, visit::KeyPage::edit}) {
        look(screen());
        act(visit::ShowKeys{page}, visit::NextKeyOrder{});
        look(screen());
      }
      act(visit::ShowKeys{visit::KeyPage::edit});
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryMonitorAndSize, TheKeyboardOn,
                         ::testing::Combine(::testing::ValuesIn(kMonitors), ::testing::Range(0, visit::kTextSizes)));

}  // namespace
}  // namespace perspective::platform
