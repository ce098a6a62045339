// "Make it yours": how the person likes it, one idea a row; each press shows at once what it does.
#include "screen/pages.h"

namespace perspective::screen {
namespace {

using visit::Settings;
using visit::Visit;

class Rows {
 public:
  explicit Rows(Writer& writer) : writer_(writer) {}

  // "Speed, 4 of 7", and a button either way.
  void steps(const std::string& id, std::string_view key, int step, int count, visit::Action less, visit::Action more) {
    row(id, key, writer_.say("kiosk.say.place", {{"number", std::int64_t{step} + 1}, {"total", std::int64_t{count}}}));
    const std::string name(key);
    Item& smaller = button(id + ".less", name + ".less", std::move(less));
    smaller.enabled = step > 0;
    smaller.step = -1;
    Item& larger = button(id + ".more", name + ".more", std::move(more));
    larger.enabled = step + 1 < count;
    larger.step = 1;
  }
  // "Colours, warm white", and a button to the next.
  void choice(const std::string& id, const std::string& key, std::string_view value, visit::Action next) {
    row(id, key, writer_.say(value));
    button(id + ".next", key + ".next", std::move(next));
  }
  void row(const std::string& id, std::string_view key, const std::string& value, const std::string& said = {}) {
    row_ = id;
    const std::string name = writer_.say(key);
    writer_.add({.id = id,
                 .role = Role::summary,
                 .label = name,
                 .spoken = name + ": " + (said.empty() ? value : said),
                 .value = value});
  }
  Item& button(const std::string& id, std::string_view key, visit::Action action) {
    Item& made = writer_.button(id, key, Place::content, Look::plain, std::move(action));
    made.group = row_;
    return made;
  }

 private:
  Writer& writer_;
  std::string row_;  // id of the present one
};

void write_sound(Rows& rows, const Writer& writer, const visit::Sound& sound) {
  rows.row("sound", "kiosk.sound.heading", writer.say(sound.is_on ? "kiosk.yours.on" : "kiosk.yours.off"));
  rows.button("sound.switch", sound.is_on ? "kiosk.sound.switch_off" : "kiosk.sound.switch_on", visit::SwitchSound{});
  if (!sound.is_on) return;
  rows.row("sound.others", "kiosk.sound.others",
           writer.say(sound.is_aloud ? "kiosk.sound.others_hear" : "kiosk.sound.only_you"));
  rows.button("sound.aloud", sound.is_aloud ? "kiosk.sound.aloud_off" : "kiosk.sound.aloud_on", visit::SwitchAloud{});
  rows.steps("sound.rate", "kiosk.sound.rate", sound.rate, static_cast<int>(visit::kRates_percent.size()),
             visit::ChangeRate{-1}, visit::ChangeRate{1});
  rows.steps("sound.volume", "kiosk.sound.volume", sound.volume, visit::kVolumes, visit::ChangeVolume{-1},
             visit::ChangeVolume{1});
}

// For whom the picture is nothing but a thing that others look at.
void write_picture(Rows& rows, const Writer& writer, bool is_off) {
  rows.row("picture", "kiosk.picture.heading", writer.say(is_off ? "kiosk.picture.off" : "kiosk.yours.on"),
           writer.spoken(is_off ? "kiosk.picture.off" : "kiosk.yours.on"));
  rows.button("picture.switch", is_off ? "kiosk.picture.switch_on" : "kiosk.picture.switch_off",
              visit::SwitchPicture{});
}

}  // namespace

void write_yours(Writer& writer, const Visit& visit) {
  const Settings& settings = visit.settings();
  const bool is_over = visit.over().has_value();
  writer.heading("kiosk.yours.heading");
  writer.paragraphs("text", Role::paragraph, is_over ? "kiosk.yours.over" : "kiosk.yours.text");
  if (visit.uses_keys()) writer.paragraphs("way", Role::paragraph, "kiosk.yours.keys");
  Rows rows(writer);
  write_sound(rows, writer, settings.sound);
  if (settings.sound.is_on) write_picture(rows, writer, settings.is_speech_only);
  rows.steps("yours.size", "kiosk.yours.size", static_cast<int>(settings.size), visit::kTextSizes,
             visit::ChangeSize{-1}, visit::ChangeSize{1});
  rows.choice("yours.colours", "kiosk.yours.colours",
              "kiosk.bar.colours." + std::to_string(static_cast<int>(settings.colours) + 1), visit::NextColours{});
  rows.choice("yours.typeface", "kiosk.yours.typeface",
              "kiosk.yours.typeface." + std::to_string(static_cast<int>(settings.typeface) + 1), visit::NextTypeface{});
  rows.choice("yours.spacing", "kiosk.yours.spacing",
              settings.is_spaced ? "kiosk.yours.spacing.wide" : "kiosk.yours.spacing.usual", visit::SwitchSpacing{});
  const auto& input = settings.input;
  rows.choice("yours.pressing", "kiosk.yours.pressing",
              input.move           ? "kiosk.yours.pressing.two"
              : input.has_switch() ? "kiosk.yours.pressing.one"
                                   : "kiosk.yours.pressing.usual",
              visit::ShowSwitches{});
  if (is_over) {
    writer.button("close", "kiosk.button.close", Place::foot, Look::primary, visit::Close{});
    return;
  }
  writer.button("back", "kiosk.button.back", Place::foot, Look::quiet, visit::Back{}).enabled =
      visit.setting().languages.size() > 1;
  writer.button("next", "kiosk.button.next", Place::foot, Look::primary, visit::Next{});
}

}  // namespace perspective::screen
