// The store in a PostgreSQL database, which any number of collectors share.
//
// Promise:   as store.h. Committed is durable before it is said (connection.h refuses a server that would forget), and
//            what collectors do at the same time ends as if one had done it after the other (changes.h).
//            Unlike SQLite's closed file, the server's files and its log tell the order in which envelopes came, and
//            with which count of a kiosk: README.md says what follows for whoever runs it.
// Errors:    open(): as connection.h and schema.h. Later: unreachable with retry while the database does not answer;
//            each call tries to connect anew, and no longer than a few seconds.
// Ownership: owns its connections and thread; the destructor finishes what is queued and joins.
// Threads:   as store.h.
#pragma once

#include <memory>
#include <string>

#include "store/store.h"

namespace perspective::postgres {

class PostgresStore {
 public:
  struct Setting {
    std::string url;               // postgresql://..., without a password
    std::string authority_sha256;  // of the collectors that share the database
  };
  static Result<std::unique_ptr<store::Store>> open(const Setting& setting);
};

}  // namespace perspective::postgres
