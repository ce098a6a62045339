// The list of an inspection's private keys' copies, as a file, and who could still open answers by it.
//
// Promise:   destroying is only as true as this list: a copy is on it before it exists, and is struck off only by
//            whoever says that it is destroyed. A list that went along with a copy speaks of its own folder, and is put
//            into words before it is anybody else's. Lists of format 1 (before there were shares) are read as ever.
// Errors:    corrupt when the text is no such list.
// Threads:   pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace perspective::keys {

enum class Half { inspection, recovery };

// In the folder of an inspection, beside its list.
constexpr std::string_view kInspectionFile = "inspection.key";
constexpr std::string_view kRecoveryFile = "recovery.key";

// A place where a private key can be found, or a share of one. Destroying an inspection's keys goes through this list.
struct RegisteredCopy {
  struct Share {  // shares.h
    std::string set;
    int number = 0;
    int needed = 0;  // so many of the set open the key
    bool operator==(const Share&) const = default;
  };
  Half half = Half::inspection;
  // "inspection.key", beside this list and nowhere else; or in words, "safe of the Leeds office".
  std::string place;
  std::string since;           // day, "2026-11-22"
  std::string destroyed = {};  // day; empty: it is there
  std::optional<Share> share = {};
  // Day until which its passphrase was that of the key beside the list; empty: it is.
  std::string passphrase_until = {};
  bool operator==(const RegisteredCopy&) const = default;
};

struct Register {
  std::vector<RegisteredCopy> copies;
  std::string rehearsed = {};  // day on which the recovery key last opened something; empty: never
  // Of a list that went along with a copy of its keys: on which machine that was made, and on which day. Else empty.
  std::string copied_at = {};
  std::string copied_on = {};
};

bool lies_beside_its_list(const RegisteredCopy& copy);

// The same list for another folder: what lay beside it lies where the copy was made, and there copies may have been
// made since that it knows nothing of. Nothing of it lies here yet.
Register as_of_elsewhere(Register list);
// This file lies beside the list from now on. Again: no change.
void list_beside(Register& list, Half half, std::string_view day);

// What another list knows of the same keys, too. A copy that both have is there once, with what either knows became of
// it; of "whatever its own list has that is newer" the later day stays, which has less to it.
void put_together(Register& list, const Register& other);

// The key beside the list gets another passphrase: copies that are elsewhere keep the one of before. A share has one of
// its own.
void note_earlier_passphrase(Register& list, Half half, std::string_view day);

std::string to_json(const Register& list);
Result<Register> register_from_json(std::string_view json);

// Everyone who could still open the answers, with the passphrase that belongs to it.
struct StillReadable {
  struct Holders {
    int needed = 0;
    std::vector<std::string> places;  // of the shares that are there; at least `needed`
  };
  std::vector<std::string> places;  // of whole keys
  std::vector<Holders> holders;     // of each set of shares that is still enough
  bool by_nobody() const { return places.empty() && holders.empty(); }
};
StillReadable still_readable(const Register& list);

}  // namespace perspective::keys
