// Textures of the window's OpenGL context, by number.
#pragma once

#include <cstdint>

#include "platform/shaped_text.h"

namespace perspective::platform {

std::uint64_t upload(const Mask& mask);
void discard(std::uint64_t texture);

// ImGui's own texture, which it draws areas and lines with, becomes one like those of texts: coverage, and no side a
// power of two. Mesa compiles shaders anew for each kind of texture (such a side is one), and without a graphics card
// that is a fifth of the time to the first picture.
void use_one_kind_of_texture();

}  // namespace perspective::platform
