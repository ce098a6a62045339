// The picture beside an option: an SVG drawing of few elements and one colour, which the theme gives it.
//
// Promise:   what has no fault is square, 64 units wide, and holds shapes alone: nothing that runs, loads, names
//            another file, expands or brings a colour or letters of its own. Reading is bounded (16 KiB, 256 shapes, 8
//            deep).
// Threads:   pure.
// Units:     bytes; lines from 1.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace perspective::survey {

constexpr std::size_t kMaxPictureBytes = 16 * 1024;  // ours have some 400

using Pictures = std::map<std::string, std::string>;  // name -> SVG

// Small letters, digits and hyphens; it becomes a file's name and a part of a text key.
bool is_picture_name(std::string_view name);

struct PictureFault {
  std::size_t line = 1;
  std::string what;  // "has the element <script>"
};
// The first thing that is wrong with it; nothing: none.
std::optional<PictureFault> fault_of_picture(std::string_view svg);

}  // namespace perspective::survey
