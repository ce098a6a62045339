// Every screen, in every size, theme, typeface and language, on three monitors: laid out and painted for real.
// A sample of them unless PERSPECTIVE_SWEEP=long; PERSPECTIVE_SWEEP_FRAMES names a folder for the frames that failed,
// and for the worst of those that did not: with the weakest letters of each theme, the least room, the most pages.
#include <imgui.h>

#include <cmath>
#include <cstdlib>
#include <iostream>

#include "measure.h"
#include "platform/stage.h"
#include "platform/window.h"
#include "support/drawing.h"
#include "walk.h"

namespace perspective::sweep {
namespace {

using platform::Rect;

struct Monitor {
  const char* name;
  int width;
  int height;
  float pixels_per_mm;
  float viewing_mm;
};
float pixels_per_mm(int width, int height, float inches) {
  return std::hypot(static_cast<float>(width), static_cast<float>(height)) / (inches * 25.4F);
}
const Monitor kMonitors[] = {{"Laptop", 1366, 768, pixels_per_mm(1366, 768, 15.6F), 600},
                             {"Monitor", 1920, 1080, pixels_per_mm(1920, 1080, 24), 600},
                             {"Tablet", 1024, 768, pixels_per_mm(1024, 768, 7.9F), 400}};

bool is_long() {
  const char* sweep = std::getenv("PERSPECTIVE_SWEEP");
  return sweep != nullptr && std::string(sweep) == "long";
}
// PERSPECTIVE_SWEEP_SCREEN: those alone whose id begins so, for whoever mends one.
bool is_wanted(const Shown& shown) {
  const char* screen = std::getenv("PERSPECTIVE_SWEEP_SCREEN");
  return screen == nullptr || shown.screen.id.starts_with(screen);
}
// In a sample: every so many-th screen of a size is laid out, and every so many-th painted.
constexpr std::size_t kLaidOut = 7;
constexpr std::size_t kPainted = 49;
constexpr int kMostPages = 400;

class EveryScreen : public Walk, public ::testing::WithParamInterface<Monitor> {
 protected:
  void SetUp() override {
    Walk::SetUp();
    if (HasFatalFailure()) return;
    words_ = unwrapped_words();
    drawing_.emplace();
    ImGui::GetStyle().AntiAliasedLinesUseTex = false;
    ImGui::GetIO().DisplaySize = {static_cast<float>(GetParam().width), static_cast<float>(GetParam().height)};
    picture_.width = GetParam().width;
    picture_.height = GetParam().height;
  }
  void TearDown() override {
    stage_.reset();
    drawing_.reset();
  }
  static std::map<std::string, text::Catalogue> unwrapped_words() {
    return trial::unwrapped(app::load_assets(assets())).words;
  }

  void show(const Shown& shown, const visit::Settings& settings) {
    shown_now_ = &shown;
    settings_ = settings;
    settings_.language = shown.screen.language;
    focused_.reset();
    more_ = screen::More::none;
    now_ = shown.screen;
    std::erase_if(now_.items, [](const screen::Item& item) { return item.id == "more"; });
    bare_ = now_;
    // A stage of its own: no ring, no place of the screen before.
    stage_.emplace(
        model(), [this](const platform::Mask& mask) { return masks_.add(mask); },
        [this](std::uint64_t texture) { masks_.remove(texture); }, GetParam().pixels_per_mm, GetParam().viewing_mm);
    for (int i = 0; i < 2; ++i) frame();
  }
  // The app's own, but for what is shown: a screen of the walk, and where its focus is.
  platform::Model model() {
    platform::Model model = platform::model_of(*app_);
    model.screen = [this]() -> const screen::Screen& { return now_; };
    model.focused = [this]() -> const std::optional<std::string>& { return focused_; };
    model.lit = [this]() -> const std::vector<std::string>& { return lit_; };
    model.serial = [this] { return serial_; };
    model.settings = [this] { return settings_; };
    model.spoken = [] { return std::optional<access::SpokenWord>(); };
    model.picture = [this](const std::string& name) -> const std::string* {
      const auto found = pictures_.find(shown_now_->questionnaire + "/" + name);
      return found == pictures_.end() ? nullptr : &found->second;
    };
    model.press = [](std::string_view) {};
    model.focus = [this](std::string_view id) { focused_ = id; };
    model.control = [](const access::Press&) { return access::Taken::no; };
    model.handle = [](const access::Verb&) {};
    model.write = [](std::string_view, const std::string&) {};
    model.notice_input = [] { return false; };
    model.notice_touch = [] { return false; };
    model.notice_miss = [] {};
    model.cover = [] { return std::optional<screen::Screen>(); };
    model.set_more = [this](screen::More more) {
      if (std::exchange(more_, more) == more) return;
      const auto words = words_.find(bare_.language);
      now_ = with_more(bare_, more, words == words_.end() ? words_.at("en") : words->second);
      ++serial_;
    };
    return model;
  }
  void frame() {
    const auto width = static_cast<float>(GetParam().width);
    const auto height = static_cast<float>(GetParam().height);
    trial::Drawing::frame(width, height, [&] { stage_->frame(width, height); });
  }
  // Where the screen is hidden it is dark for everybody.
  visit::Colours colours() const { return now_.id == "hidden" ? visit::Colours::white_on_black : settings_.colours; }
  platform::Dress dress() const {
    platform::TextCache measuring([](const platform::Mask&) { return std::uint64_t{0}; }, [](std::uint64_t) {});
    visit::Settings seen = settings_;
    seen.colours = colours();
    return platform::dress_of(seen, GetParam().pixels_per_mm, GetParam().viewing_mm, measuring);
  }
  Frame seen() const {
    return {stage_->screen(),
            stage_->layout(),
            static_cast<float>(GetParam().width),
            static_cast<float>(GetParam().height),
            GetParam().pixels_per_mm,
            stage_->scroll()};
  }

  void check(const Shown& shown, const visit::Settings& settings, bool is_painted);
  void check_paint();
  void check_rings();
  void check_all_seen_by_more();
  void check_all_seen_by_focus();
  void take(const Findings& findings);
  void keep_frame(const std::string& name);
  const screen::Screen* english_of(const Shown& shown) const;
  void report();
  void complain() const;

  const Shown* shown_now_ = nullptr;
  std::map<std::string, text::Catalogue> words_;
  Masks masks_;
  Picture picture_;
  visit::Settings settings_;
  screen::Screen bare_;
  screen::Screen now_;
  screen::More more_ = screen::More::none;
  std::vector<std::string> lit_;  // no scan
  std::optional<std::string> focused_;
  std::uint64_t serial_ = 1;
  std::optional<trial::Drawing> drawing_;
  std::optional<platform::Stage> stage_;
  std::map<std::string, std::pair<int, std::string>> found_;  // how often, where first
  std::map<visit::Colours, double> worst_contrast_;
  float most_pages_ = 0;
  float least_room_ = 1e6F;  // for the content
  std::size_t laid_out_ = 0;
  std::size_t painted_ = 0;
};

void EveryScreen::take(const Findings& findings) {
  for (const Finding& each : findings) {
    const std::string key = each.kind + ": " + each.item.substr(0, each.item.find('.', each.item.find('.') + 1));
    auto& [count, where] = found_[key];
    if (++count > 1) continue;
    where = shown_now_->name() + ", size " + std::to_string(static_cast<int>(settings_.size) + 1) + ", theme " +
            std::to_string(static_cast<int>(settings_.colours) + 1) + ", typeface " +
            std::to_string(static_cast<int>(settings_.typeface) + 1) + (settings_.is_spaced ? ", spaced" : "") + ", " +
            GetParam().name + ": " + each.detail;
    if (found_.size() > 60) continue;
    keep_frame(std::to_string(found_.size()));
    where += " [" + std::to_string(found_.size()) + ".png]";
  }
}

void EveryScreen::keep_frame(const std::string& name) {
  const char* folder = std::getenv("PERSPECTIVE_SWEEP_FRAMES");
  if (folder == nullptr) return;
  draw(*ImGui::GetDrawData(), masks_, picture_);
  write_png(picture_, std::string(folder) + "/" + GetParam().name + "-" + name + ".png");
}

const screen::Screen* EveryScreen::english_of(const Shown& shown) const {
  if (shown.screen.language == "en") return nullptr;
  for (const Shown& each : shown_) {
    const bool is_same = each.questionnaire == shown.questionnaire && each.screen.id == shown.screen.id;
    if (is_same && each.screen.language == "en") return &each.screen;
  }
  return nullptr;
}

void EveryScreen::check(const Shown& shown, const visit::Settings& settings, bool is_painted) {
  show(shown, settings);
  ++laid_out_;
  Findings findings;
  check_words(stage_->screen(), english_of(shown), findings);
  check_places(seen(), findings);
  if (stage_->layout().content.height < least_room_) {
    least_room_ = stage_->layout().content.height;
    keep_frame("least-room");
  }
  check_targets(seen(), findings);
  take(findings);
  if (is_painted) check_paint();
  check_all_seen_by_more();
  check_all_seen_by_focus();
  if (is_painted) check_rings();
}

void EveryScreen::check_paint() {
  ++painted_;
  Findings findings;
  const Frame frame = seen();
  draw(*ImGui::GetDrawData(), masks_, picture_);
  double& worst = worst_contrast_.try_emplace(colours(), 21.0).first->second;
  const double worst_before = worst;
  check_ink(frame, picture_, masks_, colours(), worst, findings);
  if (worst < worst_before) keep_frame("weakest-" + std::to_string(static_cast<int>(colours()) + 1));
  check_edges(frame, picture_, dress(), findings);
  take(findings);
}

// Of the first thing that can have the focus in each place, where it comes into view with it.
void EveryScreen::check_rings() {
  const platform::Dress dressed = dress();
  const auto paint_with = [&](const Frame& frame, const std::optional<std::string>& focused) {
    ImGui::NewFrame();
    platform::paint(frame.layout, {.focused = focused, .scroll = frame.scroll}, dressed);
    ImGui::Render();
    Picture painted{.width = picture_.width, .height = picture_.height, .pixels = {}};
    draw(*ImGui::GetDrawData(), masks_, painted);
    return painted;
  };
  std::set<screen::Place> done;
  for (const screen::Item& item : bare_.items) {
    if (!is_focusable(item) || item.role == screen::Role::entry || !done.insert(item.place).second) continue;
    focused_ = item.id;
    for (int i = 0; i < 2; ++i) frame();
    const Frame at = seen();
    const platform::Box* box = at.layout.box(item.id);
    if (box == nullptr || !at.seen_through(*box).holds(at.on_window(*box, box->rect))) continue;
    Findings findings;
    check_ring(at, item.id, paint_with(at, std::nullopt), paint_with(at, item.id), findings);
    take(findings);
  }
}

// Each box is wholly seen on some page, or, where it is higher than a page, each line of its pixels.
void EveryScreen::check_all_seen_by_more() {
  std::map<std::string, std::vector<bool>> seen_lines;
  std::map<std::string, bool> is_whole;
  int pages = 0;
  for (; pages < kMostPages; ++pages) {
    const Frame at = seen();
    for (const platform::Drawn& drawn : stage_->drawn()) {
      is_whole[drawn.id] = is_whole[drawn.id] || drawn.is_visible;
      const platform::Box* box = at.layout.box(drawn.id);
      if (box == nullptr || box->item->place != screen::Place::content) continue;
      auto& lines = seen_lines[drawn.id];
      lines.resize(static_cast<std::size_t>(std::ceil(drawn.rect.height)), false);
      for (std::size_t line = 0; line < lines.size(); ++line) {
        const float y = drawn.rect.y + static_cast<float>(line);
        lines[line] = lines[line] || (y >= at.layout.content.y - 1 && y + 1 <= at.layout.content.bottom() + 1);
      }
    }
    if (more_ != screen::More::on) break;
    focused_ = "more";
    stage_->key({.press = {}, .meaning = access::KeyPress{.key = access::Key::enter}});
    for (int i = 0; i < 2; ++i) frame();
  }
  Findings findings;
  for (const auto& [id, was_whole] : is_whole) {
    const auto& lines = seen_lines[id];
    const bool is_higher = static_cast<float>(lines.size()) > stage_->layout().content.height * 0.6F;
    if (!was_whole && (!is_higher || !std::ranges::all_of(lines, std::identity()))) {
      findings.push_back({"never wholly seen by More", id, std::to_string(pages + 1) + " pages"});
    }
  }
  if (more_ == screen::More::on) findings.push_back({"More never ends", "more", ""});
  if (static_cast<float>(pages + 1) > most_pages_) {
    most_pages_ = static_cast<float>(pages + 1);
    keep_frame("most-pages");
  }
  take(findings);
}

void EveryScreen::check_all_seen_by_focus() {
  Findings findings;
  for (const screen::Item& item : std::vector(bare_.items)) {
    if (!is_focusable(item) || item.place != screen::Place::content) continue;
    focused_ = item.id;
    for (int i = 0; i < 2; ++i) frame();
    for (const platform::Drawn& drawn : stage_->drawn()) {
      const bool is_higher = drawn.rect.height > stage_->layout().content.height;
      if (drawn.id == item.id && !drawn.is_visible && !is_higher && item.role != screen::Role::entry) {
        findings.push_back({"not in view when it has the focus", item.id, ""});
      }
    }
  }
  take(findings);
}

void EveryScreen::report() {
  std::cout << GetParam().name << ": " << shown_.size() << " screens, " << laid_out_ << " laid out, " << painted_
            << " painted; at most " << most_pages_ << " pages, at least " << least_room_ / GetParam().pixels_per_mm
            << " mm for the content";
  for (const auto& [colours, worst] : worst_contrast_) {
    std::cout << "; theme " << static_cast<int>(colours) + 1 << " at least " << worst << ":1";
  }
  std::cout << std::endl;
  complain();
}

void EveryScreen::complain() const {
  for (const auto& [key, found] : found_) {
    ADD_FAILURE() << key << " (" << found.first << " times), first: " << found.second;
  }
}

TEST_P(EveryScreen, CutsAndOverlapsNothingIsLargeApartAndClearAndIsSpoken) {
  using visit::Settings;
  for (int size = 0; size < visit::kTextSizes; ++size) {
    for (std::size_t at = 0; at < shown_.size(); ++at) {
      const std::size_t turn = at + static_cast<std::size_t>(size);
      if (!is_wanted(shown_[at]) || (!is_long() && turn % kLaidOut != 0)) continue;
      Settings settings;
      settings.size = static_cast<visit::TextSize>(size);
      // Each theme, and with them each typeface, wide and not; which come together goes round from screen to screen.
      for (std::size_t each = 0; each < visit::kColours; ++each) {
        if (!is_long() && each != turn / kLaidOut % visit::kColours) continue;
        const std::size_t dress = (each + turn) % (2 * visit::kTypefaces);
        settings.colours = static_cast<visit::Colours>(each);
        settings.typeface = static_cast<visit::Typeface>(dress / 2);
        settings.is_spaced = dress % 2 == 1;
        check(shown_[at], settings, is_long() || turn % kPainted == 0);
      }
    }
  }
  report();
}

// Only laid out, so that no way of writing is left to a sample of a sample.
TEST_P(EveryScreen, WithKeysShowsAllThatIsAskedForOverThem) {
  std::size_t turn = 0;
  for (const Shown& shown : shown_) {
    if (std::ranges::find(shown.screen.items, screen::Place::keys, &screen::Item::place) == shown.screen.items.end()) {
      continue;
    }
    for (int look = 0; look < visit::kTextSizes * visit::kTypefaces * 2; ++look) {
      if (!is_long() && turn++ % kLaidOut != 0) continue;
      visit::Settings settings;
      settings.size = static_cast<visit::TextSize>(look % visit::kTextSizes);
      settings.typeface = static_cast<visit::Typeface>(look / visit::kTextSizes % visit::kTypefaces);
      settings.is_spaced = look >= visit::kTextSizes * visit::kTypefaces;
      show(shown, settings);
      ++laid_out_;
      Findings findings;
      check_places(seen(), findings);
      check_targets(seen(), findings);
      take(findings);
    }
  }
  EXPECT_GT(laid_out_, 100U);
  complain();
}

INSTANTIATE_TEST_SUITE_P(On, EveryScreen, ::testing::ValuesIn(kMonitors),
                         [](const auto& monitor) { return std::string(monitor.param.name); });

}  // namespace
}  // namespace perspective::sweep
