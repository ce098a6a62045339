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

void Picture::Destroy::operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }

Result<Picture> Picture::drawn(std::string_view svg, double size) {
  GError* error = nullptr;
  const std::unique_ptr<RsvgHandle, Unref> handle(
      rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
  if (!handle) return failed(error);
  Picture picture;
  const cairo_rectangle_t place = {0, 0, size, size};
  picture.surface_.reset(cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &place));
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> context(cairo_create(picture.surface_.get()), cairo_destroy);
  const RsvgRectangle viewport = {0, 0, size, size};
  if (!rsvg_handle_render_document(handle.get(), context.get(), &viewport, &error)) return failed(error);
  return picture;
}

void Picture::show(cairo_t* context, double x, double y) const {
  cairo_save(context);
  cairo_set_source_surface(context, surface_.get(), x, y);
  cairo_paint(context);
  cairo_restore(context);
}

}  // namespace perspective::paper
