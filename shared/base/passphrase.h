// Passphrases from a person or a script, straight into locked memory.
//
// Promise:   at a terminal nothing is echoed, and the terminal is as it was before, also after Ctrl-C. From a pipe:
//            one line each, read byte by byte, so that nothing of them stays in a stream's buffer.
// Errors:    refused when two that should be the same differ (at a terminal: after three times), or nothing was
//            typed; io when there are not enough lines.
// Threads:   one: the terminal is the process's.
#pragma once

#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace perspective {

// name: "passphrase of the inspection"
Result<SecretBytes> ask_passphrase(const std::string& name);
Result<SecretBytes> ask_passphrase_twice(const std::string& name);

// Everything up to the end of standard input, without the last line break.
Result<SecretBytes> read_words(const std::string& prompt);

}  // namespace perspective
