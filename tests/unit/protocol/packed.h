// A package that every check takes, to break one thing at a time.
#pragma once

#include <string>

#include "envelope/key_pair.h"
#include "protocol/enrolment.h"
#include "protocol/limits.h"
#include "protocol/package.h"

namespace perspective::protocol {

constexpr std::int64_t kNow = 1'700'000'000;

inline const std::string kDefinition = R"({"format":1,"id":"readers","version":1,"languages":["en"],
  "welcome":["welcome.1"],
  "items":[{"type":"single_choice","variable":"found_book","options":[{"id":"yes"},{"id":"no"}]}],
  "findings":[],"section":[]})";

inline Package sample_package() {
  Package package;
  package.inspection = "croydon-2012";
  package.area = "Croydon";
  package.languages = {"en"};
  package.salt = Bytes(16, 7);
  package.padded_bytes = padded_size(700);
  package.envelope_bytes = *envelope::envelope_bytes(package.padded_bytes);
  package.inspection_certificate = envelope::make_key_pair("inspection", kNow)->certificate_pem;
  package.recovery_certificate = envelope::make_key_pair("recovery", kNow)->certificate_pem;
  package.receipt_key = Bytes(32, 9);
  package.questionnaires["readers"] = {kDefinition, {{"en", R"({"title":"Readers"})"}}};
  return package;
}

}  // namespace perspective::protocol
