#include "authoring/recording_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include "survey/recording.h"

namespace perspective::authoring {
namespace {

constexpr std::string_view kSpoken = ".spoken";

// What a kiosk says in one go: of each text a line at a time, in the words of its twin where there is one. Where the
// first helpline stands is kMark: how a kiosk says that is not known here.
constexpr char kMark = '\x01';

std::set<std::string> breaths_of(const text::Catalogue& catalogue) {
  std::set<std::string> lines;
  for (const std::string& key : catalogue.keys()) {
    if (!key.ends_with(kSpoken) && catalogue.has(key + std::string(kSpoken))) continue;
    std::istringstream text(catalogue.say(key, {{"helpline", std::string(1, kMark)}}));
    for (std::string line; std::getline(text, line);) lines.insert(line);
  }
  return lines;
}

bool is_said(const std::set<std::string>& lines, const std::string& words) {
  return std::ranges::any_of(lines, [&](const std::string& line) {
    const std::size_t mark = line.find(kMark);
    if (mark == std::string::npos) return line == words;
    return words.size() >= line.size() && words.starts_with(line.substr(0, mark)) &&
           words.ends_with(line.substr(mark + 1));
  });
}

class RecordingCheck {
 public:
  RecordingCheck(const Folder& folder, const std::vector<CatalogueFile>& texts, Remarks& remarks)
      : folder_(folder), remarks_(remarks) {
    for (const CatalogueFile& each : texts) {
      if (each.catalogue) breaths_.emplace(each.language, breaths_of(*each.catalogue));
    }
  }

  void all() {
    if (folder_.recordings.size() > survey::kMaxRecordings) {
      say("", Severity::error, fmt::format("are more than {}", survey::kMaxRecordings), "take some out");
    }
    for (const auto& [name, file] : folder_.recordings) one(name, file);
  }

 private:
  void one(const std::string& name, const Bytes& file) {
    const auto recording = survey::read_recording(file);
    if (!recording) {
      return say(name, Severity::error, recording.error().what, "make it again; assets/README.md says how");
    }
    const auto language = breaths_.find(recording->language);
    if (language == breaths_.end()) {
      return say(name, Severity::warning, "is in a language without texts: '" + recording->language + "'",
                 "check the comment LANGUAGE, or take it out");
    }
    const auto [first, is_new] = seen_.try_emplace({recording->language, recording->words}, name);
    if (!is_new) {
      return say(name, Severity::warning, "speaks the same words as recordings/" + first->second + ".opus",
                 "take one of them out");
    }
    if (is_said(language->second, recording->words)) return;
    say(name, Severity::warning, "speaks words that stand in no text of its language, so it is not heard",
        "record the line as it is now, or correct the comment DESCRIPTION");
  }

  void say(const std::string& name, Severity severity, const std::string& what, const std::string& remedy) {
    const std::string file = name.empty() ? "recordings" : "recordings/" + name + ".opus";
    remarks_.push_back({file, 1, 1, severity, "", what, remedy});
  }

  const Folder& folder_;
  Remarks& remarks_;
  std::map<std::string, std::set<std::string>> breaths_;             // by language
  std::map<std::pair<std::string, std::string>, std::string> seen_;  // language and words: name
};

}  // namespace

void check_recordings(const Folder& folder, const std::vector<CatalogueFile>& texts, Remarks& remarks) {
  RecordingCheck(folder, texts, remarks).all();
}

}  // namespace perspective::authoring
