// What a backup says of itself: what is in it, table by table, and in words what is not.
//
// Promise:   manifest_from(to_json(x)) gives x. The sums of a table change with every bit of every row.
// Errors:    manifest_from: corrupt. sums_of: as store/copy_file.h.
// Threads:   plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/copy_file.h"

namespace perspective::backup {

// A place where a private key can be found, as keys/copies.json of the collector has it.
struct KeyCopy {
  std::string inspection;
  std::string key;  // "inspection", "recovery"
  std::string place;
  std::string since;
  bool operator==(const KeyCopy&) const = default;
};

struct TableSum {
  std::string table;
  std::int64_t rows = 0;
  std::string sha256;  // of the last row and of the sum before it, and so on: hexadecimal
  bool operator==(const TableSum&) const = default;
};

// As it stood when the backup was begun, so that the backup's own audit has it, and a later one must have it too.
struct AuditState {
  std::string head;        // signed: "7:3f2a...:91bc..." (inspection/AUDIT.md); empty: nothing was in the audit
  std::string public_key;  // of its signatures, hexadecimal; empty: a backup of before heads were kept in them
  bool operator==(const AuditState&) const = default;
};

struct Manifest {
  std::string made_on;  // a day
  std::vector<std::string> hosts;
  std::uint16_t port = 0;
  std::int64_t withdrawn = 0;  // lines that the file `withdrawn` had, at least
  std::vector<TableSum> tables;
  std::vector<KeyCopy> key_copies;
  AuditState audit = {};
  std::string about = {};  // for people: what is not in it
  bool operator==(const Manifest&) const = default;
};

std::string to_json(const Manifest& manifest);
Result<Manifest> manifest_from(std::string_view json);

// `look` sees each row.
using Look = std::function<void(const store::Table& table, const store::Row& row)>;
Result<std::vector<TableSum>> sums_of(store::CopyFile& copy, const Look& look = {});

// What is not in any backup, and where the copies of the keys are.
std::string words_about(const Manifest& manifest);

}  // namespace perspective::backup
