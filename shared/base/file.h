// Whole files, read and written so that a power cut leaves the old one or the new one.
//
// Errors: io (with the path and the system's reason), not_found from read_file.
#pragma once

#include <filesystem>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

namespace perspective {

Result<Bytes> read_file(const std::filesystem::path& path);
Result<std::string> read_text(const std::filesystem::path& path);
// Straight into locked memory, no stream buffer in between.
Result<SecretBytes> read_secret(const std::filesystem::path& path);

// Promise: temporary file beside it, mode 0600, written, synced, renamed, directory synced. Once it returned ok a
//          power cut loses nothing; when it failed the old file is still there.
Result<void> write_file(const std::filesystem::path& path, ByteView content);

// As write_file(); then the bytes of the file that was there before are overwritten, as far as erase_file() could. An
// error after the new one is in its place says so.
Result<void> write_over(const std::filesystem::path& path, ByteView content);

// At the end of a file that is there. Promise: once it returned ok a power cut loses nothing of it; when it failed, or
// the power went, some of it may be there. Errors: also not_found.
Result<void> append_to_file(const std::filesystem::path& path, ByteView content);

// Overwrites the file once with zeros, syncs, removes its name, syncs its folder. What a disk keeps of old blocks by
// itself (flash, a file system that copies on writing, snapshots) is out of its reach. Ok where there is none.
Result<void> erase_file(const std::filesystem::path& path);

// A file that is whole beside its place takes it, and what was there before goes. Promise: as write_file().
Result<void> put_in_place(const std::filesystem::path& whole, const std::filesystem::path& path);

// Creates the directory with mode 0700 where it is missing (parents too); tightens nothing that exists. A power cut
// does not lose it, nor what is written into it later: the folder above is synced.
Result<void> make_private_directory(const std::filesystem::path& path);

}  // namespace perspective
