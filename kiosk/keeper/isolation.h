// What a child gives up before it opens the window.
//
// Promise:   isolate_child(): ends when its keeper ends; no core dump, no debugger of the same user; no page in the
//            swap, where the limit on locked memory allows; no descriptor but the ones it was started with; sockets of
//            the Unix kind only (the display, the session bus), so that answers have no network to leave by, whatever a
//            library tries; no place for the temporary files and caches of libraries, which might hold an answer, and
//            whose dates would tell when somebody came to a screen. What it starts inherits all of that but the first
//            and the locked memory.
// Errors:    refused when the keeper is gone already. A kernel without seccomp, or a processor that the filter does not
//            know, leaves the network: isolate_child() then says so in its answer and the caller in the log.
// Threads:   before any other thread is started.
#pragma once

#include "base/result.h"

namespace perspective::keeper {

// The descriptors that a child is started with, beside 0, 1 and 2.
constexpr int kChannelDescriptor = 3;
constexpr int kPackagesDescriptor = 4;
constexpr int kDraftDescriptor = 5;

enum class Network { cut, left };
// All memory of this process, now and later, is kept out of the swap. False: the limit on locked memory forbids it, and
// nothing was changed.
bool lock_memory();

Result<Network> isolate_child(int keeper_process);

}  // namespace perspective::keeper
