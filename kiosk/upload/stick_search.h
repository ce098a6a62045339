// Where a USB stick is mounted.
//
// Promise:   only a place at which a file system of its own is mounted, and can be written: the empty folder beneath,
//            where no stick is in, is none. Where the installer chose a place, only that; else, below /media,
//            /run/media and /mnt, a device that is removable or hangs on USB: of several the one that was mounted last.
// Threads:   any.
#pragma once

#include <filesystem>
#include <optional>

namespace perspective::upload {

struct System {  // the kernel's own files
  std::filesystem::path mounts = "/proc/self/mountinfo";
  std::filesystem::path devices = "/sys/dev/block";
};

// chosen: by the installer, or empty. Nothing: no stick is there.
std::optional<std::filesystem::path> find_stick(const std::filesystem::path& chosen, const System& system = {});

}  // namespace perspective::upload
