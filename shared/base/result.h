// What a call that may fail gives back.
//
// Promise:   Result<T> is std::expected<T, Error>. [[nodiscard]] by the compiler's own attribute on expected;
//            exceptions never cross a folder: the file that calls a throwing library turns them into an Error.
// Errors:    `what` says what went wrong, where, and what to do, for the operator. It never holds an answer,
//            a key, a passphrase, a token or a PIN.
// Threads:   plain values.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace perspective {

enum class ErrorCode {
  io,           // the disk, a socket or the clock did not do its part
  corrupt,      // bytes that should have been ours are not
  refused,      // asked for something that the rules forbid, or with a wrong passphrase
  unreachable,  // nobody answers; the same call may succeed later
  not_found,
  conflict,  // it is there already, and it is another
  invalid,   // input that does not mean anything
};

struct Error {
  ErrorCode code = ErrorCode::io;
  std::string what;
  bool retry = false;  // the same call may succeed later
};

template <typename T>
using Result = std::expected<T, Error>;

// `return fail(ErrorCode::io, "...")` from any Result-returning function.
inline std::unexpected<Error> fail(ErrorCode code, std::string what, bool retry = false) {
  return std::unexpected<Error>(Error{code, std::move(what), retry});
}

// Passes an Error on with the place put before it: "inspection 'x': " + what.
inline std::unexpected<Error> in_context(std::string where, Error error) {
  error.what = std::move(where) + ": " + error.what;
  return std::unexpected<Error>(std::move(error));
}

}  // namespace perspective
