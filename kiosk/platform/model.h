// What the window shows and tells: the app's functions of the same names (app/app.h says what they do).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "access/input_map.h"
#include "access/speaker.h"
#include "access/verb.h"
#include "screen/screen.h"

namespace perspective::platform {

struct Model {
  std::function<const screen::Screen&()> screen;
  std::function<const std::optional<std::string>&()> focused;
  std::function<const std::vector<std::string>&()> lit;
  std::function<std::uint64_t()> serial;
  std::function<visit::Settings()> settings;
  std::function<std::optional<access::SpokenWord>()> spoken;           // the word that is heard now
  std::function<const std::string*(const std::string& name)> picture;  // SVG; null: none
  std::function<void(std::string_view id)> press;
  std::function<void(std::string_view id)> focus;
  std::function<access::Taken(const access::Press&)> control;
  std::function<void(const access::Verb&)> handle;
  std::function<void(std::string_view id, std::string text)> write;
  std::function<void(std::string_view id, const visit::Action& action)> edit;
  std::function<void(screen::More)> set_more;
  std::function<bool()> notice_input;
  std::function<bool()> notice_touch;
  std::function<void()> notice_miss;
  std::function<std::optional<screen::Screen>()> cover;
  std::function<void(bool is_there)> set_screen_reader;
};

}  // namespace perspective::platform
