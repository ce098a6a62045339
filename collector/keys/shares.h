// Shares of a recovery key: any `needed` of them open it, fewer tell nothing at all.
//
// Promise:   what is shared is the passphrase of a copy of the key that nothing else opens: 32 letters drawn at random,
//            128 bits, by Shamir's scheme over GF(2^8) as Debian's `gfsplit` has it. A share's text carries that copy
//            too, so `needed` texts are enough, without us and without the collector's folder: README.md says how,
//            with `gfcombine` and `openssl`.
// Errors:    invalid: a number out of bounds, or a text that is no share, with the place; conflict: shares that do not
//            belong together, or too few, saying how many are wanting.
// Threads:   split() one at a time (the library draws its randomness by a variable of its own); the others pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace perspective::keys {

constexpr std::size_t kMaxHolders = 20;
constexpr std::size_t kMaxHolderCharacters = 80;

struct ShareSet {
  std::string inspection;  // its id
  std::string set;         // tells shares of one splitting from those of another; 8 of [0-9a-f], drawn at random
  std::size_t needed = 0;
  std::vector<std::string> holders;  // in words; share n is the n-th one's
  std::string locked_key_pem;        // the copy, under the passphrase that is shared
};

// Draws the passphrase first: lock the copy with it, then split().
SecretBytes draw_shared_passphrase();
std::string draw_set();

// May these people hold it? 2 <= needed <= holders <= 20, each named once.
Result<void> check_holders(const std::vector<std::string>& holders, std::size_t needed);

// One text for each holder, in their order.
Result<std::vector<SecretBytes>> split(const ShareSet& set, const SecretBytes& passphrase);

struct Combined {
  ShareSet set;
  SecretBytes passphrase;
};
Result<Combined> combine(const std::vector<SecretBytes>& texts);

}  // namespace perspective::keys
