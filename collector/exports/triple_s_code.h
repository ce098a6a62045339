// Inside collector/exports: codes in Triple-S, which has none below 0.
#pragma once

namespace perspective::exports {

inline constexpr int kTripleSMissing = 900;  // and the code without its sign

constexpr int triple_s_code(int code) { return code < 0 ? kTripleSMissing - code : code; }

}  // namespace perspective::exports
