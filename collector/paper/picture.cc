#include "paper/picture.h"

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <memory>

namespace perspective::paper {
namespace {

struct Unref {
  void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
};

std::unexpected<Error> failed(GError* error) {
  const std::string what = error == nullptr ? "no reason given" : error->message;
  g_clear_error(&error);
  return fail(ErrorCode::invalid, "picture: " + what);
}

}  // namespace

Result<void> draw_picture(cairo_t* context, std::string_view svg, double x, double y, double size) {
  GError* error = nullptr;
  const std::unique_ptr<RsvgHandle, Unref> handle(
      rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
  if (!handle) return failed(error);
  const RsvgRectangle place = {x, y, size, size};
  if (!rsvg_handle_render_document(handle.get(), context, &place, &error)) return failed(error);
  return {};
}

}  // namespace perspective::paper
