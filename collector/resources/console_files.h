// The pages of inspectors (collector/console), as the people's port serves them: files of one folder, read once.
//
// Promise:   only what was a regular file of that folder when the service started is there, each under its own address,
//            /console/NAME, and index.html at / and /join; nothing that is asked for becomes a path. Pages run only
//            scripts that come from here, and may be shown in no other page (Content-Security-Policy). 304 for whoever
//            has it already.
// Errors:    not_found without the folder or its index.html; invalid for a file of a kind that is not known, or for
//            more than kMostConsoleBytes; io.
// Threads:   as a Router.
// Units:     sizes in bytes.
#pragma once

#include <cstddef>
#include <filesystem>

#include "base/result.h"
#include "http/router.h"

namespace perspective::resources {

constexpr std::size_t kMostConsoleBytes = 16 * 1024 * 1024;

Result<void> add_console(http::Router& router, const std::filesystem::path& folder);

}  // namespace perspective::resources
