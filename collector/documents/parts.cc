#include "documents/parts.h"

#include "archive/archive.h"
#include "base/file.h"

namespace perspective::documents {
namespace {

constexpr archive::FileKind kTemplateFile{.suffix = ".docx",
                                          .old_suffix = ".doc",
                                          .save_it = "save the template as \"Word Document (.docx)\"",
                                          .is_too_large = "take the large pictures out of the template",
                                          .holds_too_much = "holds more than a template can",
                                          .max_file_bytes = kMaxTemplateBytes,
                                          .max_part_bytes = 8U << 20U,
                                          .max_parts_bytes = 16U << 20U,
                                          .max_parts = 200};

}  // namespace

Result<Parts> read_template(ByteView docx) {
  auto archive = archive::Archive::open(docx, kTemplateFile);
  if (!archive) return in_context("the template", archive.error());
  Parts parts;
  for (const auto& name : archive->names()) {
    auto part = archive->part(name);
    if (!part) return in_context("the template", part.error());
    if (*part) parts[name] = **std::move(part);
  }
  return parts;
}

Result<Parts> parts_in(const std::filesystem::path& folder) try {
  Parts parts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    auto content = read_text(entry.path());
    if (!content) return std::unexpected(content.error());
    parts[entry.path().lexically_relative(folder).generic_string()] = *std::move(content);
  }
  return parts;
} catch (const std::filesystem::filesystem_error& error) {
  return fail(ErrorCode::io, "the template in " + folder.string() + " cannot be read: " + error.code().message());
}

}  // namespace perspective::documents
