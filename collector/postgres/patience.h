// How long an answer of the server is waited for.
#pragma once

#include <chrono>

namespace perspective::postgres {

// A little above the statement_timeout of every session (connection.cc): whoever answers at all has said by then that
// it gives up.
constexpr std::chrono::milliseconds kPatience{70'000};

}  // namespace perspective::postgres
