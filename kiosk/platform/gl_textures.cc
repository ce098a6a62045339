#include "platform/gl_textures.h"

#include <GLFW/glfw3.h>
// after GLFW, which brings OpenGL
#include <GL/glext.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

namespace perspective::platform {

std::uint64_t upload(const Mask& mask) {
  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  // White with the coverage as alpha: ImGui tints it, themes need no second copy.
  const GLint channels[4] = {GL_ONE, GL_ONE, GL_ONE, GL_RED};
  glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, channels);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, mask.stride);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, mask.width, mask.height, 0, GL_RED, GL_UNSIGNED_BYTE, mask.bytes.data());
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);  // ImGui's renderer takes it for granted
  return texture;
}

void discard(std::uint64_t texture) {
  const auto name = static_cast<GLuint>(texture);
  glDeleteTextures(1, &name);
}

void use_one_kind_of_texture() {
  ImGui_ImplOpenGL3_CreateDeviceObjects();
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  atlas.TexDesiredWidth = 500;
  atlas.ClearTexData();
  Mask mask;
  unsigned char* coverage = nullptr;
  atlas.GetTexDataAsAlpha8(&coverage, &mask.width, &mask.height);
  mask.stride = mask.width;
  mask.bytes.assign(coverage, coverage + static_cast<std::ptrdiff_t>(mask.width) * mask.height);
  atlas.SetTexID(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(upload(mask))));  // goes with its context
}

}  // namespace perspective::platform
