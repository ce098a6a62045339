// What is kept of an edited section, inside its seal; a part of section_texts.cc.
//
// Promise:   beside the text it says whose words it and the generated text hold: of which quotations, and of which
//            comments that nobody chose. So that they can be taken out when they may be read no longer: the response
//            was taken back, the quotation is printed no more or has had something taken out since.
// Errors:    corrupt, without a piece of the text.
// Threads:   pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "inspection/opened.h"

namespace perspective::inspection {

struct KeptSection {
  std::string text;
  std::vector<std::string> generated;  // then, by paragraphs
  std::string by;
  std::int64_t at_s = 0;
  std::vector<Opened::Said> held = {};
  std::vector<std::size_t> taken_out = {};  // paragraphs of the text that lost words since; the first is 0
  bool knows_whose = true;                  // false: kept by a version that did not note it
};

std::string to_json(const KeptSection& kept);
Result<KeptSection> kept_section_from(std::string_view json);

// Of all that may be said now, what the text or the generated text holds.
std::vector<Opened::Said> held_by(const KeptSection& kept, const std::vector<Opened::Said>& now);
// Takes out what may be read no longer. True: it is another by that, and to be kept anew.
bool take_out_what_went(KeptSection& kept, const std::vector<Opened::Said>& now);

}  // namespace perspective::inspection
