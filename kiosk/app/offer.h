// Packages, parsed: what this kiosk can offer, and to whom its envelopes are sealed.
//
// Promise: a questionnaire without a fault can be shown, and a submission of it was sealed, for trial, to its keys. One
//          with a fault takes nothing from the others.
// Threads: plain values.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/assets.h"
#include "base/result.h"
#include "envelope/envelope.h"
#include "protocol/package.h"
#include "readiness/reason.h"
#include "screen/screen.h"
#include "staff/staff.h"
#include "survey/picture.h"
#include "visit/visit.h"

namespace perspective::app {

struct Fault {
  readiness::Reason reason{};
  std::string what;  // for a terminal
};

struct Questions {  // one questionnaire of an inspection
  visit::Setting setting;
  std::map<std::string, text::Catalogue> words;  // language -> the kiosk's words with the questionnaire's over them
  std::vector<screen::LanguageName> languages;
  survey::Pictures pictures = {};  // all that its options name
  std::optional<Fault> fault = {};
  staff::Guardian guardian = staff::Guardian::local;
};

struct Inspection {
  std::string area;
  bool is_open = true;  // fieldwork
  bool takes_withdrawals = false;
  Bytes salt;
  std::optional<protocol::TokenTerms> tokens;  // a visit spends one
  std::size_t padded_bytes = 0;
  std::size_t envelope_bytes = 0;  // of each, exactly: the collector takes no other
  std::optional<envelope::Recipient> inspection_key;
  std::optional<envelope::Recipient> recovery_key;
  std::map<std::string, Questions> questionnaires;
};

using Offer = std::map<std::string, Inspection>;

Offer read_offer(const std::vector<protocol::Package>& packages, const Assets& assets);

// A visit that asks for nothing but four words, in the languages and with the helplines of the first questionnaire of
// an inspection from which answers can be taken back; nothing: there is none.
std::optional<Questions> read_withdrawal(const Offer& offer, const Assets& assets);

// Why nothing at all can be started, if so.
readiness::Reasons reasons_of(const Offer& offer);

// What a supervisor may start, or not; titles in `language`, or in the questionnaire's own first.
std::vector<staff::Offered> offered(const Offer& offer, const std::string& language);

screen::Texts texts_of(const Questions& questions, const std::string& language);

}  // namespace perspective::app
