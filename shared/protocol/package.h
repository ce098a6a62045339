// The signed package: everything a kiosk needs to serve one inspection. PROTOCOL.md, "Package".
//
// Promise:   CMS SignedData (RFC 5652) with the JSON embedded, signed by the collector's package key whose certificate
//            the authority issued (extended key usage codeSigning); verify() accepts nothing else.
// Errors:    refused when the signature, the signer or its authority is wrong, and for a newer format; corrupt when the
//            JSON is; invalid when a questionnaire or a size in it is. Which it was is in the words, which are stable
//            (tests/vectors/README.md).
// Threads:   plain values.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/limits.h"
#include "protocol/token_proof.h"
#include "survey/picture.h"

namespace perspective::protocol {

// What must be so of a parent or carer before somebody answers a questionnaire; the supervisor is asked whether it is.
// local: what the place's own policy requires, as in packages of before there was a choice.
enum class GuardianPolicy { local, informed, consent, not_needed };
std::string_view to_text(GuardianPolicy policy);  // "local"...
std::optional<GuardianPolicy> guardian_policy_from(std::string_view text);

struct PackedQuestionnaire {
  std::string definition;                    // JSON, as published
  std::map<std::string, std::string> texts;  // language -> catalogue JSON
  survey::Pictures pictures = {};            // those that its options name; none in packages of before there were any
  std::vector<Bytes> recordings = {};        // Ogg Opus, each says its own words (survey/recording.h); often none
  GuardianPolicy guardian_policy = GuardianPolicy::local;
};

struct Package {
  std::string inspection;
  int version = 1;  // never goes back on a kiosk
  std::string area;
  std::vector<std::string> languages;
  bool is_own_machine = true;  // the inspectorate's; false: the service's, and the words promise less
  bool is_fieldwork_open = true;
  bool may_ask_worker = false;                  // a respondent may have the screen ask for one
  std::size_t smallest_batch = kSmallestBatch;  // so many wait before any goes, until fieldwork ends
  std::optional<TokenTerms> tokens;             // each visit spends one; nothing: no visit is asked for any
  bool takes_withdrawals = false;               // its collector knows them (withdrawal.h)
  Bytes salt;                                   // of the envelope ids
  std::size_t padded_bytes = 0;
  std::size_t envelope_bytes = 0;
  std::string inspection_certificate;  // PEM
  std::string recovery_certificate;    // PEM
  Bytes receipt_key;                   // Ed25519, 32 bytes
  std::map<std::string, PackedQuestionnaire> questionnaires;
};

std::string to_json(const Package& package);
Result<Package> package_from_json(std::string_view json);

Result<Bytes> sign_package(const Package& package, std::string_view signer_key_pem,
                           std::string_view signer_certificate_pem);
Result<Package> verify_package(ByteView signed_package, std::string_view authority_pem);

}  // namespace perspective::protocol
