#include "authoring/remark.h"

#include <algorithm>

namespace perspective::authoring {

std::string to_text(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      break;
  }
  return "note";
}

std::string to_text(const Remark& remark, const std::string& folder) {
  const std::string path = folder.empty() || folder.ends_with('/') ? folder : folder + "/";
  const std::string pointer = remark.pointer.empty() ? "/" : remark.pointer;
  return path + remark.file + ":" + std::to_string(remark.line) + ": " + to_text(remark.severity) + ": " + pointer +
         ": " + remark.what + "; " + remark.remedy;
}

std::size_t count(const Remarks& remarks, Severity severity) {
  return static_cast<std::size_t>(std::ranges::count(remarks, severity, &Remark::severity));
}

}  // namespace perspective::authoring
