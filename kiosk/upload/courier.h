// What waits, on a stick; and the receipts that come back on it. For where there is no network. PROTOCOL.md, "Courier".
//
// Promise:   copying changes nothing here: an envelope leaves only with its genuine receipt, whichever way that comes.
//            One file an inspection, `perspective-KIOSK-INSPECTION.bundle`, which a later copy replaces by one with all
//            that waits by then, and all tokens that were ever spent here. Copied again, sent by network too: the
//            collector counts each once. When fieldwork has ended and nothing of it waits any more, the ledger goes
//            too.
//            What a batch hides a copy hides too: while fieldwork is open, nothing of an inspection is copied
//            before so many wait, beside those that this stick holds already, as its package says (smallest_batch). Who
//            has a stick with one new envelope on it knows whose it is. A visit of which nothing waits is kept back
//            likewise, so that who tries after each visit does not learn which of them sent. Few::too is for the one
//            who takes that on. The receipts may bring the collector's word that fieldwork has ended; the shelf keeps
//            it.
// Errors:    copy: io and corrupt as in stick.h. take_receipts: corrupt or refused for a file that is none of ours,
//            not_found; a receipt, or a word, that is not genuine is passed over.
// Ownership: refers to what it is given.
// Threads:   any; the outbox orders.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "outbox/outbox.h"
#include "protocol/package.h"
#include "readiness/stick.h"
#include "upload/enrolment.h"
#include "upload/packages.h"

namespace perspective::upload {

enum class Few { kept_back, too };

struct Copied {
  std::vector<std::filesystem::path> files;  // written just now
  bool is_all = true;                        // false: more waits than one bundle holds; again, once receipts are back
  bool are_few_kept_back = false;            // some wait for others
};
Result<Copied> copy_to_stick(outbox::Outbox& outbox, const Enrolment& enrolment,
                             const std::vector<protocol::Package>& packages, const std::filesystem::path& folder,
                             Few few = Few::kept_back);

struct Taken {
  bool is_any_settled = false;       // waits no longer, by a receipt in this file
  bool is_any_left = false;          // of the receipts' inspection, without a receipt in this file
  bool has_fieldwork_ended = false;  // of that inspection: a further copy takes the ledger too
};
Result<Taken> take_receipts(outbox::Outbox& outbox, const PackageShelf& shelf, const std::filesystem::path& file);

// What a supervisor's button does with a stick: takes in the receipts for this kiosk that lie on it, then copies what
// may be copied, by what the shelf says then. The reason of a failure goes to the log.
readiness::StickNews use_stick(outbox::Outbox& outbox, const Enrolment& enrolment, const PackageShelf& shelf,
                               const std::filesystem::path& stick);

}  // namespace perspective::upload
