// Everything of the window but the window: lays out, paints, scrolls, hands the entry its keys. Runs wherever there is
// an ImGui context, with or without a screen.
//
// Promise:   what is focused is in view. "More" shows what is below, then goes back to the top.
// Ownership: owns its text cache and the model's functions.
// Threads:   that of the ImGui context.
// Units:     pixels.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/dress.h"
#include "platform/layout.h"
#include "platform/model.h"
#include "platform/paint.h"
#include "platform/picture.h"
#include "platform/presses.h"
#include "platform/touches.h"

namespace perspective::platform {

class Stage {
 public:
  Stage(Model model, TextCache::Upload upload, TextCache::Discard discard, float pixels_per_mm,
        float viewing_mm = access::kViewingMm);

  // Between ImGui's NewFrame and Render. True: something changed, draw once more.
  bool frame(float width, float height);
  // A key, a button or a wheel was used. True: it only brought back what was there, and means nothing else.
  bool notice_input();
  void key(const HeardKey& heard);  // that went down, or is being held; a button of the mouse that is not the left one
  void character(std::uint32_t character);
  void wheel(float steps);
  void touch(const Touch& touch);  // is done with the next frame
  // What a screen reader does, by the id of an item; it counts as input.
  void press_item(std::string_view id);
  void focus_item(std::string_view id);
  void write_item(std::string_view id, const std::string& text);  // what does not fit is left out
  void place_caret(std::string_view id, std::size_t index);       // where it has the focus; bytes
  void set_screen_reader(bool is_there) { model_.set_screen_reader(is_there); }

  const screen::Screen& screen() const { return model_.screen(); }
  const std::optional<std::string>& focused() const { return model_.focused(); }
  std::uint64_t serial() const { return model_.serial(); }
  const std::vector<Drawn>& drawn() const { return drawn_; }
  const Layout& layout() const { return layout_; }
  float scroll() const { return scroll_; }  // how far the content has been moved up
  const std::vector<std::string>& lit() const { return model_.lit(); }
  visit::Settings settings() const { return model_.settings(); }
  std::size_t caret() const;             // of the focused entry
  const TextBlock* entry_block() const;  // null: none has the focus

 private:
  std::uint64_t texture_of(const std::string& picture, int size);
  Layout lay_out_now(float width, float height);
  void notice_changes();
  void notice_miss(float x, float y) const;
  PaintResult paint_what_is_seen(const View& view, float width, float height);
  void scroll_to_focus();
  void scroll_to_caret();
  float bottom_with_hint(const Box& entry) const;
  bool has_bounced(const Pressed& pressed, float x, float y);
  const Drawn* target_at(float x, float y) const;  // that can be pressed; null: none
  bool take_touches();                             // false: there were none
  Touches::Rest rest() const;
  bool has_mouse_rested() const;
  // Where presses count only once they have rested: the item on which one has, which counts when it is lifted.
  std::optional<std::string> rested() const;
  void press(const Pressed& pressed);
  void more();
  void scroll_by(float pixels);
  const screen::Item* entry() const;  // the focused one; null: none is
  const screen::Item* waiting_entry() const;
  const TextBlock* waiting_block() const;
  bool has_keys() const;  // of the keyboard on the screen
  std::optional<std::size_t> shown_caret() const;
  std::optional<access::Verb> verb_now(const access::KeyPress& press) const;
  bool take_as_switch(const HeardKey& heard, const std::optional<access::Verb>& verb);
  bool edit(access::Key key, bool control);
  bool write(const visit::Action& action);
  bool move_caret(const visit::Action& action, access::VerbKind beyond);

  Model model_;
  TextCache texts_;
  PictureCache pictures_;
  float pixels_per_mm_;
  float viewing_mm_;
  Dress dress_;
  std::optional<visit::Settings> dressed_for_;
  std::optional<visit::TextSize> laid_out_for_;
  screen::Screen shown_;  // the layout's boxes point into it
  Layout layout_;
  std::vector<Drawn> drawn_;
  std::optional<std::string> shown_focus_;
  std::vector<std::string> shown_lit_;
  std::optional<std::size_t> shown_caret_;
  Touches touches_;
  std::vector<Touch> waiting_touches_;
  Pressed last_press_ = {};  // where on the window
  double last_press_time_ = 0;
  float scroll_ = 0;
  float least_foot_ = 0;        // of this screen
  bool is_ring_shown_ = false;  // a finger needs none, a key does
  bool is_key_used_ = false;    // its character is not to be typed as well
};

}  // namespace perspective::platform
