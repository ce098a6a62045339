// Conditions of requests (RFC 9110, 13): a GET that answers 304 to whoever has it, a change that is refused (412) where
// what it changes is not what whoever asks knew.
//
// Promise:   of two changes that name the same ETag one is done, also where each comes to another collector of one
//            store: the condition is checked as of an entry of the audit, and a change whose own entry does not follow
//            that one is checked again. So what `change` does must be written with Audit::with and event_of(request).
// Threads:   any, from the pool.
#pragma once

#include "resources/services.h"

namespace perspective::resources {

// Gives what is good its ETag, but where it has one.
Answer tagged(const Services& services, Answer answer, Reach reach);
// 304, or 412, by the ETag of what is good.
Answer unless_known(Answer answer);
// state: tagged, and the same as the GET that gave the ETag.
Answer unless_changed(const Services& services, Answer change, Answer state);
// Where there is no ETag to compare: 412.
Answer without_if_match(Answer answer);

}  // namespace perspective::resources
