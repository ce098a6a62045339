// Gathers, for one inspection, what its kiosks told beside what the store has.
//
// Errors:  as the store's.
// Threads: any; reads the store.
#pragma once

#include <optional>

#include "base/result.h"
#include "inspection/inspections.h"
#include "report/reconciliation.h"
#include "store/store.h"

namespace perspective::inspection {

// opened: how many were opened, counted or not; nothing: it is locked, and all that is there is still sealed.
Result<report::Reconciliation> reconcile(store::Store& store, std::string_view inspection,
                                         const std::optional<Unlocked>& opened);

}  // namespace perspective::inspection
