// Packages, parsed: what this kiosk can offer, and to whom its envelopes are sealed.
//
// Errors:  invalid, naming inspection and questionnaire.
// Threads: plain values.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/assets.h"
#include "base/result.h"
#include "envelope/envelope.h"
#include "protocol/package.h"
#include "screen/screen.h"
#include "staff/staff.h"
#include "visit/visit.h"

namespace perspective::app {

struct Questions {  // one questionnaire of an inspection
  visit::Setting setting;
  std::map<std::string, text::Catalogue> words;  // language -> the kiosk's words with the questionnaire's over them
  std::vector<screen::LanguageName> languages;
};

struct Inspection {
  std::string area;
  bool is_open = true;  // fieldwork
  Bytes salt;
  std::size_t padded_bytes = 0;
  envelope::Recipient inspection_key;
  envelope::Recipient recovery_key;
  std::map<std::string, Questions> questionnaires;
};

using Offer = std::map<std::string, Inspection>;

Result<Offer> read_offer(const std::vector<protocol::Package>& packages, const Assets& assets);

// What a supervisor may start; titles in `language`, or in the questionnaire's own first.
std::vector<staff::Offered> offered(const Offer& offer, const std::string& language);

screen::Texts texts_of(const Questions& questions, const std::string& language);

}  // namespace perspective::app
