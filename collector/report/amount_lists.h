// How the catalogue of a report lists words: for whoever reads amounts.
//
// Errors:    invalid: the message is none of ICU's, or an entry is not as it should be.
// Threads:   pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "text/catalogue.h"

namespace perspective::report {

// As tokens have them.
std::vector<std::string> words_of(std::string_view text);

// "a, b", or empty where there is no such message.
Result<std::vector<std::string>> list_of(const text::Catalogue& phrases, const std::string& key, char separator);
// "dwy=dau; tair=tri", in the order of the message.
Result<std::vector<std::pair<std::string, std::string>>> pairs_of(const text::Catalogue& phrases,
                                                                  const std::string& key);

// words: each with what stands for it. What each may look like by report.amount.letters ("t>d,th,nh"), too.
Result<std::map<std::string, std::string>> with_changed_letters(const text::Catalogue& phrases,
                                                                const std::map<std::string, std::string>& words);

}  // namespace perspective::report
