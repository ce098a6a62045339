// XML read piece by piece (expat); used by the workbook alone.
//
// Promise:   names come without their namespace. A document type is refused: with it go entities that expand or load.
//            The parser keeps no more than the element that it is in.
// Errors:    invalid: "cannot be read, line 3: ...", or what a handler stopped with.
// Threads:   pure.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace perspective::xlsform {

using Attributes = std::map<std::string, std::string, std::less<>>;

struct XmlHandler {
  std::function<std::optional<std::string>(std::string_view name, const Attributes&)> opened;  // a reason to stop
  std::function<std::optional<std::string>(std::string_view name)> closed;
  std::function<void(std::string_view)> text;
};

Result<void> read_xml(std::string_view xml, const XmlHandler& handler);
std::string escaped_xml(std::string_view text);

}  // namespace perspective::xlsform
