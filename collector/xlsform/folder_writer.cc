#include "xlsform/folder_writer.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "survey/condition.h"
#include "survey/picture.h"
#include "survey/recording.h"
#include "xlsform/words.h"

namespace perspective::xlsform {
namespace {

std::string json_of(std::string_view text) {
  return boost::json::serialize(boost::json::value(boost::json::string_view(text.data(), text.size())));
}

std::string list_of(const std::vector<std::string>& texts) {
  std::string list;
  for (const auto& text : texts) list += (list.empty() ? "" : ", ") + json_of(text);
  return "[" + list + "]";
}

// Members one a line.
std::string lines_of(const std::vector<std::string>& members, const std::string& indent) {
  std::string all;
  for (const auto& member : members) all += (all.empty() ? "\n" : ",\n") + indent + "  " + member;
  return all + (all.empty() ? "" : "\n" + indent);
}

std::string without(const std::string& name, std::string_view beginning) {
  return name.starts_with(beginning) && name.size() > beginning.size() ? name.substr(beginning.size()) : name;
}

struct Placed {
  std::string key;
  std::string when;  // empty: always
  Texts words;
};

class FolderWriter {
 public:
  FolderWriter(const Form& form, const std::map<std::string, Bytes>& media, Lines& lines)
      : form_(form), media_(media), lines_(lines) {}

  authoring::Folder all() {
    for (const auto& language : form_.languages) texts_[language].push_back(member("status", "draft"));
    add_texts("title", form_.titles);
    for (const Question& question : form_.questions) renames_[question.name] = renamed_question(question);
    notes_.resize(form_.questions.size());
    for (const Note& note : form_.notes) place(note);
    std::vector<std::string> items;
    for (std::size_t i = 0; i < form_.questions.size(); ++i) items.push_back(item(form_.questions[i], notes_[i]));
    folder_.definition = definition(items);
    tell_of_values();
    for (const auto& [language, members] : texts_) folder_.texts[language] = "{" + lines_of(members, "") + "}\n";
    for (const auto& [language, title] : form_.titles) {
      folder_.section[language] =
          "{" + lines_of({member("status", "draft"), member("section.heading", title)}, "") + "}\n";
    }
    return std::move(folder_);
  }

 private:
  static std::string member(const std::string& key, const std::string& text) {
    // Where an answer was to be written into the text: the check refuses it, as no kiosk can.
    return json_of(key) + ": " + json_of(text.find("${") == std::string::npos ? message_of(text) : text);
  }

  void add_texts(const std::string& key, const Texts& texts) {
    for (const auto& [language, text] : texts) {
      const auto found = texts_.find(language);
      if (found != texts_.end()) found->second.push_back(member(key, text));
    }
  }

  void tell_of_text(const std::string& sheet, std::size_t row, const Texts& texts, const std::string& column) {
    const auto has = [&](std::string_view piece) {
      return std::ranges::any_of(texts, [&](const auto& one) { return one.second.find(piece) != std::string::npos; });
    };
    if (has("${")) {
      add(lines_, {Weight::lost,
                   sheet,
                   {row},
                   column,
                   "writes an answer into the words, which no kiosk does",
                   "say it without; until then the check refuses the text"});
    }
    if (has("**") || has("</") || has("<br")) {
      add(lines_, {Weight::changed,
                   sheet,
                   {row},
                   column,
                   "has marks of layout, which a kiosk shows as they are",
                   "take the stars and tags out of texts/"});
    }
  }

  static Renamed renamed_question(const Question& question) {
    Renamed renamed{.variable = question.variable};
    renamed.is_choice = question.asks != Asks::words;
    renamed.is_multiple = question.asks == Asks::several;
    for (const Choice& choice : question.choices) renamed.options.emplace_back(choice.name, choice.id);
    return renamed;
  }

  // In the questionnaire's own names; what no kiosk can follow is told of, and stays.
  std::string condition(std::size_t row, const std::vector<std::string>& written) {
    std::vector<std::string> all;
    for (const auto& one : written) {
      all.push_back(renamed(one, renames_));
      const auto parsed = survey::Condition::parse(all.back());
      if (!parsed) {
        add(lines_, {Weight::lost,
                     "survey",
                     {row},
                     "relevant",
                     "cannot be followed by a kiosk: " + parsed.error().what,
                     "rewrite it in definition.json, where it stands as it was; until then the check refuses it"});
        continue;
      }
      for (const auto& name : variables_of(one)) {
        if (renames_.contains(name)) continue;
        add(lines_, {Weight::lost,
                     "survey",
                     {row},
                     "relevant",
                     "names ${" + name + "}, which no question has",
                     "rewrite it in definition.json, where it stands as it was; until then the check refuses it"});
      }
    }
    return all_of(all);
  }

  // Is the question in all the groups that the note is in?
  bool is_with(const Note& note, std::size_t at) const {
    return std::ranges::all_of(note.groups, [&](std::size_t group) {
      const auto& groups = form_.questions[at].groups;
      return std::ranges::find(groups, group) != groups.end();
    });
  }

  // The one above where the note speaks of it or is the last of its group or form, else the next one.
  std::size_t question_beside(const Note& note) const {
    const bool is_last = note.before == form_.questions.size();
    if (note.before == 0) return 0;
    const std::size_t above = note.before - 1;
    const bool speaks_of_it = variables_of(note.own).contains(form_.questions[above].name);
    if (is_last || (is_with(note, above) && (speaks_of_it || !is_with(note, note.before)))) return above;
    return note.before;
  }

  // Beside a question; before the first one it is a page of the welcome.
  void place(const Note& note) {
    tell_of_text("survey", note.row, note.labels, "label");
    if (note.before == 0 && note.conditions.empty() && note.groups.empty()) {
      const std::string key = "welcome." + id_from(without(note.name, "welcome_"), welcome_ids_);
      welcome_.push_back(key);
      return add_texts(key, note.labels);
    }
    const std::size_t at = question_beside(note);
    const Question& beside = form_.questions[at];
    const auto is_of_question = [&](const std::string& one) {
      return std::ranges::find(beside.conditions, one) != beside.conditions.end();
    };
    std::vector<std::string> when = note.conditions;
    std::erase_if(when, is_of_question);
    const bool is_shown_less = !std::ranges::all_of(beside.conditions, [&](const std::string& one) {
      return std::ranges::find(note.conditions, one) != note.conditions.end();
    });
    const bool is_moved_up = at < note.before && !variables_of(note.own).contains(beside.name);
    if (is_shown_less || is_moved_up) {
      add(lines_, {Weight::changed,
                   "survey",
                   {note.row},
                   "type",
                   "the note stands on the screen of \"" + beside.name + "\", and is shown when that is asked",
                   "move it in definition.json if it belongs elsewhere"});
    }
    const std::string key = "note." + id_from(without(note.name, "note_"), note_ids_);
    notes_[at].push_back({key, when.empty() ? std::string() : condition(note.row, when), note.labels});
  }

  std::string picture(const Choice& choice) {
    const std::size_t dot = choice.image.rfind('.');
    std::string name = questionnaire_id_from(choice.image.substr(0, dot));
    const auto file = media_.find(choice.image);
    const auto tell = [&](Weight weight, std::string what, std::string remedy) {
      add(lines_, {weight, "choices", {choice.row}, "media::image", std::move(what), std::move(remedy)});
    };
    if (dot == std::string::npos || small(choice.image.substr(dot)) != ".svg") {
      tell(Weight::lost, "\"" + choice.image + "\" is no SVG drawing, and a kiosk draws no other",
           "draw one as assets/README.md says, and name it in \"picture\"");
      return {};
    }
    if (file == media_.end()) {
      tell(Weight::changed, "\"" + choice.image + "\" is not in the folder beside the form",
           "put it into pictures/ as " + name + ".svg");
      return name;
    }
    std::string svg(as_text(file->second));
    if (const auto fault = survey::fault_of_picture(svg)) {
      tell(Weight::lost, "\"" + choice.image + "\" is no picture that a kiosk draws: it " + fault->what,
           "draw one as assets/README.md says, and name it in \"picture\"");
      return {};
    }
    folder_.pictures[name] = std::move(svg);
    return name;
  }

  void recordings(const std::string& sheet, std::size_t row, const Texts& files, const Texts& words) {
    for (const auto& [language, name] : files) {
      const auto file = media_.find(name);
      const auto said = words.find(language);
      bool is_it = false;
      if (file != media_.end() && said != words.end()) {
        const auto recording = survey::read_recording(file->second);
        is_it = recording && recording->language == language && recording->words == said->second;
      }
      if (is_it) {
        folder_.recordings[language + "/" + name.substr(0, name.rfind('.'))] = file->second;
        continue;
      }
      add(lines_, {Weight::lost,
                   sheet,
                   {row},
                   "audio",
                   "\"" + name + "\" is no recording that says of itself which words it speaks",
                   "opusenc --bitrate 24 --comment LANGUAGE=" + language +
                       " --comment DESCRIPTION=\"the words\" FILE.wav recordings/" + language + "/NAME.opus"});
    }
  }

  std::string option(const Question& question, const Choice& choice) {
    std::string json = "{ \"id\": " + json_of(choice.id);
    if (!choice.image.empty()) {
      if (const std::string name = picture(choice); !name.empty()) json += ", \"picture\": " + json_of(name);
    }
    if (choice.is_outside) json += ", \"base\": \"outside\"";
    if (choice.value) {
      const bool is_scale = question.asks == Asks::scale;
      if (is_scale) json += ", \"value\": " + std::to_string(*choice.value);
      is_valued_[choice.row] |= is_scale;
    }
    if (question.exclusive.contains(choice.name)) json += ", \"exclusive\": true";
    if (choice.labels.empty()) {
      add(lines_, {Weight::lost, "choices", {choice.row}, "label", "is empty in every language", "write it in texts/"});
    }
    add_texts("item." + question.variable + "." + choice.id, choice.labels);
    tell_of_text("choices", choice.row, choice.labels, "label");
    recordings("choices", choice.row, choice.audio, choice.labels);
    return json + " }";
  }

  // One list may be asked as a scale and as plain choices.
  void tell_of_values() {
    for (const auto& [row, is_kept] : is_valued_) {
      if (is_kept) continue;
      add(lines_, {Weight::lost,
                   "choices",
                   {row},
                   "perspective_value",
                   "says what an option is worth, which only the options of a scale are asked",
                   "give the question the appearance likert, or take the value out"});
    }
  }

  std::string item(const Question& question, const std::vector<Placed>& notes) {
    static constexpr std::array<std::string_view, 4> kTypes{"single_choice", "scale", "multiple_choice", "text"};
    const std::string key = "item." + question.variable;
    add_texts(key, question.labels);
    add_texts(key + ".help", question.hints);
    tell_of_text("survey", question.row, question.labels, "label");
    tell_of_text("survey", question.row, question.hints, "hint");
    recordings("survey", question.row, question.audio, question.labels);
    std::vector<std::string> members{"\"type\": " + json_of(kTypes[static_cast<std::size_t>(question.asks)]),
                                     "\"variable\": " + json_of(question.variable)};
    if (question.asks == Asks::words) {
      members.push_back("\"max_bytes\": " + std::to_string(question.max_bytes));
    } else {
      std::vector<std::string> options;
      for (const Choice& choice : question.choices) options.push_back(option(question, choice));
      members.push_back("\"options\": [" + lines_of(options, "      ") + "]");
    }
    if (!question.conditions.empty()) {
      members.push_back("\"relevant\": " + json_of(condition(question.row, question.conditions)));
    }
    std::vector<std::string> shown;
    for (const Placed& note : notes) {
      shown.push_back("{ \"text\": " + json_of(note.key) +
                      (note.when.empty() ? "" : ", \"when\": " + json_of(note.when)) + " }");
      add_texts(note.key, note.words);
    }
    if (!shown.empty()) members.push_back("\"notes\": [" + lines_of(shown, "      ") + "]");
    return "{" + lines_of(members, "    ") + "}";
  }

  std::string definition(const std::vector<std::string>& items) const {
    return "{" +
           lines_of({"\"format\": 1", "\"id\": " + json_of(form_.id), "\"version\": " + std::to_string(form_.version),
                     "\"languages\": " + list_of(form_.languages), "\"welcome\": " + list_of(welcome_),
                     "\"items\": [" + lines_of(items, "  ") + "]", "\"helplines\": []", "\"talk\": []",
                     "\"findings\": []", "\"section\": []"},
                    "") +
           "}\n";
  }

  const Form& form_;
  const std::map<std::string, Bytes>& media_;
  Lines& lines_;
  authoring::Folder folder_;
  Renames renames_;
  std::map<std::string, std::vector<std::string>> texts_;
  std::vector<std::vector<Placed>> notes_;
  std::vector<std::string> welcome_;
  std::set<std::string> welcome_ids_;
  std::set<std::string> note_ids_;
  std::map<std::size_t, bool> is_valued_;  // rows of choices with a value: was it written?
};

}  // namespace

authoring::Folder folder_of(const Form& form, const std::map<std::string, Bytes>& media, Lines& lines) {
  return FolderWriter(form, media, lines).all();
}

}  // namespace perspective::xlsform
