// `perspective-kiosk ruler`: the installer holds a bank card to the screen; how large the monitor is then is known.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>

#include "app/assets.h"
#include "base/file.h"
#include "program/program.h"
#include "screen/writer.h"

namespace perspective {
namespace {

using access::VerbKind;

constexpr const char* kFile = "monitor";  // in the kiosk's folder: WIDTHxHEIGHT in millimetres
constexpr int kFine_px = 1;
constexpr int kCoarse_px = 10;

class Ruler {
 public:
  explicit Ruler(const text::Catalogue& words) : words_(words) { write(); }

  void open(platform::Window& window) {
    window_ = &window;
    const platform::Size px = window.monitor_px();
    most_ = px.width * 9 / 10;
    card_px_ =
        std::clamp(static_cast<int>(std::lround(platform::kCardWidthMm * window.pixels_per_mm())), kLeast, most_);
    write();
  }
  std::optional<platform::Size> measured() const {
    if (!is_matched_) return std::nullopt;
    return platform::monitor_mm(window_->monitor_px(), static_cast<float>(card_px_));
  }
  platform::Model model() {
    return {.screen = [this]() -> const screen::Screen& { return screen_; },
            .focused = [this]() -> const std::optional<std::string>& { return focused_; },
            .lit = [this]() -> const std::vector<std::string>& { return lit_; },
            .serial = [this] { return serial_; },
            .settings = [this] { return visit::Settings{.language = words_.language()}; },
            .spoken = [] { return std::optional<access::SpokenWord>(); },
            .picture = [](std::string_view) -> const std::string* { return nullptr; },
            .press = [this](std::string_view id) { press(id); },
            .focus = [](std::string_view) {},
            .control = [](const access::Press&) { return access::Taken::no; },
            .handle = [this](const access::Verb& verb) { handle(verb); },
            .write = [](std::string_view, const std::string&) {},
            .edit = [](std::string_view, const visit::Action&) {},
            .set_more = [this](screen::More more) { set_more(more); },
            .notice_input = [] { return false; },
            .notice_touch = [] { return false; },
            .notice_miss = [] {},
            .cover = [] { return std::optional<screen::Screen>(); },
            .set_screen_reader = [](bool) {}};
  }

 private:
  static constexpr int kLeast = 100;

  void press(std::string_view id) {
    if (id == "ruler.smaller") change(-kCoarse_px);
    if (id == "ruler.larger") change(kCoarse_px);
    if (id == "ruler.bit_smaller") change(-kFine_px);
    if (id == "ruler.bit_larger") change(kFine_px);
    if (id == "ruler.save") end(true);
    if (id == "back") end(false);
  }
  // Without a focus: arrows change the outline, Enter keeps it, Escape leaves all as it was.
  void handle(const access::Verb& verb) {
    if (verb.kind == VerbKind::next || verb.kind == VerbKind::more) change(kFine_px);
    if (verb.kind == VerbKind::previous || verb.kind == VerbKind::less) change(-kFine_px);
    if (verb.kind == VerbKind::select || verb.kind == VerbKind::page_next) end(true);
    if (verb.kind == VerbKind::page_back) end(false);
  }
  void change(int by_px) {
    card_px_ = std::clamp(card_px_ + by_px, kLeast, most_);
    write();
  }
  void end(bool is_matched) {
    is_matched_ = is_matched;
    window_->stop();
  }
  void set_more(screen::More more) {
    if (more == more_) return;
    more_ = more;
    write();
  }
  void write() {
    screen::Writer writer("ruler", words_);
    writer.heading("kiosk.ruler.heading");
    writer.paragraphs("text", screen::Role::hint, "kiosk.ruler.text");
    writer.add({.id = "card",
                .role = screen::Role::card,
                .label = words_.say("kiosk.ruler.card"),
                .value = std::to_string(card_px_)});
    const auto button = [&](const std::string& name, screen::Place place, screen::Look look) {
      writer.button("ruler." + name, "kiosk.ruler." + name, place, look, {});
    };
    writer.button("back", "kiosk.button.back", screen::Place::foot, screen::Look::quiet, {});
    button("smaller", screen::Place::foot, screen::Look::plain);
    button("bit_smaller", screen::Place::foot, screen::Look::plain);
    button("bit_larger", screen::Place::foot, screen::Look::plain);
    button("larger", screen::Place::foot, screen::Look::plain);
    button("save", screen::Place::foot, screen::Look::primary);
    screen_ = screen::with_more(writer.take(), more_, words_);
    ++serial_;
  }

  const text::Catalogue& words_;
  platform::Window* window_ = nullptr;
  screen::Screen screen_;
  screen::More more_ = screen::More::none;
  std::optional<std::string> focused_;  // none, ever: the arrows have their own meaning here
  std::vector<std::string> lit_;        // nothing is scanned here
  std::uint64_t serial_ = 0;
  int card_px_ = 324;
  int most_ = 1000;
  bool is_matched_ = false;
};

// That of the installer's shell, as POSIX has it (LC_ALL before LC_MESSAGES before LANG), where there are words of it.
std::string language_of_shell(const app::Assets& assets) {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale = value;  // "cy_GB.UTF-8"
    const std::string language(locale.substr(0, locale.find_first_of("_.@")));
    return assets.words.contains(language) ? language : "en";
  }
  return "en";
}

}  // namespace

std::string measured_monitor(const std::filesystem::path& state) {
  const auto text = read_text(state / kFile);
  if (!text) return {};
  const std::string line = text->substr(0, text->find('\n'));
  return size_from(line) ? line : std::string();
}

Result<void> run_ruler(const Options& options) {
  auto assets = app::load_assets(options.assets);
  if (!assets) return std::unexpected(assets.error());
  Ruler ruler(assets->words.at(language_of_shell(*assets)));
  auto window = platform::Window::open(ruler.model(), {.window_px = size_from(options.window_px),
                                                       .monitor_mm = size_from(options.monitor_mm),
                                                       .is_hidden = false,
                                                       .hook = options.hook});
  if (!window) return std::unexpected(window.error());
  ruler.open(*window);
  window->redraw();
  window->run();
  const auto mm = ruler.measured();
  if (!mm) {
    std::cout << "Nothing was changed.\n";
    return {};
  }
  const std::string line = std::to_string(mm->width) + "x" + std::to_string(mm->height);
  const std::string content = line + "\n";
  if (auto made = make_private_directory(options.state); !made) return made;
  if (auto kept = write_file(options.state / kFile, as_bytes(content)); !kept) return kept;
  std::cout << "The monitor is " << line << " millimetres. The kiosk uses that from its next start on.\n";
  return {};
}

}  // namespace perspective
