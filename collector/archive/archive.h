// The parts of a ZIP container in memory: inflated with a limit, and written so that the same parts give the same
// bytes.
//
// Promise:   a part that inflates to more than it may is refused while it is read, whatever size the file gives for it.
//            Nothing is written to a disk.
// Errors:    invalid, in the words of a FileKind for whoever made the file.
// Ownership: an Archive keeps a view of the file; the file must outlive it.
// Threads:   one at a time.
// Units:     bytes.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

struct zip;

namespace perspective::archive {

// What the file should be: its limits, and what its maker is told to do.
struct FileKind {
  std::string_view suffix;        // ".xlsx"
  std::string_view old_suffix;    // ".xls", of the same program before it wrote ZIP
  std::string_view save_it;       // "save the form as \"Excel workbook (.xlsx)\""
  std::string_view is_too_large;  // what to do about it
  std::string_view holds_too_much;
  std::size_t max_file_bytes = 0;
  std::size_t max_part_bytes = 0;   // of one part, inflated
  std::size_t max_parts_bytes = 0;  // of all parts that are read, inflated
  std::size_t max_parts = 0;
};

class Archive {
 public:
  static Result<Archive> open(ByteView file, const FileKind& kind);
  Result<std::optional<std::string>> part(const std::string& name);  // nullopt: there is none of that name
  std::vector<std::string> names() const;                            // of files, in the order of the container

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  Archive(zip* archive, const FileKind& kind) : archive_(archive), kind_(kind) {}

  std::unique_ptr<zip, Close> archive_;
  FileKind kind_;
  std::size_t inflated_ = 0;
};

struct Part {
  std::string name;
  std::string content;
  bool is_stored = false;  // not deflated: the first part of an OpenDocument file
};

// The same bytes for the same parts, in this order: every date is the first that ZIP knows.
Result<Bytes> write_archive(const std::vector<Part>& parts);
Result<Bytes> write_archive(const std::map<std::string, std::string>& parts);  // by name

}  // namespace perspective::archive
