#include "authoring/texts_check.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "text/sentences.h"

namespace perspective::authoring {
namespace {

constexpr std::string_view kSpoken = ".spoken";
constexpr auto* kOnPaper = ".paper";              // is never said
constexpr std::size_t kFiguresReadAsANumber = 2;  // "19" is said as it is meant, "999" and "0800" are not

// A key of the kiosk's own goes before the kiosk's; what it may name and how it is said is the kiosk's business.
bool is_of_the_kiosk(const std::string& key) { return key.starts_with("kiosk."); }
bool is_twin(const std::string& key) { return key.ends_with(kSpoken); }
std::string base_of(const std::string& twin) { return twin.substr(0, twin.size() - kSpoken.size()); }
std::string twin_of(const std::string& key) { return key + std::string(kSpoken); }

std::set<std::string> known_keys(const survey::Questionnaire& questionnaire) {
  std::set<std::string> keys;
  for (const auto& need : text_needs(questionnaire)) keys.insert(need.key);
  for (const auto& key : questionnaire.welcome) keys.insert(key + ".service");
  for (const auto& need : text_needs(questionnaire)) keys.insert(need.key + kOnPaper);
  if (questionnaire.practice) keys.insert("item." + questionnaire.practice->variable + ".help");
  for (const auto& item : questionnaire.items) keys.insert("item." + item.variable + ".help");
  return keys;
}

std::set<std::string> argument_set(const CatalogueFile& texts, const std::string& key) {
  const auto names = texts.catalogue->argument_names(key);
  return {names.begin(), names.end()};
}

std::size_t lines_of(const std::string& text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1; }

class Texts {
 public:
  Texts(const survey::Questionnaire& questionnaire, bool is_definition_whole,
        const std::vector<CatalogueFile>& languages)
      : questionnaire_(questionnaire),
        is_definition_whole_(is_definition_whole),
        languages_(languages),
        known_(known_keys(questionnaire)) {}

  void all() {
    const auto needs = text_needs(questionnaire_);
    for (const auto& texts : languages_) {
      if (!texts.is_readable()) continue;
      texts.say_of_missing(needs);
      status(texts);
      for (const auto& [key, message] : texts.messages) one(texts, key, message);
    }
  }

 private:
  void status(const CatalogueFile& texts) const {
    const auto found = texts.messages.find("status");
    if (found == texts.messages.end() || found->second == "draft" || found->second == "checked") return;
    texts.file.say_of_key(
        Severity::error, "status", "is \"" + found->second + "\"",
        "write \"checked\" where somebody who speaks the language has read all of it, else \"draft\"");
  }

  void one(const CatalogueFile& texts, const std::string& key, const std::string& message) const {
    if (key == "status" || is_of_the_kiosk(key) || !texts.catalogue->has(key)) return;
    const std::string base = is_twin(key) ? base_of(key) : key;
    if (!known_.contains(base)) {
      if (!is_definition_whole_) return;
      return texts.file.say_of_key(Severity::warning, key, "is asked for by nothing in definition.json",
                                   "take it out, or check the spelling of both");
    }
    if (message.find_first_not_of(" \n\t") == std::string::npos) {
      return texts.file.say_of_key(Severity::error, key,
                                   "is empty: a blank on the screen, and a silence to who listens",
                                   "write what is to be shown and said");
    }
    arguments(texts, key);
    if (is_twin(key)) {
      twin(texts, key, base);
    } else {
      other_languages(texts, key);
      spoken(texts, key);
    }
  }

  void arguments(const CatalogueFile& texts, const std::string& key) const {
    for (const auto& name : argument_set(texts, key)) {
      if (name != "helpline") {
        texts.file.say_of_key(Severity::error, key, "names {" + name + "}, which no text of a kiosk has",
                              "{helpline} is the only one; write a brace as '{'");
      } else if (questionnaire_.helplines.empty()) {
        texts.file.say_of_key(Severity::error, key, "names {helpline}, but the definition has no helplines",
                              "add one to \"helplines\", or take {helpline} out");
      }
    }
  }

  // What one language names the others must too: else who reads those is not told whom to call.
  void other_languages(const CatalogueFile& texts, const std::string& key) const {
    const CatalogueFile* first = nullptr;
    for (const auto& other : languages_) {
      if (first == nullptr && other.is_readable() && other.catalogue->has(key)) first = &other;
    }
    if (first == nullptr || first == &texts) return;
    const auto theirs = argument_set(*first, key);
    const auto ours = argument_set(texts, key);
    for (const auto& name : theirs) {
      if (!ours.contains(name))
        differs(texts, key, "does not name {" + name + "}, but " + first->file.name() + " does");
    }
    for (const auto& name : ours) {
      if (!theirs.contains(name)) differs(texts, key, "names {" + name + "}, but " + first->file.name() + " does not");
    }
  }

  static void differs(const CatalogueFile& texts, const std::string& key, std::string what) {
    texts.file.say_of_key(Severity::error, key, std::move(what), "let both say the same");
  }

  void spoken(const CatalogueFile& texts, const std::string& key) const {
    const std::string twin = twin_of(key);
    if (texts.is_there(twin) || key.ends_with(kOnPaper)) return;
    const std::string sign = said_otherwise(plain(texts, key));
    if (!sign.empty()) {
      return texts.file.say_of_key(Severity::error, key,
                                   "has no spoken form, and a voice does not say \"" + sign + "\" as it is meant",
                                   "add \"" + twin + "\" with what is to be said");
    }
    for (const auto& other : languages_) {
      if (!other.is_there(twin)) continue;
      return texts.file.say_of_key(Severity::error, key, "has no spoken form, but " + other.file.name() + " has one",
                                   "add \"" + twin + "\", if need be with the same words");
    }
  }

  void twin(const CatalogueFile& texts, const std::string& key, const std::string& base) const {
    const std::string sign = said_otherwise(plain(texts, key));
    if (!sign.empty()) {
      texts.file.say_of_key(Severity::error, key,
                            "is what a voice says, and it does not say \"" + sign + "\" as it is meant",
                            "write it as it is said: \"Y O S\", \"9 9 9\", \"per cent\"");
    }
    if (!texts.catalogue->has(base)) return;
    const std::size_t lines = lines_of(texts.messages.at(base));
    if (lines_of(texts.messages.at(key)) == lines) return;
    texts.file.say_of_key(Severity::warning, key, "has not as many lines as \"" + base + "\"",
                          "end lines at the same places: else all of it is said with the first line");
  }

  // Without the helpline: its number is said figure by figure wherever it stands.
  static std::string plain(const CatalogueFile& texts, const std::string& key) {
    const auto text = texts.catalogue->format(key, {{"helpline", std::string()}});
    return text ? *text : std::string();
  }

  const survey::Questionnaire& questionnaire_;
  const bool is_definition_whole_;
  const std::vector<CatalogueFile>& languages_;
  const std::set<std::string> known_;
};

}  // namespace

void check_texts(const survey::Questionnaire& questionnaire, bool is_definition_whole,
                 const std::vector<CatalogueFile>& texts) {
  Texts(questionnaire, is_definition_whole, texts).all();
}

std::string shown(const survey::Questionnaire& questionnaire, const CatalogueFile& texts, const std::string& key) {
  std::string helpline;
  if (!questionnaire.helplines.empty()) {
    const auto& first = questionnaire.helplines.front();
    // The kiosk puts a word between name and number, and breaks no line within the number: it is one word.
    helpline = texts.catalogue->format(first.text).value_or(first.text) + " on ";
    for (const char c : first.number) helpline += c == ' ' ? std::string("\u00a0") : std::string(1, c);
  }
  const auto text = texts.catalogue->format(key, {{"helpline", helpline}});
  return text ? *text : std::string();
}

std::string said_otherwise(const std::string& text) {
  constexpr std::string_view kSigns = "%&/+=@#*<>_|~^\\$";
  for (const auto& word : text::words_of(text)) {
    std::size_t capitals = 0;
    std::size_t figures = 0;
    bool has_small_letter = false;
    for (const char c : word) {
      const auto byte = static_cast<unsigned char>(c);
      capitals += std::isupper(byte) != 0 ? 1 : 0;
      figures = std::isdigit(byte) != 0 ? figures + 1 : 0;
      if (figures > kFiguresReadAsANumber) return word;
      has_small_letter = has_small_letter || std::islower(byte) != 0 || byte >= 0x80;
    }
    if (capitals > 1 && !has_small_letter) return word;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80 && kSigns.find(text[i]) != std::string_view::npos) return std::string(1, text[i]);
    for (const std::string_view money : {"\xC2\xA3", "\xE2\x82\xAC"}) {
      if (std::string_view(text).substr(i).starts_with(money)) return std::string(money);
    }
  }
  return {};
}

}  // namespace perspective::authoring
