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
#include "envelope/envelope.h"

namespace perspective::keys {

struct PemPair {
  std::string key_pem;
  std::string certificate_pem;
};

// What `perspective-collector init` makes (protocol/enrolment.h, protocol/receipt.h) and hands over to be kept.
struct Identity {
  PemPair authority;
  PemPair server;
  PemPair package;
  std::string receipt_key_pem;
};

struct Certificates {  // PEM
  std::string inspection;
  std::string recovery;
};

enum class Half { inspection, recovery };

// A place where a private key can be found. Destroying an inspection's keys goes through this list.
struct RegisteredCopy {
  Half half = Half::inspection;
  std::string place;  // "inspection.key", beside the list
  std::string since;  // day, "2026-11-22"
};

constexpr std::size_t kMinPassphraseCharacters = 12;

// May these two be the passphrases of one inspection? refused, saying why not.
Result<void> check_passphrases(std::string_view inspection, std::string_view recovery);

class KeyCabinet {
 public:
  static Result<KeyCabinet> open(std::filesystem::path directory);  // made where it is missing

  bool has_identity() const;
  Result<void> keep_identity(const Identity& identity);  // conflict when there is one
  Result<Identity> identity() const;

  // Ids are of a-z, 0-9 and hyphen. now_s: seconds since 1970, UTC.
  Result<Certificates> make_inspection(std::string_view id, std::string_view passphrase,
                                       std::string_view recovery_passphrase, std::int64_t now_s);
  Result<Certificates> certificates(std::string_view id) const;
  Result<envelope::OpeningKey> unlock(std::string_view id, Half half, std::string_view passphrase) const;
  Result<std::vector<RegisteredCopy>> copies(std::string_view id) const;

 private:
  explicit KeyCabinet(std::filesystem::path directory) : directory_(std::move(directory)) {}
  Result<std::filesystem::path> folder_of(std::string_view id) const;
  Result<void> write_keys(const std::filesystem::path& folder, std::string_view passphrase,
                          std::string_view recovery_passphrase, std::int64_t now_s) const;
  Result<void> try_keys(std::string_view id, std::string_view passphrase, std::string_view recovery_passphrase) const;

  std::filesystem::path directory_;
};

}  // namespace perspective::keys
