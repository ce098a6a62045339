// A new certificate for this kiosk, before the old one ends: for the same key, so that one file changes and no more.
//
// Promise:   the folder has the old certificate or the new one, never half of one and never one that is not for the
//            kiosk's own key and name, from its authority and good for longer. The old one is good until its end.
// Errors:    those of the folder and the transport; refused where the collector gives none, or one that is not to be
//            kept. Nothing has changed then, and it can be tried again.
// Threads:   plain functions; one a folder.
// Units:     seconds since 1970-01-01 UTC, by the kiosk's own clock: one that is wrong costs a request in vain.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/result.h"
#include "upload/enrolment.h"
#include "upload/transport.h"

namespace perspective::upload {

// Nothing: it is not due yet, and nobody was asked.
Result<std::optional<Enrolment>> renew_if_due(const std::filesystem::path& folder, std::int64_t now_s,
                                              Transport& transport);

}  // namespace perspective::upload
