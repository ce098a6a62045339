// Text in any encoding through the kiosk's layout. After the way and four bytes of setting (window, size, typeface and
// spacing, language): 'b' one block of text; 'w' words that somebody writes, inserts and takes out again; 'c' a
// questionnaire's catalogue, whose words are on every screen of a visit.
//
// Must hold: whatever stands on a screen, all that can be pressed is large enough, in the window, and over nothing else
//            that can be; a caret is never inside a character; what was written is clean, and no longer than it may be.
#include <cmath>
#include <memory>

#include "platform/entry.h"
#include "platform/layout.h"
#include "support/trial_visit.h"
#include "target.h"
#include "text/editing.h"
#include "text/normal_form.h"

namespace perspective::platform {
namespace {

using fuzz::must;

fuzz::Milestone shaped("a block was shaped");
fuzz::Milestone broken("it had more than one line");
fuzz::Milestone written("words were written");
fuzz::Milestone on_keys("they were shown over the keyboard");
fuzz::Milestone catalogues("a catalogue was taken");
fuzz::Milestone laid_out("a screen was laid out");

constexpr std::size_t kMostBytes = 4000;  // of a text: a comment has 1000, and a catalogue is read by its author
constexpr float kSlack = 0.6F;            // positions are rounded
constexpr std::size_t kSettingBytes = 4;
constexpr std::array<const char*, 4> kLanguages{"en", "cy", "ur", "bn"};

struct Window {
  float width;
  float height;
  float width_mm;
};
constexpr std::array<Window, 3> kWindows{Window{1024, 768, 160}, Window{1366, 768, 345}, Window{1920, 1080, 531}};

struct Stand {
  Window window;
  visit::Settings settings;
  float mm() const { return window.width / window.width_mm; }
};

Stand stand_of(ByteView bytes) {
  Stand stand{.window = kWindows[bytes[0] % kWindows.size()], .settings = {}};
  stand.settings.size = static_cast<visit::TextSize>(bytes[1] % visit::kTextSizes);
  stand.settings.typeface = static_cast<visit::Typeface>(bytes[2] % visit::kTypefaces);
  stand.settings.is_spaced = (bytes[2] & 0x80) != 0;
  stand.settings.language = kLanguages[bytes[3] % kLanguages.size()];
  return stand;
}

bool is_utf8(std::string_view text) { return text::in_normal_form(as_bytes(text)).has_value(); }
bool overlap(const Rect& a, const Rect& b) {
  return a.x + kSlack < b.right() && b.x + kSlack < a.right() && a.y + kSlack < b.bottom() && b.y + kSlack < a.bottom();
}

class Drawing {
 public:
  explicit Drawing(const Stand& stand)
      : stand_(stand), dress_(dress_of(stand.settings, stand.mm(), access::kViewingMm, texts_)) {}

  void block(const std::string& text) {
    for (const int width : {-1, static_cast<int>(stand_.window.width / 3)}) {
      const TextStyle style = dress_.style(dress_.body_em, false, width, stand_.settings.language, "en");
      const TextBlock& block = texts_.block(text, style);
      shaped.reach();
      must(is_utf8(block.text()), "what is drawn is text");
      must(block.width > 0 && block.height > 0 && block.ink_width > 0, "it has a size");
      look_at_places(block);
      if (block.parts(0, block.text().size()).size() > 1) broken.reach();
      std::ignore = block.is_broken_in_word();
    }
  }

  void screen(const screen::Screen& shown) {
    const auto layout = lay_out(shown, stand_.window.width, stand_.window.height, dress_, texts_);
    laid_out.reach();
    std::vector<const Box*> pressable;
    for (const Box& box : layout.boxes) {
      must(std::isfinite(box.rect.x + box.rect.y + box.rect.width + box.rect.height), "a place is a number");
      if (is_focusable(*box.item)) pressable.push_back(&box);
    }
    for (const Box* box : pressable) {
      must(box->rect.width >= dress_.target - kSlack && box->rect.height >= dress_.target - kSlack,
           "a target is large");
      must(box->rect.x >= -kSlack && box->rect.right() <= stand_.window.width + kSlack, "and in the window");
      for (const Box* other : pressable) {
        const bool is_one_plane = box != other && box->item->place == other->item->place;
        must(!is_one_plane || !overlap(box->rect, other->rect), "and over no other");
      }
    }
  }

 private:
  void look_at_places(const TextBlock& block) {
    const std::string text(block.text());
    for (std::size_t at = 0; at <= text.size(); at = std::max(at + 1, text::place_after(text, at))) {
      const Rect caret = block.caret(at);
      must(std::isfinite(caret.x) && caret.height >= 0, "a caret has a place");
      for (const auto place :
           {line_start(block, at), line_end(block, at), line_above(block, at), line_below(block, at)}) {
        must(place <= text.size() && (place == text.size() || (text[place] & 0xC0) != 0x80),
             "which is between letters");
      }
      if (at > 100) break;
    }
    must(block.index_at(0, 0) <= text.size(), "a touch finds a place");
  }

  Stand stand_;
  TextCache texts_{[](const Mask&) { return 1U; }, [](std::uint64_t) {}};
  Dress dress_;
};

// The trial's questions, with room for a real comment.
visit::Setting setting() {
  std::string definition(trial::kDefinition);
  const std::string_view small = "\"max_bytes\": 40";
  definition.replace(definition.find(small), small.size(), "\"max_bytes\": 1000");
  auto made = trial::setting();
  made.questionnaire = std::make_shared<survey::Questionnaire>(survey::Questionnaire::parse(definition).value());
  return made;
}

template <typename... Actions>
void act(visit::Visit& visit, const Actions&... actions) {
  (visit.apply(actions), ...);
}

visit::Visit at_the_words() {
  visit::Visit visit(setting());
  act(visit, visit::ChooseLanguage{"en"}, visit::Next{}, visit::Next{}, visit::Next{}, visit::Skip{});
  act(visit, visit::Choose{"up"}, visit::Next{}, visit::Skip{});
  return visit;
}

screen::Texts texts_with(const text::Catalogue& words) {
  return {words, {{"en", "English", "Choose"}, {"cy", "Cymraeg", "Dewis"}}};
}

// Parts with form feeds between them are inserted where the caret is, which moves and erases between.
void write(Drawing& drawing, std::string_view text) {
  static const auto words = texts_with(trial::words());
  visit::Visit visit = at_the_words();
  must(visit.item() != nullptr && visit.item()->variable == "d", "the words are asked for");
  act(visit, visit::Write{std::string(text)});
  for (const auto& part : fuzz::parts_of(text, '\f', 5)) {
    act(visit, visit::Insert{part}, visit::MoveCaret{-2}, visit::Erase{visit::Reach::after});
    act(visit, visit::Erase{part.size() % 2 == 0 ? visit::Reach::word : visit::Reach::before}, visit::MoveCaret{1});
    act(visit, visit::PlaceCaret{part.size()});
    const auto now = visit.writing();
    must(now.text.size() <= 1000 && is_utf8(now.text), "what is written is text, and not too long");
    must(now.caret == text::place_at(now.text, now.caret), "the caret is between letters");
  }
  written.reach();
  drawing.screen(screen_of(visit, words));
  act(visit, visit::ShowKeyboard{});
  on_keys.reach();
  drawing.screen(screen_of(visit, words));
  act(visit, visit::Close{}, visit::Next{});
  drawing.screen(screen_of(visit, words));
}

void take_catalogue(Drawing& drawing, std::string_view json) {
  static const text::Catalogue own = trial::words();
  const auto catalogue = text::Catalogue::parse(json, "en");
  if (!catalogue) return fuzz::must_be_an_answer(catalogue.error());
  catalogues.reach();
  const auto words = texts_with(own.with(*catalogue));
  visit::Visit visit(setting());
  drawing.screen(screen_of(visit, words));
  act(visit, visit::ChooseLanguage{"en"}, visit::Next{});
  drawing.screen(screen_of(visit, words));
  act(visit, visit::Next{}, visit::Next{}, visit::Skip{});
  for (const char* answer : {"down", "up", "red", ""}) {
    act(visit, visit::Explain{"hard"});
    if (*answer != '\0') act(visit, visit::Choose{answer});
    drawing.screen(screen_of(visit, words));
    act(visit, visit::Next{}, visit::Skip{});
  }
  drawing.screen(screen_of(visit, words));
  act(visit, visit::ShowTalk{});
  drawing.screen(screen_of(visit, words));
}

}  // namespace
}  // namespace perspective::platform

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace perspective::platform;
  const auto input = perspective::fuzz::input_of(data, size);
  if (input.rest.size() < kSettingBytes || input.rest.size() > kSettingBytes + kMostBytes) return 0;
  Drawing drawing(stand_of(input.rest));
  const auto text = input.text().substr(kSettingBytes);
  if (input.way == 'b') drawing.block(std::string(text));
  if (input.way == 'w') write(drawing, text);
  if (input.way == 'c') take_catalogue(drawing, text);
  return 0;
}
