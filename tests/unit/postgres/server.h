// The one server that these tests share, and stores in databases of their own.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "postgres/postgres_store.h"
#include "support/postgres_cluster.h"

namespace perspective::postgres {

constexpr const char* kAuthority = "5f0c";

// Of the whole program; nothing where PostgreSQL is not installed.
PostgresCluster* server();

// A test that needs the server is skipped by name where there is none, but fails where CI is set.
void need_server();

inline Result<std::unique_ptr<store::Store>> open_store(const std::string& database,
                                                        const std::string& authority = kAuthority) {
  return PostgresStore::open({.url = server()->url(database), .authority_sha256 = authority});
}

inline store::Envelope envelope_of(std::uint32_t number, std::uint8_t content = 1) {
  store::Envelope made;
  for (std::size_t i = 0; i < 4; ++i) made.id.at(i) = static_cast<std::uint8_t>(number >> (8 * i));
  made.digest.fill(content);
  made.body = Bytes(500, content);
  return made;
}

inline store::Inspection inspection_of(const std::string& id) {
  return {.head = {.id = id, .area = "Croydon", .state = "open"}, .definition = "{}", .package = {1}};
}

}  // namespace perspective::postgres
