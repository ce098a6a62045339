// What waits, on a stick; and the receipts that come back on it. For where there is no network. PROTOCOL.md, "Courier".
//
// Promise:   copying changes nothing here: an envelope leaves only with its genuine receipt, whichever way that comes.
//            One file an inspection, `perspective-KIOSK-INSPECTION.bundle`, which a later copy replaces by one with all
//            that waits by then. Copied again, sent by network too: the collector counts each envelope once.
// Errors:    copy: io and corrupt as in stick.h. take_receipts: corrupt or refused for a file that is none of ours,
//            not_found; a receipt that is not genuine is passed over.
// Ownership: refers to what it is given.
// Threads:   any; the outbox orders.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "outbox/outbox.h"
#include "protocol/package.h"
#include "upload/enrolment.h"

namespace perspective::upload {

struct Copied {
  std::vector<std::filesystem::path> files;  // none: nothing waits
  bool is_all = true;                        // false: more waits than one bundle holds; again, once receipts are back
};
Result<Copied> copy_to_stick(outbox::Outbox& outbox, const Enrolment& enrolment,
                             const std::vector<protocol::Package>& packages, const std::filesystem::path& folder);

struct Taken {
  bool is_any_left = false;  // of the receipts' inspection, without a receipt in this file
};
Result<Taken> take_receipts(outbox::Outbox& outbox, const std::vector<protocol::Package>& packages,
                            const std::filesystem::path& file);

}  // namespace perspective::upload
