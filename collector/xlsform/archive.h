// The parts of a ZIP container, inflated with a limit; used by the workbook alone.
//
// Promise:   a part that inflates to more than it may is refused while it is read, whatever size the file gives for it.
// Errors:    invalid, in words for whoever made the file.
// Ownership: an Archive keeps a view of the file; the file must outlive it.
// Units:     bytes.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

struct zip;

namespace perspective::xlsform {

class Archive {
 public:
  static Result<Archive> open(ByteView file);
  Result<std::optional<std::string>> part(const std::string& name);  // nullopt: there is none of that name

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  explicit Archive(zip* archive) : archive_(archive) {}

  std::unique_ptr<zip, Close> archive_;
  std::size_t inflated_ = 0;
};

// The same bytes for the same parts: every date is the first that ZIP knows.
Result<Bytes> write_archive(const std::map<std::string, std::string>& parts);

}  // namespace perspective::xlsform
