// One file on a stick that may be pulled out at any step.
//
// Promise:   written beside its place as NAME.part, synced, read back from the medium and compared, renamed, the folder
//            synced, read back again. Whenever the stick is pulled out, what stands under NAME is whole: the file of
//            before or the new one; writing again takes up what was broken off. Dates say 1980, as far as the file
//            system lets us.
// Errors:    io (with the system's reason): no room, pulled out, not writable; corrupt where the medium gives back
//            other bytes than it was given.
// Threads:   one a file.
#pragma once

#include <filesystem>
#include <functional>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::upload {

// before_step: for tests, which end there.
Result<void> write_on_stick(const std::filesystem::path& file, ByteView content,
                            const std::function<void()>& before_step = {});

}  // namespace perspective::upload
