#include "archive/archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <array>

namespace perspective::archive {
namespace {

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

constexpr std::array<std::uint8_t, 4> kOleMagic{0xD0, 0xCF, 0x11, 0xE0};

std::string capital(std::string_view text) {
  std::string sentence(text);
  if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z')
    sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
  return sentence;
}

Error not_of(const FileKind& kind, ByteView file) {
  const bool is_ole = file.size() > kOleMagic.size() && std::equal(kOleMagic.begin(), kOleMagic.end(), file.begin());
  return {ErrorCode::invalid,
          is_ole ? fmt::format("is an old {} file, or protected by a password: save it as {}, without a password",
                               kind.old_suffix, kind.suffix)
                 : fmt::format("is no {} file: {}", kind.suffix, kind.save_it)};
}

Error too_large(const FileKind& kind) {
  return {ErrorCode::invalid, fmt::format("{}: a part of it unpacks to over {} MB. {}", kind.holds_too_much,
                                          kind.max_part_bytes >> 20U, capital(kind.is_too_large))};
}

}  // namespace

void Archive::Close::operator()(zip* archive) const { zip_discard(archive); }

Result<Archive> Archive::open(ByteView file, const FileKind& kind) {
  if (file.size() > kind.max_file_bytes) {
    return fail(ErrorCode::invalid,
                fmt::format("has more than {} MB: {}", kind.max_file_bytes >> 20U, kind.is_too_large));
  }
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const source = zip_source_buffer_create(file.data(), file.size(), 0, &error);
  if (source == nullptr) return fail(ErrorCode::io, "there is no memory left to read it");
  zip_t* const opened = zip_open_from_source(source, ZIP_RDONLY, &error);
  zip_error_fini(&error);
  if (opened == nullptr) {
    zip_source_free(source);
    return std::unexpected(not_of(kind, file));
  }
  Archive archive(opened, kind);
  if (zip_get_num_entries(opened, 0) > static_cast<zip_int64_t>(kind.max_parts)) {
    return fail(ErrorCode::invalid, fmt::format("has more than {} parts, as no {} file has: {}", kind.max_parts,
                                                kind.suffix, kind.is_too_large));
  }
  return archive;
}

std::vector<std::string> Archive::names() const {
  std::vector<std::string> names;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive_.get(), 0); ++i) {
    const char* const name = zip_get_name(archive_.get(), static_cast<zip_uint64_t>(i), 0);
    if (name != nullptr && !std::string_view(name).ends_with('/')) names.emplace_back(name);
  }
  return names;
}

Result<std::optional<std::string>> Archive::part(const std::string& name) {
  const zip_int64_t at = zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_NOCASE);
  if (at < 0) return std::optional<std::string>();
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(at), 0));
  if (!file) {
    return fail(ErrorCode::invalid, fmt::format("has a part that cannot be unpacked, {}: save it again as {}, without "
                                                "a password",
                                                name, kind_.suffix));
  }
  std::string content;
  std::array<char, 1U << 16U> piece{};
  for (;;) {
    const zip_int64_t got = zip_fread(file.get(), piece.data(), piece.size());
    if (got < 0) return fail(ErrorCode::invalid, "is damaged: " + name + " does not unpack");
    if (got == 0) return std::optional(std::move(content));
    inflated_ += static_cast<std::size_t>(got);
    if (content.size() + static_cast<std::size_t>(got) > kind_.max_part_bytes || inflated_ > kind_.max_parts_bytes) {
      return std::unexpected(too_large(kind_));
    }
    content.append(piece.data(), static_cast<std::size_t>(got));
  }
}

namespace {

bool add_all(zip_t* archive, const std::vector<Part>& parts) {
  for (const auto& part : parts) {
    zip_source_t* const source = zip_source_buffer(archive, part.content.data(), part.content.size(), 0);
    if (source == nullptr) return false;
    const zip_int64_t added = zip_file_add(archive, part.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (added < 0) {
      zip_source_free(source);
      return false;
    }
    const auto at = static_cast<zip_uint64_t>(added);
    if (part.is_stored && zip_set_file_compression(archive, at, ZIP_CM_STORE, 0) != 0) return false;
    // 1 January 1980, the first day that ZIP knows: a file does not tell when it was made.
    if (zip_file_set_dostime(archive, at, 0, (1U << 5U) | 1U, 0) != 0) return false;
  }
  return true;
}

}  // namespace

Result<Bytes> write_archive(const std::vector<Part>& parts) {
  const Error failed{ErrorCode::io, "the file cannot be written: there is no memory left"};
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

Result<Bytes> write_archive(const std::map<std::string, std::string>& parts) {
  std::vector<Part> all;
  for (const auto& [name, content] : parts) all.push_back({.name = name, .content = content});
  return write_archive(all);
}

}  // namespace perspective::archive
