// Room on the disk that belongs to a file before the file needs it, so that writing into it later cannot fail because
// others have filled the disk in between.
//
// Promise:   true: the file's first `bytes` bytes have their blocks, written or not; its size is unchanged, and where
//            there was no file there is an empty one, mode 0600. The room goes when the file is cut short.
//            false: there is no room, and nothing was taken.
//            Where the file system cannot promise room (some network and flash ones), true means that it is free now.
// Threads:   any, but never while this process has a lock on the file: closing it here would end that lock (POSIX).
#pragma once

#include <cstdint>
#include <filesystem>

namespace perspective::outbox {

bool reserve(const std::filesystem::path& file, std::uint64_t bytes);

}  // namespace perspective::outbox
