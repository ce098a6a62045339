// GLib's default main context, by functions of ours.
#pragma once

#include <chrono>
#include <functional>

namespace perspective::platform {

// Once, after so long; gives the source's number, which is free again when it was called.
unsigned call_after(std::chrono::milliseconds duration, std::function<void()> then);
// As soon as it can, on the thread that runs the context; from any.
void call_soon(std::function<void()> then);
// Whenever the descriptor can be read or has hung up, until ready() says false.
void watch_descriptor(int descriptor, std::function<bool()> ready);

}  // namespace perspective::platform
