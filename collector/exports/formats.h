// A dataset in the formats that statistics programs and archives read.
//
// Promise:   written in memory, no file of ours or of a library's. All of them have the same cases in the same order,
//            the same names, and for every code the same words; where a format cannot hold a text whole it is cut
//            between characters, and codebook_csv() has all of it.
//            CSV: RFC 4180, UTF-8, a heading of names, codes as they are.
//            SPSS system file: kinds of absence are user-missing values; labels cut at 255 bytes, of values at 120.
//            DDI-Codebook 2.5 and Triple-S 3.0 describe the CSV file that is named to them. Triple-S has no code below
//            0: there code -n is 900 + n, in the data as well (triple_s_csv).
// Errors:    io where a library gives up, with its reason.
// Threads:   any.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "exports/dataset.h"

namespace perspective::exports {

std::string csv(const Dataset& data);
std::string codebook_csv(const Dataset& data);  // variable, question, code, label, is_missing
Result<std::string> sav(const Dataset& data);
Result<std::string> ddi(const Dataset& data, std::string_view csv_name);
Result<std::string> triple_s(const Dataset& data, std::string_view csv_name);
std::string triple_s_csv(const Dataset& data);

}  // namespace perspective::exports
