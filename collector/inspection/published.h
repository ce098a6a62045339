// A questionnaire that was published, which is to say signed in the package of an inspection, never changes again: the
// same name and version mean the same questions, words, pictures and sentences everywhere, or no two results could be
// set side by side. What changes gets a new version.
//
// Promise:   JSON counts by what it says, not by its layout; a catalogue's `status` ("draft", "checked") is a mark
//            on it, and not counted. Only languages that both have are compared.
// Errors:    conflict, naming questionnaire, version, inspection and what differs; those of the store.
// Threads:   the first is pure.
#pragma once

#include "base/result.h"
#include "inspection/record.h"
#include "store/store.h"

namespace perspective::inspection {

// `earlier` was published; may `now` be?
Result<void> check_published(const Record& earlier, const Record& now);
// The same of every inspection that there is.
Result<void> check_published(store::Store& store, const Record& now);

}  // namespace perspective::inspection
