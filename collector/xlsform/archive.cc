#include "xlsform/archive.h"

#include <zip.h>

#include <array>

#include "xlsform/workbook.h"

namespace perspective::xlsform {
namespace {

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

constexpr std::array<std::uint8_t, 4> kOleMagic{0xD0, 0xCF, 0x11, 0xE0};

Error no_workbook(ByteView file) {
  const bool is_ole = file.size() > kOleMagic.size() && std::equal(kOleMagic.begin(), kOleMagic.end(), file.begin());
  return {ErrorCode::invalid,
          is_ole ? "is an old .xls file, or protected by a password: save it as .xlsx, without a password"
                 : "is no .xlsx file: save the form as \"Excel workbook (.xlsx)\""};
}

Error too_large() {
  return {ErrorCode::invalid, "holds more than a form can: a part of it unpacks to over " +
                                  std::to_string(kMaxPartBytes >> 20U) + " MB. Copy the sheets into a new workbook"};
}

}  // namespace

void Archive::Close::operator()(zip* archive) const { zip_discard(archive); }

Result<Archive> Archive::open(ByteView file) {
  if (file.size() > kMaxFileBytes) {
    return fail(ErrorCode::invalid, "has more than " + std::to_string(kMaxFileBytes >> 20U) +
                                        " MB: copy the sheets survey, choices and settings into a new workbook");
  }
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const source = zip_source_buffer_create(file.data(), file.size(), 0, &error);
  if (source == nullptr) return fail(ErrorCode::io, "there is no memory left to read it");
  zip_t* const opened = zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (opened == nullptr) {
    zip_source_free(source);
    return std::unexpected(no_workbook(file));
  }
  Archive archive(opened);
  if (zip_get_num_entries(opened, 0) > static_cast<zip_int64_t>(kMaxParts)) {
    return fail(ErrorCode::invalid, "has more than " + std::to_string(kMaxParts) +
                                        " parts, as no workbook has: copy the sheets into a new one");
  }
  return archive;
}

Result<std::optional<std::string>> Archive::part(const std::string& name) {
  const zip_int64_t at = zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE);
  if (at < 0) return std::optional<std::string>();
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(at), 0));
  if (!file) {
    return fail(ErrorCode::invalid,
                "has a part that cannot be unpacked, " + name + ": save it again as .xlsx, without a password");
  }
  std::string content;
  std::array<char, 1U << 16U> piece{};
  for (;;) {
    const zip_int64_t got = zip_fread(file.get(), piece.data(), piece.size());
    if (got < 0) return fail(ErrorCode::invalid, "is damaged: " + name + " does not unpack");
    if (got == 0) return std::optional(std::move(content));
    inflated_ += static_cast<std::size_t>(got);
    if (content.size() + static_cast<std::size_t>(got) > kMaxPartBytes || inflated_ > kMaxPartsBytes) {
      return std::unexpected(too_large());
    }
    content.append(piece.data(), static_cast<std::size_t>(got));
  }
}

namespace {

bool add_all(zip_t* archive, const std::map<std::string, std::string>& parts) {
  for (const auto& [name, content] : parts) {
    zip_source_t* const source = zip_source_buffer(archive, content.data(), content.size(), 0);
    if (source == nullptr) return false;
    const zip_int64_t at = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
      zip_source_free(source);
      return false;
    }
    // 1 January 1980, the first day that ZIP knows: a form does not tell when it was made.
    if (zip_file_set_dostime(archive, static_cast<zip_uint64_t>(at), 0, (1U << 5U) | 1U, 0) != 0) return false;
  }
  return true;
}

}  // namespace

Result<Bytes> write_archive(const std::map<std::string, std::string>& parts) {
  const Error failed{ErrorCode::io, "the workbook cannot be written: there is no memory left"};
  zip_source_t* const source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  if (source == nullptr) return std::unexpected(failed);
  zip_source_keep(source);  // it is read after the archive is closed, which frees it once
  const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> kept(source, &zip_source_free);
  zip_t* const archive = zip_open_from_source(source, ZIP_TRUNCATE, nullptr);
  if (archive == nullptr) {
    zip_source_free(source);
    return std::unexpected(failed);
  }
  if (!add_all(archive, parts) || zip_close(archive) != 0) {
    zip_discard(archive);
    return std::unexpected(failed);
  }
  zip_stat_t about;
  zip_stat_init(&about);
  if (zip_source_stat(source, &about) != 0 || zip_source_open(source) != 0) return std::unexpected(failed);
  Bytes file(about.size);
  const zip_int64_t got = zip_source_read(source, file.data(), file.size());
  zip_source_close(source);
  if (got != static_cast<zip_int64_t>(file.size())) return std::unexpected(failed);
  return file;
}

}  // namespace perspective::xlsform
