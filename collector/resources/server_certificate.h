// What the collector's doors show: a certificate of its own authority, or one that an administrator was given
// elsewhere.
//
// Promise:   its own is made anew at each start and each day, and lies in no file. It begins long before: a kiosk whose
//            clock is behind reaches the collector, and so learns that it is. No longer in all than what browsers take
//            (CA/Browser Forum, Baseline Requirements, 6.3.2: 398 days). A given one is read anew each day.
// Errors:    as protocol/enrolment.h; those of the files.
// Threads:   any.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "keys/key_cabinet.h"
#include "protocol/enrolment.h"
#include "resources/data_folder.h"

namespace perspective::resources {

using CertificateOf = std::function<Result<protocol::KeyAndCertificate>()>;

CertificateOf own_certificate(const keys::PemPair& authority, const std::vector<std::string>& hosts,
                              const Clock& clock);  // the clock outlives it
CertificateOf given_certificate(const Configuration& configuration);

}  // namespace perspective::resources
