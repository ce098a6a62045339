#include "xlsform/unsaid.h"

#include <algorithm>
#include <array>

#include "authoring/catalogue_file.h"

namespace perspective::xlsform {
namespace {

struct Sort {
  std::string_view begins;
  std::string_view ends;
  std::string_view what;
};
// In order: the first that fits.
constexpr std::array<Sort, 10> kSorts{{{"", ".spoken", "how a text is said (.spoken)"},
                                       {"", ".service", "what a service's own machine says (.service)"},
                                       {"", ".paper", "what a form on paper says (.paper)"},
                                       {"word.", "", "hard words and what they mean (word.)"},
                                       {"picture.", "", "what a picture shows (picture.)"},
                                       {"talk.", "", "whom to talk to (talk.)"},
                                       {"helpline.", "", "names of numbers to call (helpline.)"},
                                       {"kiosk.", "", "words of the kiosk's own (kiosk.)"},
                                       {"item.", "", "words of the practice question (item.)"},
                                       {"", "", "other texts"}}};

class Unsaid {
 public:
  Unsaid(const survey::Questionnaire& questionnaire, const authoring::Folder& folder, const std::set<std::string>& said)
      : questionnaire_(questionnaire), folder_(folder), said_(said) {}

  Lines all() {
    frame();
    for (std::size_t i = 0; i < questionnaire_.items.size(); ++i) item(i, questionnaire_.items[i]);
    for (const auto& language : questionnaire_.languages) texts(language);
    sections();
    return std::move(lines_);
  }

 private:
  void tell(Weight weight, std::string pointer, std::string what, std::string remedy) {
    add(lines_, {weight, "definition.json", {}, std::move(pointer), std::move(what), std::move(remedy)});
  }

  void frame() {
    const std::string keep = "keep the folder: an import of the form does not bring it back";
    if (questionnaire_.practice) tell(Weight::lost, "/practice", "a form has no question that is not kept", keep);
    if (questionnaire_.consent) tell(Weight::lost, "/consent", "a form does not say who may be quoted", keep);
    if (!questionnaire_.helplines.empty()) tell(Weight::lost, "/helplines", "a form has no numbers to call", keep);
    if (!questionnaire_.talk.empty()) tell(Weight::lost, "/talk", "a form has no screen of whom to talk to", keep);
    if (!questionnaire_.findings.empty()) {
      tell(Weight::lost, "/findings", "a form does not say what is counted", keep);
    }
    if (!questionnaire_.section.empty()) {
      tell(Weight::lost, "/section", "a form does not say how the report is written", keep);
    }
    if (!questionnaire_.long_sentences.empty()) {
      tell(Weight::lost, "/long_sentences", "a form does not say which sentences may be long", keep);
    }
    if (questionnaire_.is_pooled_only) {
      tell(Weight::lost, "/pooled_only", "a form does not say what a programme prints of it", keep);
    }
    if (std::ranges::any_of(questionnaire_.items, [](const auto& item) { return !item.theme.empty(); })) {
      tell(Weight::lost, "/items", "a form has no themes of a programme", keep);
    }
  }

  void item(std::size_t at, const survey::Item& item) {
    const std::string pointer = "/items/" + std::to_string(at);
    if (!item.words.empty()) {
      std::string words;
      for (const auto& word : item.words) words += (words.empty() ? "" : ", ") + word;
      tell(Weight::lost, pointer + "/words", "a form has no \"What does this mean?\": " + words,
           "nothing, or write it into hint");
    }
    if (const auto* const text = std::get_if<survey::FreeText>(&item.kind)) {
      tell(Weight::note, pointer + "/max_bytes",
           "whoever fills the form in may write more than " + std::to_string(text->max_bytes) + " bytes",
           "nothing needs to be done");
    }
    const auto& options = survey::options_of(item);
    if (std::ranges::any_of(options, [](const auto& one) { return !one.in_base; })) {
      tell(Weight::note, pointer + "/options",
           "which options are outside the base stands in the column perspective_base, which only an import here reads",
           "leave the column in the form");
    }
    if (std::ranges::any_of(options, [](const auto& one) { return one.value.has_value(); })) {
      tell(Weight::note, pointer + "/options",
           "what the options are worth stands in the column perspective_value, which only an import here reads",
           "leave the column in the form");
    }
  }

  void texts(const std::string& language) {
    const std::string file = "texts/" + language + ".json";
    const auto found = folder_.texts.find(language);
    if (found == folder_.texts.end()) {
      return add(lines_,
                 {Weight::lost, file, {}, {}, "is not there: the form has nothing in this language", "write it"});
    }
    authoring::Remarks ignored;
    const authoring::CatalogueFile catalogue("texts", language, found->second, ignored);
    std::array<std::size_t, kSorts.size()> counts{};
    for (const auto& [key, message] : catalogue.messages) {
      if (key == "status") continue;
      if (said_.contains(key)) {
        helpline(file, key, message);
        continue;
      }
      const auto* const sort = std::ranges::find_if(
          kSorts, [&](const Sort& one) { return key.starts_with(one.begins) && key.ends_with(one.ends); });
      ++counts[static_cast<std::size_t>(sort - kSorts.begin())];
    }
    for (std::size_t i = 0; i < kSorts.size(); ++i) {
      if (counts[i] == 0) continue;
      add(lines_, {Weight::lost,
                   file,
                   {},
                   {},
                   std::to_string(counts[i]) + (counts[i] == 1 ? " text: " : " texts: ") + std::string(kSorts[i].what),
                   "keep the folder: an import of the form does not bring them back"});
    }
  }

  void helpline(const std::string& file, const std::string& key, const std::string& message) {
    if (message.find("{helpline}") == std::string::npos) return;
    add(lines_, {Weight::changed,
                 file,
                 {},
                 "/" + key,
                 "has the first helpline written out in place of {helpline}",
                 "change both when the number changes"});
  }

  void sections() {
    for (const auto& [language, text] : folder_.section) {
      add(lines_, {Weight::lost,
                   "section/" + language + ".json",
                   {},
                   {},
                   "a form does not say how the report is written",
                   "keep the folder: an import of the form does not bring it back"});
    }
  }

  const survey::Questionnaire& questionnaire_;
  const authoring::Folder& folder_;
  const std::set<std::string>& said_;
  Lines lines_;
};

}  // namespace

Lines unsaid(const survey::Questionnaire& questionnaire, const authoring::Folder& folder,
             const std::set<std::string>& said) {
  return Unsaid(questionnaire, folder, said).all();
}

}  // namespace perspective::xlsform
