#include "platform/stage.h"

#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "access/focus.h"
#include "platform/entry.h"

namespace perspective::platform {
namespace {

// Kept blocks of text: a screen has fewer than a hundred, every letter typed makes one more.
constexpr std::size_t kMaxBlocks = 600;
constexpr std::size_t kMaxPictures = 200;  // all of a questionnaire, in several sizes
constexpr float kWheelMm = 12;
// A press as soon after another, and in the same place, is a finger that bounced or a double click: it would press
// what has just come under it.
constexpr double kBounceSeconds = 0.35;
constexpr float kBounceMm = 4;
// A key of the keyboard stays where it is, and a word may have the same letter twice.
constexpr double kKeyBounceSeconds = 0.1;

// Where lines run from right to left, the key that points left goes on.
access::KeyPress turned_round(access::KeyPress press) {
  if (press.key == access::Key::left) {
    press.key = access::Key::right;
  } else if (press.key == access::Key::right) {
    press.key = access::Key::left;
  }
  return press;
}

bool is_erasing(const access::KeyPress& press) {
  return press.key == access::Key::backspace || press.key == access::Key::erase;
}
bool is_arrow(const access::KeyPress& press) { return press.key == access::Key::up || press.key == access::Key::down; }

}  // namespace

Stage::Stage(Model model, TextCache::Upload upload, TextCache::Discard discard, float pixels_per_mm, float viewing_mm)
    : model_(std::move(model)),
      texts_(upload, discard),
      pictures_(std::move(upload), std::move(discard)),
      pixels_per_mm_(pixels_per_mm),
      viewing_mm_(viewing_mm) {}

std::uint64_t Stage::texture_of(const std::string& picture, int size) {
  const std::string* svg = model_.picture(picture);
  return svg == nullptr ? 0 : pictures_.texture(*svg, size);
}

const screen::Item* Stage::entry() const {
  if (!focused()) return nullptr;
  const screen::Item* item = screen().item(*focused());
  return item != nullptr && item->role == screen::Role::entry ? item : nullptr;
}

// Letters go where there is room for them, wherever the focus is.
const screen::Item* Stage::waiting_entry() const {
  if (const screen::Item* item = entry()) return item;
  for (const screen::Item& item : screen().items) {
    if (item.role == screen::Role::entry && item.enabled) return &item;
  }
  return nullptr;
}

std::size_t Stage::caret() const { return entry() == nullptr ? 0 : entry()->caret; }

const TextBlock* Stage::entry_block() const { return entry() == nullptr ? nullptr : waiting_block(); }

const TextBlock* Stage::waiting_block() const {
  const screen::Item* item = waiting_entry();
  const Box* box = item == nullptr ? nullptr : layout_.box(item->id);
  return box == nullptr || box->pieces.empty() ? nullptr : box->pieces.front().block;
}

void Stage::notice_changes() {
  const visit::Settings settings = model_.settings();
  if (pictures_.size() > kMaxPictures) pictures_.forget();
  if (dressed_for_ != settings || texts_.size() > kMaxBlocks) {
    texts_.forget();
    dress_ = dress_of(settings, pixels_per_mm_, viewing_mm_, texts_);
    dressed_for_ = settings;
    least_foot_ = 0;
    shown_focus_.reset();
  }
  if (shown_.id != screen().id || shown_.language != screen().language || laid_out_for_ != settings.size) {
    scroll_ = 0;
    least_foot_ = 0;
    laid_out_for_ = settings.size;
    // What a person wrote does not outlast the screen that showed it.
    texts_.forget();
  }
  // Why nothing is said stands on top: whoever is further down is to see it.
  if (shown_.item("notice.sound") == nullptr && screen().item("notice.sound") != nullptr) scroll_ = 0;
  shown_ = screen();
}

// Without the button first: it is there only if the content needs it.
Layout Stage::lay_out_now(float width, float height) {
  const bool had_more = shown_.item("more") != nullptr;
  std::erase_if(shown_.items, [](const screen::Item& item) { return item.id == "more"; });
  Layout bare = lay_out(shown_, width, height, dress_, texts_);
  if (bare.fits()) {
    scroll_ = 0;
    model_.set_more(screen::More::none);
    if (had_more) shown_focus_.reset();
    return bare;
  }
  if (!had_more || least_foot_ <= 0) {
    // "More" and "Top" may need a different number of lines. The foot is high enough for both from the first page on:
    // if it grew at the end, what stands above it would be passed over.
    for (const screen::More more : {screen::More::top, screen::More::on}) {
      model_.set_more(more);
      shown_ = screen();
      least_foot_ = std::max(least_foot_, lay_out(shown_, width, height, dress_, texts_).foot.height);
    }
  }
  shown_ = screen();
  return lay_out(shown_, width, height, dress_, texts_, least_foot_);
}

// Where letters go: shown where the entry has the focus, and above the keys that write.
std::optional<std::size_t> Stage::shown_caret() const {
  const screen::Item* item = has_keys() ? waiting_entry() : entry();
  return item == nullptr ? std::nullopt : std::optional(item->caret);
}

bool Stage::has_keys() const {
  return std::ranges::find(screen().items, screen::Place::keys, &screen::Item::place) != screen().items.end();
}

bool Stage::frame(float width, float height) {
  const std::uint64_t before = serial();
  notice_changes();
  layout_ = lay_out_now(width, height);
  if (shown_focus_ != focused() || shown_lit_ != model_.lit()) {
    shown_focus_ = focused();
    shown_lit_ = model_.lit();
    scroll_to_focus();
    shown_caret_.reset();
  }
  if (entry() != nullptr && shown_caret_ != entry()->caret) scroll_to_caret();
  scroll_by(0);
  const bool shows_ring = is_ring_shown_ || entry() != nullptr || !shown_lit_.empty();
  const auto under_hand = rested();
  const View view = {.focused = under_hand   ? under_hand
                                : shows_ring ? focused()
                                             : std::nullopt,
                     .caret = shown_caret(),
                     .scroll = scroll_,
                     .spoken = model_.spoken(),
                     .lit = shown_lit_,
                     .texture_of = [this](const std::string& name, int size) { return texture_of(name, size); }};
  PaintResult result = paint_what_is_seen(view, width, height);
  drawn_ = std::move(result.drawn);
  // Only now: what comes back is not to be under the finger that brought it.
  const ImGuiIO& io = ImGui::GetIO();
  const bool is_touched = std::ranges::any_of(io.MouseClicked, [](bool is_clicked) { return is_clicked; });
  if (is_touched && model_.notice_touch()) return true;
  if (is_touched) notice_miss(io.MousePos.x, io.MousePos.y);
  const bool is_meant = result.pressed && has_mouse_rested();
  if (is_meant && !has_bounced(*result.pressed, io.MousePos.x, io.MousePos.y)) press(*result.pressed);
  const bool has_touches = take_touches();
  return serial() != before || result.pressed.has_value() || has_touches;
}

// Where the picture is off, its layout is there all the same: keys go on working.
PaintResult Stage::paint_what_is_seen(const View& view, float width, float height) {
  const auto cover = model_.cover();
  if (!cover && screen().id != "hidden") return paint(layout_, view, dress_);
  Dress dark = dress_;
  dark.palette = access::palette_of(visit::Colours::white_on_black);
  return cover ? paint(lay_out(*cover, width, height, dark, texts_), {}, dark) : paint(layout_, view, dark);
}

void Stage::scroll_to_focus() {
  const bool is_group = shown_lit_.size() > 1;
  if (!is_group && !shown_focus_) return;
  const Box* first = layout_.box(is_group ? shown_lit_.front() : *shown_focus_);
  const Box* last = is_group ? layout_.box(shown_lit_.back()) : first;
  if (first == nullptr || last == nullptr || first->item->place != screen::Place::content) return;
  const float height = last->rect.bottom() - first->rect.y;
  const float room = std::clamp((layout_.content.height - height) / 2, 0.0F, dress_.gap);
  const float top = first->rect.y - room;
  const float bottom = last->rect.bottom() + room;
  if (bottom > scroll_ + layout_.content.height) scroll_ = bottom - layout_.content.height;
  if (top < scroll_) scroll_ = top;
}

// What is being written stays in view however long it grows.
void Stage::scroll_to_caret() {
  shown_caret_ = entry()->caret;
  const Box* box = layout_.box(*focused());
  if (box == nullptr || box->pieces.empty() || layout_.fits()) return;
  const Piece& text = box->pieces.front();
  const Rect caret = text.block->caret(std::min(entry()->caret, entry()->value.size()));
  const float top = text.y + caret.y - dress_.gap;
  float bottom = text.y + caret.y + caret.height + dress_.gap;
  // At the end of the text, what stands below it too: how much room is left.
  if (caret.y + caret.height >= static_cast<float>(text.block->height) - 1) bottom = bottom_with_hint(*box);
  if (bottom > scroll_ + layout_.content.height) scroll_ = bottom - layout_.content.height;
  if (top < scroll_) scroll_ = top;
}

float Stage::bottom_with_hint(const Box& entry) const {
  const Box* next = &entry < &layout_.boxes.back() ? &entry + 1 : &entry;
  const bool is_hint = next->item->role == screen::Role::hint && next->item->place == screen::Place::content;
  return (is_hint ? next : &entry)->rect.bottom() + dress_.gap * 0.5F;
}

bool Stage::has_bounced(const Pressed& pressed, float x, float y) {
  const double now = ImGui::GetTime();
  const screen::Item* item = screen().item(pressed.id);
  const bool is_key = item != nullptr && item->place == screen::Place::keys && last_press_.id == pressed.id;
  // A hand that trembles has its own time, for touches as for keys.
  const std::chrono::duration<double> ignored = access::times_of(settings().input).ignored;
  const double bounce = std::max(is_key ? kKeyBounceSeconds : kBounceSeconds, ignored.count());
  const bool is_near = std::hypot(x - last_press_.x, y - last_press_.y) < kBounceMm * pixels_per_mm_;
  if (last_press_.id.empty() || !is_near || now - last_press_time_ >= bounce) {
    last_press_ = {.id = pressed.id, .x = x, .y = y};
    last_press_time_ = now;
    return false;
  }
  return true;
}

// Never past either end; tells the app whether "more" goes on or back.
void Stage::scroll_by(float pixels) {
  const float most = std::max(0.0F, layout_.content_height - layout_.content.height);
  scroll_ = std::round(std::clamp(scroll_ + pixels, 0.0F, most));
  if (layout_.fits() || shown_.item("more") == nullptr) return;
  model_.set_more(scroll_ >= most - 1 ? screen::More::top : screen::More::on);
}

// So far that the first box that was not wholly seen stands on top.
void Stage::more() {
  const float end = scroll_ + layout_.content.height;
  if (end >= layout_.content_height - 1) return scroll_by(-layout_.content_height);
  // The line that the edge cut through is seen again, whole.
  float to = end - std::min(3 * dress_.capital, layout_.content.height * 0.3F);
  for (const Box& box : layout_.boxes) {
    const float bottom = std::max(box.rect.bottom(), box.frame.bottom());
    if (box.item->place != screen::Place::content || bottom <= end) continue;
    const float top = box.frame.width > 0 ? box.frame.y : box.rect.y;
    // One that can be seen whole comes whole, however little that goes on; of a longer one, not the same again.
    const bool can_be_whole = bottom - top + dress_.gap <= layout_.content.height;
    const float least = can_be_whole ? 1 : layout_.content.height * 0.2F;
    if (top - dress_.gap > scroll_ + least) to = std::min(to, top - dress_.gap);
  }
  scroll_by(to - scroll_);
}

bool Stage::notice_input() {
  is_key_used_ = model_.notice_input();
  return is_key_used_;
}

void Stage::press_item(std::string_view id) {
  if (notice_input()) return;
  if (id == "more") return more();
  model_.press(id);
}

void Stage::focus_item(std::string_view id) {
  if (!notice_input()) model_.focus(id);
}

void Stage::write_item(std::string_view id, const std::string& text) {
  const screen::Item* item = screen().item(id);
  if (notice_input() || item == nullptr || item->role != screen::Role::entry) return;
  std::string written = text;
  std::erase_if(written, [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\n'; });
  model_.write(id, std::move(written));
}

void Stage::place_caret(std::string_view id, std::size_t index) {
  if (notice_input() || entry() == nullptr || entry()->id != id) return;
  model_.edit(id, visit::PlaceCaret{index});
}

void Stage::wheel(float steps) { scroll_by(-steps * kWheelMm * pixels_per_mm_); }

void Stage::press(const Pressed& pressed) {
  is_ring_shown_ = false;
  if (pressed.id == "more") return more();
  const screen::Item* item = screen().item(pressed.id);
  const Box* box = layout_.box(pressed.id);
  if (item != nullptr && item->role == screen::Role::entry && box != nullptr && !item->value.empty()) {
    const Piece& text = box->pieces.front();
    const float y = pressed.y + box->rect.y - text.y;
    model_.edit(pressed.id, visit::PlaceCaret{text.block->index_at(pressed.x + box->rect.x - text.x, y)});
  }
  model_.press(pressed.id);
}

std::optional<access::Verb> Stage::verb_now(const access::KeyPress& press) const {
  if (press.key == access::Key::digit && press.digit == 0 && !press.is_repeat && access::has_number_pad(screen())) {
    return access::Verb{access::VerbKind::option, 10};
  }
  // Beside an entry a digit is a letter like any other; where nothing has the focus yet, so is every key but arrows:
  // for somebody who has nothing else they are the way to the focus.
  const bool is_letter =
      (!focused() && !is_arrow(press)) || press.key == access::Key::digit || (has_keys() && is_erasing(press));
  const bool is_in_entry = entry() != nullptr || (is_letter && waiting_entry() != nullptr);
  return access::verb_of(press, is_in_entry);
}

bool Stage::take_as_switch(const HeardKey& heard, const std::optional<access::Verb>& verb) {
  access::Press press = heard.press;
  const bool can_write = waiting_entry() != nullptr && (heard.is_letter || heard.meaning);
  press.has_meaning = verb || can_write;
  press.is_select = verb && verb->kind == access::VerbKind::select;
  press.is_repeat = press.is_repeat || (heard.meaning && heard.meaning->is_repeat);
  const access::Taken taken = model_.control(press);
  if (taken == access::Taken::scrolls) more();
  is_key_used_ = taken != access::Taken::no;
  return is_key_used_;
}

// A key, or a button of the mouse that is not the left one.
void Stage::key(const HeardKey& heard) {
  is_key_used_ = false;
  std::optional<access::KeyPress> meaning = heard.meaning;
  if (meaning && layout_.is_from_right) meaning = turned_round(*meaning);
  const auto verb = meaning ? verb_now(*meaning) : std::nullopt;
  if (take_as_switch(heard, verb)) return;
  if (!meaning) return;
  const access::KeyPress& press = *meaning;
  is_ring_shown_ = true;
  if (!verb) {
    if (entry() != nullptr || is_erasing(press)) is_key_used_ = edit(press.key, press.control);
    return;
  }
  is_key_used_ = true;
  switch (verb->kind) {
    case access::VerbKind::scroll_on:
      return scroll_by(layout_.content.height * 0.8F);
    case access::VerbKind::scroll_back:
      return scroll_by(-layout_.content.height * 0.8F);
    case access::VerbKind::select:
      if (focused() == "more") return more();
      break;
    default:
      break;
  }
  model_.handle(*verb);
}

}  // namespace perspective::platform
