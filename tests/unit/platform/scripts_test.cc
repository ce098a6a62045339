// A questionnaire in English, Urdu and Bengali, drawn without a screen.
#include <gtest/gtest.h>
#include <algorithm>

#include "platform/stage.h"
#include "platform/window.h"
#include "support/drawing.h"
#include "support/source_folder.h"
#include "support/trial_app.h"

namespace perspective::platform {
namespace {

using kiosk_package::unwrapped;
using trial::kPixelsPerMm;

constexpr float kWidth = 1280;
constexpr float kHeight = 800;

class AQuestionnaireInManyScripts : public trial::TrialApp {
 protected:
  void SetUp() override {
    drawing_.emplace();
    open();
  }
  void TearDown() override {
    stage_.reset();
    drawing_.reset();
  }
  void open() {
    protocol::Package park =
        kiosk_package::package(keys_, {std::filesystem::path(kSourceFolder) / "tests" / "fixtures" / "town-park"});
    park.languages = {"en", "ur", "bn"};
    app::Host host{.save_draft = [](const std::string&) {},
                   .put = [](const std::string&, const envelope::EnvelopeId&, const Bytes&) {},
                   .wait = [](std::chrono::milliseconds) {},
                   .wait_for_input = [](std::chrono::milliseconds) {},
                   .wait_to_scan = [](std::chrono::milliseconds) {},
                   .visit_started = [](const std::string&) {},
                   .visit_ended = [](visit::Ending) {}};
    app_.emplace(app::App::create(unwrapped(app::load_assets(assets())), {park}, std::move(host)));
    stage_.emplace(
        model_of(*app_), [](const Mask&) { return 1U; }, [](std::uint64_t) {}, kPixelsPerMm);
  }
  void draw() {
    for (int i = 0; i < 3; ++i) trial::Drawing::frame(kWidth, kHeight, [this] { stage_->frame(kWidth, kHeight); });
  }
  // To the first question.
  void ask(const std::string& language) {
    start(language);
    for (int i = 0; i < 20 && !app_->screen().id.starts_with("question."); ++i) {
      answer();
      app_->press("next");
    }
    draw();
  }
  void go_to_words() {
    for (int i = 0; i < 20 && !has("words"); ++i) app_->press("skip");
    draw();
  }
  const Box& box(const std::string& id) const {
    const Box* found = stage_->layout().box(id);
    if (found == nullptr) throw std::runtime_error(id + " is not on " + app_->screen().id);
    return *found;
  }
  void key(access::Key which) {
    stage_->key({.press = {}, .meaning = access::KeyPress{.key = which}});
    draw();
  }
  void expect_nothing_cut() const;
  void expect_nothing_cut_in_a_visit(const std::string& language, int sizes_on, visit::Typeface typeface,
                                     bool is_spaced);

  std::optional<trial::Drawing> drawing_;
  std::optional<Stage> stage_;
};

// Every word and mark within its box, every box in the window.
void AQuestionnaireInManyScripts::expect_nothing_cut() const {
  for (const Box& box : stage_->layout().boxes) {
    const std::string where = box.item->id + " on " + app_->screen().id + " in " + app_->screen().language;
    EXPECT_GE(box.rect.x, 0) << where;
    EXPECT_LE(box.rect.right(), kWidth + 0.5F) << where;
    for (const Piece& piece : box.pieces) {
      const TextBlock& block = *piece.block;
      const float left = piece.x + static_cast<float>(block.ink_left);
      EXPECT_FALSE(block.is_broken_in_word()) << where;
      EXPECT_GE(left, box.rect.x - 0.5F) << where;
      EXPECT_LE(left + static_cast<float>(block.ink_width), box.rect.right() + 0.5F) << where;
      EXPECT_LE(block.mask_height, block.height + 1) << where;
      if (box.item->role == screen::Role::radio) {
        EXPECT_GE(piece.y, box.rect.y) << where;
        EXPECT_LE(piece.y + static_cast<float>(block.height), box.rect.bottom()) << where;
      }
    }
  }
}

// From the language to the check, with every hard word explained.
void AQuestionnaireInManyScripts::expect_nothing_cut_in_a_visit(const std::string& language, int sizes_on,
                                                                visit::Typeface typeface, bool is_spaced) {
  open();
  start(language);
  for (int i = 0; i < sizes_on; ++i) app_->press("bar.size");
  app_->press("bar.yours");
  if (typeface != app_->settings().typeface) app_->press("yours.typeface.next");
  if (is_spaced) app_->press("yours.spacing.next");
  if (has("close")) app_->press("close");
  ASSERT_EQ(app_->settings().typeface, typeface);
  ASSERT_EQ(app_->settings().is_spaced, is_spaced);
  for (int i = 0; i < 30 && app_->screen().id != "check"; ++i) {
    explain_all();
    answer("abc");
    draw();
    expect_nothing_cut();
    const bool is_answered = has("words") || first(screen::Role::checkbox).empty();
    app_->press(is_answered ? "next" : "skip");
  }
  ASSERT_EQ(app_->screen().id, "check");
  draw();
  expect_nothing_cut();
}

TEST_F(AQuestionnaireInManyScripts, IsCutNowhereInAnySizeTypefaceAndSpacing) {
  for (const std::string language : {"en", "ur", "bn"}) {
    for (int size = 0; size < visit::kTextSizes; ++size) {
      for (const visit::Typeface typeface : {visit::Typeface::andika, visit::Typeface::open_dyslexic}) {
        for (const bool is_spaced : {false, true}) expect_nothing_cut_in_a_visit(language, size, typeface, is_spaced);
      }
    }
  }
}

TEST_F(AQuestionnaireInManyScripts, StandsMirroredWhereLinesRunFromRightToLeft) {
  ask("ur");
  const Box& option = box(first(screen::Role::radio));
  EXPECT_GT(option.mark.x, option.rect.x + option.rect.width / 2) << "the mark stands before the words";
  EXPECT_LT(option.pieces.front().x, option.mark.x);
  EXPECT_LT(box("next").rect.x, box("back").rect.x);
  EXPECT_LT(box("bar.stop").rect.x, box("bar.language").rect.x);
  EXPECT_GT(box("bar.language").rect.right(), kWidth - 10 * kPixelsPerMm);
  const Piece& heading = box("heading").pieces.front();
  const float right = heading.x + static_cast<float>(heading.block->ink_left + heading.block->ink_width);
  EXPECT_NEAR(right, box("heading").rect.right(), 2) << "lines begin at the right edge";
}

TEST_F(AQuestionnaireInManyScripts, StandsAsInEnglishWhereLinesRunFromLeftToRight) {
  for (const std::string language : {"en", "bn"}) {
    open();
    ask(language);
    const Box& option = box(first(screen::Role::radio));
    EXPECT_LT(option.mark.x, option.pieces.front().x) << language;
    EXPECT_GT(box("next").rect.x, box("back").rect.x) << language;
    EXPECT_GT(box("bar.stop").rect.x, box("bar.language").rect.x) << language;
  }
}

TEST_F(AQuestionnaireInManyScripts, IsGoneThroughWithTheArrowThatPointsTheWayOfTheLines) {
  for (const std::string language : {"en", "ur"}) {
    open();
    ask(language);
    const auto on = language == "ur" ? access::Key::left : access::Key::right;
    const auto back = language == "ur" ? access::Key::right : access::Key::left;
    key(access::Key::tab);
    const auto first_one = *stage_->focused();
    key(on);
    const auto second = *stage_->focused();
    EXPECT_NE(first_one, second);
    key(back);
    EXPECT_EQ(stage_->focused(), first_one) << language;
    key(access::Key::tab);
    EXPECT_EQ(stage_->focused(), second) << language << ": the arrow goes the way of Tab";
  }
}

TEST_F(AQuestionnaireInManyScripts, TakesWordsFromTheRightEdgeOn) {
  ask("ur");
  go_to_words();
  app_->focus("words");
  draw();
  const auto caret = [&] {
    const Piece& text = box("words").pieces.front();
    return text.x + text.block->caret(app_->screen().item("words")->value.size()).x;
  };
  const float start = caret();
  EXPECT_GT(start, box("words").rect.right() - 6 * kPixelsPerMm);
  for (const std::uint32_t letter : {0x0627U, 0x0628U, 0x062AU}) {
    stage_->key({.press = {}, .meaning = {}, .is_letter = true});
    stage_->character(letter);
  }
  draw();
  EXPECT_EQ(app_->screen().item("words")->value, "\u0627\u0628\u062a");
  EXPECT_LT(caret(), start);
  key(access::Key::right);  // one letter back, as seen
  stage_->key({.press = {}, .meaning = {}, .is_letter = true});
  stage_->character(0x0646U);
  EXPECT_EQ(app_->screen().item("words")->value, "\u0627\u0628\u0646\u062a");
  key(access::Key::home);
  stage_->key({.press = {}, .meaning = {}, .is_letter = true});
  stage_->character(0x0645U);
  EXPECT_EQ(app_->screen().item("words")->value, "\u0645\u0627\u0628\u0646\u062a");
}

TEST_F(AQuestionnaireInManyScripts, SpeaksOfNothingInAnotherLanguageThanItsOwn) {
  const auto own = unwrapped(app::load_assets(assets()));
  for (const std::string language : {"ur", "bn"}) {
    EXPECT_EQ(own.words.at(language).language(), language);
    EXPECT_NE(own.words.at(language).say("kiosk.button.next"), own.words.at("en").say("kiosk.button.next"));
  }
}

TEST(Nastaliq, HasAllItsInkInsideItsBlock) {
  Mask last;
  TextCache texts(
      [&](const Mask& mask) {
        last = mask;
        return 1U;
      },
      [](std::uint64_t) {});
  // Kaf and gaf reach far above, jeem and ye far below; dots and a stack of marks.
  const TextBlock& block = texts.block("\u06a9\u06af\u0686\u06d2 \u0622\u0670\u0651 \u062c\u06cc\u06d2",
                                       {.size_px = 40, .width = 300, .language = "ur", .is_from_right = true});
  for (const int y : {0, last.height - 1}) {
    for (int x = 0; x < last.width; ++x) {
      EXPECT_LT(last.bytes[static_cast<std::size_t>(y * last.stride + x)], 200) << "ink at the edge of row " << y;
    }
  }
  EXPECT_LE(last.height, block.height + 1);
  const Rect caret = block.caret(0);
  EXPECT_GE(caret.y, 0);
  EXPECT_LE(caret.y + caret.height, static_cast<float>(block.height));
}

}  // namespace
}  // namespace perspective::platform
