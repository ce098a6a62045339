// What a kiosk says of itself when it asks which packages there are, as headers of that request. PROTOCOL.md,
// "Packages".
//
// Promise:   written, it has one length for all kiosks of a version, whatever it says: TLS hides all of a request but
//            that. It holds no count and nothing of a visit. Read, it is what makes sense; the rest was not said.
// Threads:   plain values.
// Units:     seconds since 1970-01-01 UTC.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perspective::protocol {

struct SelfReport {
  std::string program;                  // its version
  std::optional<std::int64_t> clock_s;  // as its own clock has it
  std::optional<bool> is_waiting;       // something, for whichever inspection
};

std::vector<std::string> headers_of(const SelfReport& report);  // "Name: value"

// header: a header of the request by its name in lower case; empty where there is none.
SelfReport self_report_from(const std::function<std::string(std::string_view name)>& header);

}  // namespace perspective::protocol
