// Words of a result: which catalogues it is written with.
//
// Errors:  not_found when there is no report in a language, saying which words are missing; invalid when a catalogue is
//          broken.
// Threads: pure, but for reading the assets.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "inspection/record.h"
#include "text/catalogue.h"

namespace perspective::inspection {

// assets/report/<language>.json
Result<text::Catalogue> report_phrases(const std::filesystem::path& assets, const std::string& language);

// The first language of the inspection in which there are phrases and every questionnaire's section.
Result<std::string> report_language(const std::filesystem::path& assets, const Record& record);

// not_found, naming the languages that there are, where the inspection has no such language.
Result<void> check_language(const Record& record, const std::string& language);

// The phrases with a questionnaire's own words over them: those of its section; for the tally also its questions.
Result<text::Catalogue> section_words(const text::Catalogue& phrases, const Record& record, std::string_view chapter);
Result<text::Catalogue> tally_words(const text::Catalogue& phrases, const Record& record, std::string_view chapter);

}  // namespace perspective::inspection
