// What fingers do on the stage.
#include <utility>

#include "platform/stage.h"

namespace perspective::platform {
namespace {

constexpr float kDragMm = 5;  // less is a finger that is not held quite still

}  // namespace

const Drawn* Stage::target_at(float x, float y) const {
  for (const Drawn& each : drawn_) {
    const screen::Item* item = shown_.item(each.id);
    const bool is_there = item != nullptr && is_focusable(*item) && each.rect.contains(x, y);
    const bool is_content = is_there && item->place == screen::Place::content;
    if (is_there && is_content == layout_.content.contains(x, y)) return &each;
  }
  return nullptr;
}

// A button that is off is no miss: the finger found what it was after.
void Stage::notice_miss(float x, float y) const {
  using screen::Role;
  for (const Drawn& each : drawn_) {
    const screen::Item* item = shown_.item(each.id);
    if (item == nullptr || !each.rect.contains(x, y)) continue;
    if (item->role == Role::button || is_focusable(*item)) return;
  }
  model_.notice_miss();
}

void Stage::touch(const Touch& touch) { waiting_touches_.push_back(touch); }

// With the picture that the person sees: what is drawn is where the layout says.
bool Stage::take_touches() {
  const auto touches = std::exchange(waiting_touches_, {});
  for (const Touch& touch : touches) {
    if (touch.phase == Touch::Phase::begin && model_.notice_touch()) {
      touches_.ignore(touch.finger);
      continue;
    }
    const Drawn* under = target_at(touch.x, touch.y);
    const auto target = under == nullptr ? std::nullopt : std::optional(shown_.id + "\n" + under->id);
    const bool may_drag = !layout_.fits() && layout_.content.contains(touch.x, touch.y);
    const auto outcome =
        touches_.take(touch, target, may_drag ? std::optional(kDragMm * pixels_per_mm_) : std::nullopt);
    if (touch.phase == Touch::Phase::begin && !may_drag) notice_miss(touch.x, touch.y);
    if (outcome.drag != 0) scroll_by(-outcome.drag);
    if (!outcome.is_press) continue;
    const Pressed pressed{.id = under->id, .x = touch.x - under->rect.x, .y = touch.y - under->rect.y};
    if (!has_bounced(pressed, touch.x, touch.y)) press(pressed);
  }
  return !touches.empty();
}

}  // namespace perspective::platform
