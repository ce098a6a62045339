// Every private key of the collector, in one directory of its own: never in the store, never in the store's backups.
//
// Promise:   files 0600 in directories 0700, durable once a call returned ok. An inspection's two private keys are
//            PKCS#8 encrypted under scrypt (N = 2^14, r = 8, p = 8: the most memory that stock OpenSSL reads back,
//            eight times over) with AES-256-CBC; they leave this folder as an OpeningKey only. The collector's own
//            keys lie in clear, as a service that starts by itself needs them: whoever reads them can pose as the
//            collector, and opens nothing.
//            make_inspection() reads both keys back, unlocks them and opens a trial envelope with each before it
//            returns: a passphrase that does not work is known while it is still in somebody's head.
// Errors:    refused for a wrong or unfit passphrase (with the reason, never the passphrase) and for a directory that
//            others may read; conflict where there is one already; not_found; corrupt for a file that is none of ours.
// Ownership: the directory, exclusively.
// Threads:   const calls from any; the others one at a time.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "envelope/envelope.h"
#include "keys/copies.h"
#include "keys/cost.h"

namespace perspective::keys {

struct PemPair {
  std::string key_pem;
  std::string certificate_pem;
};

// What `perspective-collector init` makes (protocol/enrolment.h, protocol/receipt.h) and hands over to be kept.
struct Identity {
  PemPair authority;
  PemPair package;
  std::string receipt_key_pem;
};

struct Certificates {  // PEM
  std::string inspection;
  std::string recovery;
};

// A file of the cabinet: "authority.key", "inspections/x/inspection.key". Text, wiped when it goes.
struct KeyFile {
  std::string name;
  SecretBytes content;
};

constexpr std::size_t kMinPassphraseCharacters = 12;

// In the folder of an inspection.
constexpr std::string_view kListFile = "copies.json";  // written last: without it an inspection's keys never were

struct ShareSet;

// May this be one, `which` ("recovery")? refused, saying why not.
Result<void> check_passphrase(std::string_view which, std::string_view passphrase);
// May these two be the passphrases of one inspection?
Result<void> check_passphrases(std::string_view inspection, std::string_view recovery);

class KeyCabinet {
 public:
  // Made where it is missing. cost: of a passphrase that is set from now on.
  static Result<KeyCabinet> open(std::filesystem::path directory, const Cost& cost = {});

  bool has_identity() const;
  Result<void> keep_identity(const Identity& identity);  // conflict when there is one
  Result<Identity> identity() const;

  // Ids are of a-z, 0-9 and hyphen. now_s: seconds since 1970, UTC.
  Result<Certificates> make_inspection(std::string_view id, std::string_view passphrase,
                                       std::string_view recovery_passphrase, std::int64_t now_s);
  // destruction.cc. Keys that were made and never used: as if they had never been. Not there: ok.
  Result<void> discard(std::string_view id);
  Result<Certificates> certificates(std::string_view id) const;
  Result<envelope::OpeningKey> unlock(std::string_view id, Half half, std::string_view passphrase) const;

  // passphrase.cc. Under another passphrase from now on, at this collector: the old one opens its file no more. The key
  // stays the same: what was sealed to it opens, and copies of before have the old passphrase, which the list says. A
  // power cut leaves it under one of the two. refused also for a new one that is the old one, or the other half's.
  Result<void> change_passphrase(std::string_view id, Half half, std::string_view old_passphrase,
                                 std::string_view new_passphrase, std::int64_t now_s);

  // recovery.cc. Shares of a new copy of the recovery key (shares.h), one text a holder, which stand nowhere else: they
  // are registered before they are made. Earlier shares stay as good as they were.
  Result<std::vector<SecretBytes>> split_recovery(std::string_view id, std::string_view recovery_passphrase,
                                                  const std::vector<std::string>& holders, std::size_t needed,
                                                  std::int64_t now_s);
  // certificate_pem: the inspection's recovery certificate, of its package. conflict where the shares are another's.
  static Result<envelope::OpeningKey> open_shares(std::string_view id, const std::vector<SecretBytes>& texts,
                                                  std::string_view certificate_pem);
  // A recovery key under a new passphrase, in place of one whose passphrase is lost or of a folder that is lost.
  Result<void> restore_recovery(std::string_view id, const std::vector<SecretBytes>& texts,
                                std::string_view certificate_pem, std::string_view new_passphrase, std::int64_t now_s);

  // destruction.cc. Copies are numbered from 1, in the order of the list.
  Result<Register> copies(std::string_view id) const;
  Result<void> register_copy(std::string_view id, RegisteredCopy copy);
  Result<void> note_rehearsal(std::string_view id, std::int64_t now_s);
  // Somebody says so. conflict for a file of this folder: destroy() does that.
  Result<void> confirm_destroyed(std::string_view id, std::size_t number, std::int64_t now_s);
  // Overwrites and removes the private keys that lie here; the list stays, and says who else could still open answers.
  // Ok where it is done already, and after a power cut.
  Result<Register> destroy(std::string_view id, std::int64_t now_s);
  Result<std::vector<std::string>> inspections() const;  // that it has keys of, whether or not both halves

  // copying.cc. Everything here, or what another collector needs to unlock one inspection (its opening key, both
  // certificates, the list): for a place that is registered before anything is handed out, in words as people know it.
  // now_s: seconds since 1970, UTC. Errors: invalid for a place without words.
  Result<std::vector<KeyFile>> copy_all(std::string_view place, std::int64_t now_s);
  Result<std::vector<KeyFile>> copy_of(std::string_view id, std::string_view place, std::int64_t now_s);
  // Keys that copy_of() gave at another collector. For these certificates and no others: refused. What is here already
  // stays as it is; the lists are put together, and say which of it lies here and which there (as_of_elsewhere).
  Result<void> take(std::string_view id, const std::vector<KeyFile>& files, const Certificates& expected,
                    std::int64_t now_s);
  // This folder was made of a copy of all (copy_all): its lists speak of the one that is lost.
  Result<void> note_restored(std::int64_t now_s);

 private:
  KeyCabinet(std::filesystem::path directory, const Cost& cost) : directory_(std::move(directory)), cost_(cost) {}
  Result<std::filesystem::path> folder_of(std::string_view id) const;
  Error missing(std::string_view id, Half half, const Error& error) const;
  Result<void> register_shares(const ShareSet& set, std::int64_t now_s);
  Result<void> put_absent_into_words(std::string_view id, Register& list) const;
  Result<void> list_restored(std::string_view id, std::int64_t now_s);
  Result<void> write_list(std::string_view id, const Register& list) const;
  Result<void> register_copies(std::string_view id, const std::vector<Half>& halves, std::string_view place,
                               std::int64_t now_s);
  Result<void> write_keys(const std::filesystem::path& folder, std::string_view passphrase,
                          std::string_view recovery_passphrase, std::int64_t now_s) const;
  Result<void> try_keys(std::string_view id, std::string_view passphrase, std::string_view recovery_passphrase) const;

  std::filesystem::path directory_;
  Cost cost_;
};

}  // namespace perspective::keys
