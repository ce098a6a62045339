// export_files FOLDER: the reference case in every format and language, one export of each, so that all have the same
// cases in the same order: FOLDER/victims.en.sav, .csv, .codebook.csv, .ddi.xml, .sss, .sss.csv and so on.
#include <cstdio>
#include <fstream>

#include "exports/formats.h"
#include "support/reference_case.h"

namespace {

namespace rc = perspective::reference_case;
namespace exports = perspective::exports;
using rc::unwrapped;

void write(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

void write_all(const std::string& folder, const std::string& id, const std::string& language) {
  const auto questionnaire = rc::questionnaire(id);
  perspective::tally::Columns columns(questionnaire);
  for (const auto& submission : rc::submissions(questionnaire, rc::kResponses)) {
    if (auto appended = columns.append(submission); !appended) throw std::runtime_error(appended.error().what);
  }
  const auto words = rc::phrases(language).with(rc::catalogue_in("assets/questionnaires/" + id + "/texts", language));
  const auto data = unwrapped(exports::dataset_of(columns, words));
  const std::string stem = folder + "/" + id + "." + language;
  write(stem + ".csv", exports::csv(data));
  write(stem + ".codebook.csv", exports::codebook_csv(data));
  write(stem + ".sav", unwrapped(exports::sav(data)));
  write(stem + ".ddi.xml", unwrapped(exports::ddi(data, id + "." + language + ".csv")));
  write(stem + ".sss", unwrapped(exports::triple_s(data, id + "." + language + ".sss.csv")));
  write(stem + ".sss.csv", exports::triple_s_csv(data));
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "usage: export_files FOLDER\n");
    return 2;
  }
  for (const char* id : {"children-and-young-people", "victims"}) {
    for (const char* language : {"en", "cy"}) write_all(words[1], id, language);
  }
}
