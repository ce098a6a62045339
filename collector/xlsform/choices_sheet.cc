#include <algorithm>
#include <charconv>

#include "xlsform/sheets.h"
#include "xlsform/types.h"
#include "xlsform/words.h"

namespace perspective::xlsform {
namespace {

std::optional<int> whole(const std::string& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = !text.empty() && error == std::errc() && end == text.data() + text.size();
  return is_whole && std::abs(value) <= 1000000 ? std::optional(value) : std::nullopt;
}

class ChoicesSheet {
 public:
  ChoicesSheet(const Table& table, const Languages& languages, Lines& lines)
      : table_(table), languages_(languages), lines_(lines) {}

  ChoiceLists all() {
    for (const Row& row : table_.rows()) read(row);
    tell_of_columns(table_, {"list_name", "name", "label", "image", "audio", "perspective_base", "perspective_value"},
                    languages_.unnamed(), lines_);
    return std::move(lists_);
  }

 private:
  void tell(const Row& row, Weight weight, std::string column, std::string what, std::string remedy) {
    add(lines_, {weight, table_.name(), {row.number}, std::move(column), std::move(what), std::move(remedy)});
  }

  void read(const Row& row) {
    const std::string list = table_.cell(row, "list_name");
    Choice choice{.row = row.number, .name = table_.cell(row, "name"), .id = {}};
    if (list.empty() && choice.name.empty()) return tell_of_stray(row);
    if (list.empty() || choice.name.empty()) {
      return tell(row, Weight::lost, list.empty() ? "list_name" : "name", "is empty: the choice belongs nowhere",
                  "write it");
    }
    Choices& choices = lists_[list];
    if (std::ranges::find(choices, choice.name, &Choice::name) != choices.end()) {
      return tell(row, Weight::lost, "name", "\"" + choice.name + "\" is in this list already",
                  "take one of the two out; a kiosk does not filter choices");
    }
    // Keys of a question's own texts: an option of that name would share them.
    auto& taken = taken_.try_emplace(list, std::set<std::string>{"help", "spoken"}).first->second;
    choice.id = id_from(choice.name, taken);
    if (choice.id != choice.name) {
      tell(row, Weight::changed, "name", "\"" + choice.name + "\" is called \"" + choice.id + "\"",
           "nothing: conditions were changed with it");
    }
    choice.labels = languages_.texts(table_, row, "label");
    choice.audio = languages_.texts(table_, row, "audio");
    image(row, choice);
    marks(row, choice);
    choices.push_back(std::move(choice));
  }

  void tell_of_stray(const Row& row) {
    for (const Heading& heading : table_.headings()) {
      if (Table::cell(row, heading).empty()) continue;
      tell(row, Weight::lost, heading.title, "stands in a row without list_name and name", "write both");
    }
  }

  void image(const Row& row, Choice& choice) {
    const Texts images = languages_.texts(table_, row, "image");
    if (images.empty()) return;
    choice.image = images.begin()->second;
    const bool is_one = std::ranges::all_of(images, [&](const auto& one) { return one.second == choice.image; });
    if (is_one) return;
    tell(row, Weight::changed, "media::image",
         "differs by language, which no kiosk does: " + choice.image + " is taken",
         "draw one that fits every language");
  }

  void marks(const Row& row, Choice& choice) {
    const std::string base = table_.cell(row, "perspective_base");
    choice.is_outside = small(base) == "outside";
    if (!base.empty() && !choice.is_outside) {
      tell(row, Weight::lost, "perspective_base", "\"" + base + "\" is no base", "write outside, or nothing");
    }
    const std::string value = table_.cell(row, "perspective_value");
    choice.value = whole(value);
    if (!value.empty() && !choice.value) {
      tell(row, Weight::lost, "perspective_value", "\"" + value + "\" is no whole number", "write one, or nothing");
    }
  }

  const Table& table_;
  const Languages& languages_;
  Lines& lines_;
  ChoiceLists lists_;
  std::map<std::string, std::set<std::string>> taken_;
};

}  // namespace

ChoiceLists read_choices(const Table& choices, const Languages& languages, Lines& lines) {
  return ChoicesSheet(choices, languages, lines).all();
}

void read_settings(const Table& settings, const std::string& file_name, Form& form, Lines& lines) {
  const Row none;
  const Row& row = settings.rows().empty() ? none : settings.rows().front();
  const auto tell = [&](Weight weight, std::string column, std::string what, std::string remedy) {
    const auto rows = settings.rows().empty() ? std::vector<std::size_t>{} : std::vector<std::size_t>{row.number};
    add(lines, {weight, "settings", rows, std::move(column), std::move(what), std::move(remedy)});
  };
  const std::string id = settings.cell(row, "form_id");
  form.id = questionnaire_id_from(id.empty() ? file_name : id);
  if (form.id != id) {
    tell(Weight::changed, "form_id", "the questionnaire is called \"" + form.id + "\"",
         "correct \"id\" in definition.json if another name is wanted");
  }
  const std::string version = settings.cell(row, "version");
  const auto number = whole(version);
  form.version = number && *number > 0 ? *number : 1;
  if (!version.empty() && version != std::to_string(form.version)) {
    tell(Weight::changed, "version", "\"" + version + "\" is no whole number from 1; the version is 1",
         "correct \"version\" in definition.json if need be");
  }
  auto titles = settings.headings();
  std::ranges::stable_partition(titles, [](const Heading& one) { return !one.language.empty(); });
  for (const Heading& heading : titles) {
    const std::string title = Table::cell(row, heading);
    if (heading.kind != "form_title" || title.empty()) continue;
    // One that names no language is in the form's default one.
    const auto code =
        heading.language.empty() ? std::optional(form.languages.front()) : language_code(heading.language);
    if (code && std::ranges::find(form.languages, *code) != form.languages.end()) {
      form.titles.emplace(*code, title);
    } else {
      tell(Weight::lost, heading.title, "is in no language that a label has",
           "write the language as the labels do, as in form_title::English (en)");
    }
  }
  if (form.titles.empty()) {
    tell(Weight::changed, "form_title", "is missing: the title is \"" + file_name + "\"", "write one in texts/");
    form.titles.emplace(form.languages.front(), file_name);
  }
  tell_of_columns(settings, {"form_title", "form_id", "version", "default_language"}, form.languages.front(), lines);
  for (const Heading& heading : settings.headings()) {
    for (std::size_t i = 1; i < settings.rows().size(); ++i) {
      const Row& more = settings.rows()[i];
      if (Table::cell(more, heading).empty()) continue;
      add(lines, {Weight::lost,
                  "settings",
                  {more.number},
                  heading.title,
                  "stands below the first row, which alone is read",
                  "write it into the first row"});
    }
  }
}

}  // namespace perspective::xlsform
