// The last day on which the collector was reached, for the supervisor: "2026-11-25".
//
// Promise:   a day and nothing more, by the collector's clock, in a file of its own whose date is set back to 1970; it
//            is written when the day is another, at whatever contact comes first (packages are asked for every six
//            hours, whether or not anything waits). So it tells of no visit, and not when anything was sent.
// Threads:   that of the transport; read_last_day() from any.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "upload/transport.h"

namespace perspective::upload {

// The same transport; each answer of the collector's is noted.
std::unique_ptr<Transport> noting_day(std::unique_ptr<Transport> transport, std::filesystem::path state);

std::string read_last_day(const std::filesystem::path& state);  // empty: never, or the file is none of ours

}  // namespace perspective::upload
