// What fingers do on the stage.
#include <imgui.h>

#include <cstdint>
#include <utility>

#include "platform/stage.h"

namespace perspective::platform {
namespace {

constexpr float kDragMm = 5;  // less is a finger that is not held quite still

// ImGui's time, which is that of the frame: a touch is done with the frame after it.
access::Instant instant_of(double seconds) { return access::Instant(static_cast<std::int64_t>(seconds * 1000)); }

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

Touches::Rest Stage::rest() const {
  return {.now = instant_of(ImGui::GetTime()), .held = access::times_of(settings().input).held};
}

bool Stage::has_mouse_rested() const {
  return rest().now - instant_of(ImGui::GetIO().MouseClickedTime[0]) >= rest().held;
}

std::optional<std::string> Stage::rested() const {
  if (rest().held.count() == 0) return std::nullopt;
  const std::string here = shown_.id + "\n";
  if (const auto target = touches_.rested(rest()); target && target->starts_with(here))
    return target->substr(here.size());
  const ImGuiIO& io = ImGui::GetIO();
  if (!io.MouseDown[0] || !has_mouse_rested()) return std::nullopt;
  const Drawn* began = target_at(io.MouseClickedPos[0].x, io.MouseClickedPos[0].y);
  const Drawn* under = target_at(io.MousePos.x, io.MousePos.y);
  return began == nullptr || began != under ? std::nullopt : std::optional(began->id);
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
        touches_.take(touch, target, may_drag ? std::optional(kDragMm * pixels_per_mm_) : std::nullopt, rest());
    if (touch.phase == Touch::Phase::begin && !may_drag) notice_miss(touch.x, touch.y);
    if (outcome.drag != 0) scroll_by(-outcome.drag);
    if (!outcome.is_press) continue;
    const Pressed pressed{.id = under->id, .x = touch.x - under->rect.x, .y = touch.y - under->rect.y};
    if (!has_bounced(pressed, touch.x, touch.y)) press(pressed);
  }
  return !touches.empty();
}

}  // namespace perspective::platform
