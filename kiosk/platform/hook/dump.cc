#include <GLFW/glfw3.h>
#include <cairo.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cmath>

#include "platform/hook/hook.h"

namespace perspective::platform {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 14> kRoles = {"heading",  "paragraph", "progress", "note",   "hint",
                                                     "radio",    "checkbox",  "entry",    "button", "summary",
                                                     "helpline", "word",      "status",   "card"};

json::object to_object(const screen::Item& item, const Drawn* drawn) {
  json::object object = {{"id", item.id},           {"role", kRoles[static_cast<std::size_t>(item.role)]},
                         {"label", item.label},     {"spoken", item.spoken},
                         {"value", item.value},     {"selected", item.selected},
                         {"enabled", item.enabled}, {"visible", drawn != nullptr && drawn->is_visible}};
  if (!item.picture.empty()) {
    object["picture"] = item.picture;
    object["picture_alt"] = item.picture_alt;
  }
  const Rect rect = drawn == nullptr ? Rect{} : drawn->rect;
  object["rect"] = {std::lround(rect.x), std::lround(rect.y), std::lround(rect.width), std::lround(rect.height)};
  return object;
}

}  // namespace

std::string screen_to_json(const Stage& stage, int width, int height) {
  json::array items;
  for (const screen::Item& item : stage.screen().items) {
    const auto drawn = std::ranges::find(stage.drawn(), item.id, &Drawn::id);
    items.emplace_back(to_object(item, drawn == stage.drawn().end() ? nullptr : &*drawn));
  }
  const visit::Settings settings = stage.settings();
  json::object object = {{"screen", stage.screen().id},
                         {"serial", stage.serial()},
                         {"focused", stage.focused() ? json::value(*stage.focused()) : json::value(nullptr)},
                         {"lit", json::value_from(stage.lit())},
                         {"window", {width, height}},
                         {"language", settings.language},
                         {"sound", settings.sound.is_on},
                         {"size", static_cast<int>(settings.size) + 1},
                         {"colours", static_cast<int>(settings.colours) + 1},
                         {"items", std::move(items)}};
  return json::serialize(object);
}

Result<void> write_screenshot(const std::string& path, int width, int height) {
  const int stride = cairo_format_stride_for_width(CAIRO_FORMAT_RGB24, width);
  std::vector<unsigned char> pixels(static_cast<std::size_t>(stride) * static_cast<std::size_t>(height));
  glPixelStorei(GL_PACK_ALIGNMENT, 4);
  glReadPixels(0, 0, width, height, 0x80E1 /* GL_BGRA */, GL_UNSIGNED_BYTE, pixels.data());
  // OpenGL counts lines from the bottom.
  for (int top = 0, bottom = height - 1; top < bottom; ++top, --bottom) {
    const auto upper = pixels.begin() + static_cast<std::ptrdiff_t>(top) * stride;
    std::swap_ranges(upper, upper + stride, pixels.begin() + static_cast<std::ptrdiff_t>(bottom) * stride);
  }
  cairo_surface_t* surface =
      cairo_image_surface_create_for_data(pixels.data(), CAIRO_FORMAT_RGB24, width, height, stride);
  const cairo_status_t status = cairo_surface_write_to_png(surface, path.c_str());
  cairo_surface_destroy(surface);
  if (status != CAIRO_STATUS_SUCCESS) return fail(ErrorCode::io, path + ": " + cairo_status_to_string(status));
  return {};
}

}  // namespace perspective::platform
