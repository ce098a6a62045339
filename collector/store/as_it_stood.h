// Inside the stores: whether what a change was made from is still so, and what is said where it is not.
//
// Errors:  conflict.
// Threads: pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/store.h"

namespace perspective::store {

inline Result<void> check_it_stands(const AsItStood& then, std::string_view state, std::int64_t withdrawn) {
  if (state != then.state) {
    return fail(ErrorCode::conflict,
                "inspection '" + then.inspection + "' was changed meanwhile; look at it and ask again");
  }
  if (withdrawn != then.withdrawn) {
    return fail(ErrorCode::conflict,
                "answers of '" + then.inspection + "' were taken back meanwhile; look at it and ask again");
  }
  return {};
}

inline Result<void> check_it_is_there(const SeenRecord& seen, std::int64_t version) {
  if (version == seen.version) return {};
  return fail(ErrorCode::conflict,
              "the " + seen.kind + " of '" + seen.id + "' was changed meanwhile; look at it and ask again");
}

}  // namespace perspective::store
