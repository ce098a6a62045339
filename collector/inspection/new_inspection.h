// What somebody who makes an inspection says of it.
//
// Ownership: its passphrases are wiped when it goes.
// Threads:   plain values.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/secret.h"
#include "inspection/life.h"
#include "inspection/record.h"
#include "protocol/limits.h"

namespace perspective::inspection {

struct NewQuestionnaire {
  std::string definition;                      // JSON
  std::map<std::string, std::string> texts;    // language -> catalogue JSON, for the kiosk
  std::map<std::string, std::string> section;  // language -> catalogue JSON, for the report
  survey::Pictures pictures = {};              // that its options name
  std::vector<Bytes> recordings = {};          // of its words, Ogg Opus
};

struct NewInspection {
  std::string id;    // [a-z0-9-]+, at most 64 characters
  std::string area;  // as people call it: "Croydon"
  std::vector<std::string> languages;
  bool is_own_machine = true;
  std::size_t smallest_batch = protocol::kSmallestBatch;
  std::string why_no_tokens = {};  // why a visit here needs none; empty: each spends one
  bool may_ask_worker = false;
  // Each "informed", "consent", "not-needed" or "local" (protocol::GuardianPolicy), for every questionnaire, or for
  // one: "victims=not-needed". Local where nothing is said.
  std::vector<std::string> guardian_policies = {};
  std::vector<NewQuestionnaire> questionnaires;
  bool is_draft = false;  // else it is open at once
  Dates dates = {};
  int retention_months = kRetentionMonths;
  int guard_threshold = kGuardThreshold;
  SecretBytes passphrase;
  SecretBytes recovery_passphrase;
};

}  // namespace perspective::inspection
