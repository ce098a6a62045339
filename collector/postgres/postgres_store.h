// The store in a PostgreSQL database, which any number of collectors share.
//
// Promise:   as store.h. Committed is durable before it is said (connection.h refuses a server that would forget), and
//            what collectors do at the same time ends as if one had done it after the other (changes.h).
//            Unlike SQLite's closed file, the server's files and its log tell the order in which envelopes came, and
//            with which count of a kiosk: README.md says what follows for whoever runs it.
//            What a collector stored or took back the others are told within a moment (listener.h). A notice only says
//            that it is time to look: whoever misses one finds out at the next look that the sums have changed.
// Errors:    open(): as connection.h and schema.h. Later: unreachable with retry while the database does not answer;
//            each call tries to connect anew, and no longer than a few seconds. A server that stands still is given up
//            after `patience`; what it was asked then may have been done.
// Ownership: owns its connections and threads; the destructor finishes what is queued and joins.
// Threads:   as store.h. on_notice is called on a thread of the store's own: it must be quick.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "postgres/notice.h"
#include "postgres/patience.h"
#include "store/store.h"

namespace perspective::postgres {

class PostgresStore {
 public:
  struct Setting {
    std::string url;                                 // postgresql://..., without a password
    std::string authority_sha256;                    // of the collectors that share the database
    OnNotice on_notice = {};                         // of this and every other collector; nothing: nobody listens
    std::chrono::milliseconds patience = kPatience;  // what each of the server's answers is waited for
  };
  static Result<std::unique_ptr<store::Store>> open(const Setting& setting);

  // Into a database without a row of ours, what is in a copy (store/copy_file.h): all of it or nothing. Conflict where
  // there is anything.
  static Result<void> restore(const Setting& setting, const std::filesystem::path& copy);
};

}  // namespace perspective::postgres
