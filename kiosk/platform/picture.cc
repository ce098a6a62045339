#include "platform/picture.h"

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <memory>
#include <utility>

namespace perspective::platform {
namespace {

struct Unref {
  void operator()(RsvgHandle* handle) const { g_object_unref(handle); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};

std::unexpected<Error> failed(GError* error) {
  const std::string what = error == nullptr ? "no reason given" : error->message;
  g_clear_error(&error);
  return fail(ErrorCode::invalid, "picture: " + what);
}

}  // namespace

Result<Mask> picture_mask(std::string_view svg, int size) {
  GError* error = nullptr;
  const std::unique_ptr<RsvgHandle, Unref> handle(
      rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
  if (!handle) return failed(error);
  Mask mask{.width = size, .height = size, .stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, size), .bytes = {}};
  mask.bytes.resize(static_cast<std::size_t>(mask.stride) * static_cast<std::size_t>(size));
  // currentColor is black: in a surface that has coverage alone nothing of it is left but where it is.
  const std::unique_ptr<cairo_surface_t, Unref> surface(
      cairo_image_surface_create_for_data(mask.bytes.data(), CAIRO_FORMAT_A8, size, size, mask.stride));
  const std::unique_ptr<cairo_t, Unref> context(cairo_create(surface.get()));
  const RsvgRectangle whole = {0, 0, static_cast<double>(size), static_cast<double>(size)};
  if (!rsvg_handle_render_document(handle.get(), context.get(), &whole, &error)) return failed(error);
  cairo_surface_flush(surface.get());
  return mask;
}

PictureCache::PictureCache(TextCache::Upload upload, TextCache::Discard discard)
    : upload_(std::move(upload)), discard_(std::move(discard)) {}

PictureCache::~PictureCache() { forget(); }

std::uint64_t PictureCache::texture(const std::string& svg, int size) {
  const auto [entry, is_new] = textures_.try_emplace({svg, size}, 0);
  if (!is_new) return entry->second;
  const auto mask = picture_mask(svg, size);
  if (mask) entry->second = upload_(*mask);
  return entry->second;
}

void PictureCache::forget() {
  for (const auto& [key, texture] : textures_) {
    if (texture != 0) discard_(texture);
  }
  textures_.clear();
}

}  // namespace perspective::platform
