#include <algorithm>

#include "xlsform/sheets.h"
#include "xlsform/types.h"
#include "xlsform/words.h"

namespace perspective::xlsform {
namespace {

// More than these are no row of buttons.
constexpr long kMostNumbers = 21;
// What a definition may have, and what all its options' words may have together: one long list may be asked often.
constexpr std::size_t kMostChoices = 64;
constexpr std::size_t kMostQuestions = 1000;
constexpr std::size_t kMostBytesOfChoices = 8U << 20;

struct Group {
  std::size_t row = 0;
  bool is_repeat = false;
  std::string condition;
  std::vector<std::string> inside;  // names of what a repeat asks
};

class SurveySheet {
 public:
  SurveySheet(const Table& table, const Languages& languages, const ChoiceLists& lists, Form& form, Lines& lines)
      : table_(table), languages_(languages), lists_(lists), form_(form), lines_(lines) {}

  Result<void> all() {
    if (table_.heading("type") == nullptr || table_.heading("name") == nullptr) {
      return fail(ErrorCode::invalid,
                  "the sheet survey has no column \"type\" or no column \"name\" in its first row: "
                  "it is no XLSForm");
    }
    for (const Row& row : table_.rows()) {
      if (auto read = this->row(row); !read) return read;
      if (form_.questions.size() > kMostQuestions || bytes_of_choices_ > kMostBytesOfChoices) {
        return fail(ErrorCode::invalid, "the form asks more than a kiosk can, at row " + std::to_string(row.number) +
                                            " of the sheet survey: part it into several");
      }
    }
    if (!groups_.empty()) {
      return fail(ErrorCode::invalid, "survey, row " + std::to_string(groups_.back().row) +
                                          ": this group has no end; write end_group where it ends");
    }
    if (form_.questions.empty()) {
      return fail(ErrorCode::invalid, "the sheet survey has no question that a kiosk can ask");
    }
    tell_of_columns(table_,
                    {"type", "name", "label", "hint", "relevant", "constraint", "constraint_message", "image", "audio",
                     "parameters", "disabled"},
                    languages_.unnamed(), lines_);
    unused_lists();
    return {};
  }

 private:
  void tell(const Row& row, Weight weight, std::string column, std::string what, std::string remedy) {
    add(lines_, {weight, table_.name(), {row.number}, std::move(column), std::move(what), std::move(remedy)});
  }

  // A line for each column of this kind that says something in the row.
  void tell_cells(const Row& row, Weight weight, std::string_view kind, std::string_view what,
                  std::string_view remedy) {
    for (const Heading& heading : table_.headings()) {
      if (heading.kind != kind || Table::cell(row, heading).empty()) continue;
      tell(row, weight, heading.title, std::string(what), std::string(remedy));
    }
  }

  Result<void> row(const Row& row) {
    const std::string written = table_.cell(row, "type");
    for (const auto& word : words_of(written)) named_.insert(word);
    if (is_yes(table_.cell(row, "disabled"))) {
      tell(row, Weight::note, "disabled", "takes the row out of the form", "nothing needs to be done");
      return {};
    }
    if (written.empty()) {
      stray(row);
      return {};
    }
    const Type type = type_of(written);
    switch (type.is) {
      case Type::Is::begin_group:
      case Type::Is::begin_repeat:
        begin(row, type.is == Type::Is::begin_repeat);
        return {};
      case Type::Is::end_group:
      case Type::Is::end_repeat:
        return end(row, type.is == Type::Is::end_repeat);
      case Type::Is::not_needed:
        tell(row, Weight::note, "type", written + " " + type.what, type.remedy);
        return {};
      case Type::Is::not_askable:
        tell(row, Weight::lost, "type", named(row) + written + " " + type.what, type.remedy);
        return {};
      default:
        asked(row, type);
        return {};
    }
  }

  std::string named(const Row& row) const {
    const std::string name = table_.cell(row, "name");
    return name.empty() ? std::string() : "\"" + name + "\": ";
  }

  void stray(const Row& row) {
    for (const Heading& heading : table_.headings()) {
      if (Table::cell(row, heading).empty()) continue;
      tell(row, Weight::lost, heading.title, "stands in a row without a type", "write the type");
    }
  }

  // Only worth knowing: a program that fills the form in shows them to nobody either.
  void unused_lists() {
    for (const auto& [name, choices] : lists_) {
      if (named_.contains(name)) continue;
      for (const Choice& choice : choices) {
        add(lines_, {Weight::note,
                     "choices",
                     {choice.row},
                     "list_name",
                     "\"" + name + "\" is a list that no question names, so it is left out",
                     "nothing, if it is not needed any more; else name it in a question's type"});
      }
    }
  }

  void unread_parameters(const Row& row) {
    const Unread* const known = unread_column("parameters");
    tell_cells(row, Weight::lost, "parameters", known->what, known->remedy);
  }

  bool is_in_repeat() const { return std::ranges::any_of(groups_, &Group::is_repeat); }

  void begin(const Row& row, bool is_repeat) {
    if (!is_repeat && !is_in_repeat()) {  // else the whole of the repeat is told of
      tell_cells(row, Weight::lost, "label", "heads a group, and a kiosk shows one question at a time without headings",
                 "nothing, if the questions are clear without it; else say it in the first of them");
      for (const std::string_view kind : {"hint", "image", "audio", "constraint", "constraint_message", "parameters"}) {
        tell_cells(row, Weight::lost, kind, "stands at a group, which no kiosk shows", "put it into a question");
      }
    }
    groups_.push_back({row.number, is_repeat, table_.cell(row, "relevant"), {}});
  }

  Result<void> end(const Row& row, bool is_repeat) {
    if (groups_.empty() || groups_.back().is_repeat != is_repeat) {
      return fail(ErrorCode::invalid, "survey, row " + std::to_string(row.number) +
                                          ": ends what was not begun; each begin has an end of its own kind");
    }
    const Group ended = groups_.back();
    groups_.pop_back();
    if (!ended.is_repeat) {
      if (!is_in_repeat()) at_an_end(row);
      return {};
    }
    std::string names;
    for (const auto& name : ended.inside) names += (names.empty() ? "" : ", ") + name;
    std::vector<std::size_t> rows;
    for (std::size_t i = ended.row; i <= row.number; ++i) rows.push_back(i);
    add(lines_, {Weight::lost, table_.name(), rows, "type",
                 "asks the same again and again, which no kiosk does" + (names.empty() ? "" : ": " + names),
                 "ask once, for all of them together"});
    return {};
  }

  void at_an_end(const Row& row) {
    for (const std::string_view kind :
         {"label", "hint", "relevant", "constraint", "constraint_message", "image", "audio", "parameters"}) {
      tell_cells(row, Weight::lost, kind, "stands where a group ends", "put it where the group begins");
    }
  }

  std::vector<std::string> conditions_of_groups() const {
    std::vector<std::string> conditions;
    for (const Group& group : groups_) {
      if (!group.condition.empty()) conditions.push_back(group.condition);
    }
    return conditions;
  }

  std::vector<std::size_t> rows_of_groups() const {
    std::vector<std::size_t> rows;
    for (const Group& group : groups_) rows.push_back(group.row);
    return rows;
  }

  void asked(const Row& row, const Type& type) {
    const std::string name = table_.cell(row, "name");
    if (is_in_repeat()) {
      const auto outermost = std::ranges::find_if(groups_, &Group::is_repeat);
      outermost->inside.push_back(name.empty() ? "row " + std::to_string(row.number) : name);
      return;
    }
    if (type.is != Type::Is::range) unread_parameters(row);
    if (name.empty() && type.is != Type::Is::note) {
      return tell(row, Weight::lost, "name", "is empty: the question has no name", "write one");
    }
    if (type.is == Type::Is::note) return note(row, name);
    if (std::ranges::find(form_.questions, name, &Question::name) != form_.questions.end()) {
      return tell(row, Weight::lost, "name", "\"" + name + "\" is the name of an earlier question", "write another");
    }
    Question question{.row = row.number, .name = name, .variable = {}};
    if (!answers(row, type, question)) return;
    question.variable = id_from(name, taken_);
    if (question.variable != name) {
      tell(row, Weight::changed, "name", "\"" + name + "\" is called \"" + question.variable + "\"",
           "nothing: conditions were changed with it");
    }
    question.conditions = conditions_of_groups();
    question.groups = rows_of_groups();
    if (const std::string own = table_.cell(row, "relevant"); !own.empty()) question.conditions.push_back(own);
    question.labels = languages_.texts(table_, row, "label");
    question.hints = languages_.texts(table_, row, "hint");
    question.audio = languages_.texts(table_, row, "audio");
    tell_cells(row, Weight::lost, "image", "is a picture of a question, and a kiosk has pictures of choices only",
               "say it in words, or put pictures beside the choices");
    if (question.labels.empty()) tell(row, Weight::lost, "label", "is empty in every language", "write the question");
    form_.questions.push_back(std::move(question));
  }

  void note(const Row& row, const std::string& name) {
    Note note{.row = row.number, .name = name.empty() ? "note_" + std::to_string(row.number) : name};
    note.labels = languages_.texts(table_, row, "label");
    if (note.labels.empty()) return tell(row, Weight::lost, "label", "is empty: the note says nothing", "write it");
    note.conditions = conditions_of_groups();
    note.groups = rows_of_groups();
    note.own = table_.cell(row, "relevant");
    if (!note.own.empty()) note.conditions.push_back(note.own);
    note.before = form_.questions.size();
    for (const std::string_view kind : {"hint", "image", "audio"}) {
      tell_cells(row, Weight::lost, kind, "stands at a note, which has words alone on a kiosk",
                 "put it into the note's label");
    }
    unread_constraint(row);
    form_.notes.push_back(std::move(note));
  }

  // False: it cannot be asked, and that was told.
  bool answers(const Row& row, const Type& type, Question& question) {
    if (type.is == Type::Is::words) {
      unread_constraint(row);
      return true;
    }
    if (type.is == Type::Is::whole_number || type.is == Type::Is::range) {
      numbers(row, type, question);
      return true;
    }
    return choices(row, type, question);
  }

  bool choices(const Row& row, const Type& type, Question& question) {
    const auto list = lists_.find(type.list);
    if (list == lists_.end()) {
      tell(row, Weight::lost, "type", named(row) + "there is no list \"" + type.list + "\" in the sheet choices",
           "write it there, or correct its name");
      return false;
    }
    if (list->second.size() > kMostChoices) {
      tell(row, Weight::lost, "type",
           named(row) + "the list \"" + type.list + "\" has more than " + std::to_string(kMostChoices) +
               " choices, which no kiosk shows",
           "ask in two questions");
      return false;
    }
    question.choices = list->second;
    for (const Choice& choice : question.choices) {
      for (const auto& [language, label] : choice.labels) bytes_of_choices_ += label.size();
    }
    const std::string appearance = small(table_.cell(row, "appearance"));
    const bool is_scale = appearance.find("likert") != std::string::npos;
    question.asks = is_scale ? Asks::scale : Asks::one;
    if (type.is == Type::Is::question_of_several) question.asks = Asks::several;
    if (!type.more.empty()) {
      tell(row, Weight::lost, "type", named(row) + "\"" + type.more + "\" behind the list means nothing here",
           "take it out; or_other is all that may stand there");
    }
    if (type.has_other) {
      tell(row, Weight::lost, "type", named(row) + "or_other adds a choice and a question, which an import does not",
           "add a choice \"other\" to the list, and a text question with relevant selected(${" + question.name +
               "}, 'other')");
    }
    const std::string constraint = table_.cell(row, "constraint");
    std::vector<std::string> names;
    for (const Choice& choice : question.choices) names.push_back(choice.name);
    const auto exclusive = question.asks == Asks::several && !constraint.empty()
                               ? exclusive_in(constraint, names)
                               : std::optional<std::set<std::string>>();
    if (!exclusive) {
      unread_constraint(row);
    } else {
      question.exclusive = *exclusive;
      kept_by_the_kiosk(row);
    }
    return true;
  }

  void unread_constraint(const Row& row) {
    for (const std::string_view kind : {"constraint", "constraint_message"}) {
      tell_cells(row, Weight::lost, kind, "refuses some answers, and a kiosk takes any answer that can be given",
                 "make choices of which each is a good answer");
    }
  }

  void kept_by_the_kiosk(const Row& row) {
    tell_cells(row, Weight::note, "constraint_message", "is not needed: on a kiosk no other answer can be given",
               "nothing needs to be done");
  }

  std::optional<Bounds> bounds(const Row& row, const Type& type) {
    if (type.is != Type::Is::range) return bounds_of(table_.cell(row, "constraint"));
    Range range = range_of(table_.cell(row, "parameters"));
    for (const auto& word : range.unread) {
      tell(row, Weight::lost, "parameters", "\"" + word + "\" is not read",
           "write start, end and step alone, each with a number");
    }
    return range.bounds;
  }

  void numbers(const Row& row, const Type& type, Question& question) {
    const auto bounds = this->bounds(row, type);
    const long count = bounds ? bounds->highest - bounds->lowest + 1 : 0;
    const bool is_scale = count >= 2 && count <= kMostNumbers;
    if (is_scale && type.is != Type::Is::range) {
      kept_by_the_kiosk(row);
    } else {
      unread_constraint(row);
    }
    if (!is_scale) {
      question.max_bytes = 20;
      return tell(
          row, Weight::changed, "type",
          named(row) + "is asked for in words: a kiosk has no keys for numbers alone, and words are not counted",
          "ask with select_one for bands, or add a constraint such as . >= 0 and . <= 10");
    }
    question.asks = Asks::scale;
    std::set<std::string> taken;
    for (long number = bounds->lowest; number <= bounds->highest; ++number) {
      const std::string figure = std::to_string(number);
      Choice choice{.name = figure, .id = id_from(number < 0 ? "minus" + figure : figure, taken)};
      for (const auto& language : languages_.codes()) choice.labels[language] = figure;
      choice.value = static_cast<int>(number);
      question.choices.push_back(std::move(choice));
    }
    tell(row, Weight::changed, "type", named(row) + "is asked as a row of choices, one for each number",
         "put words to the ends in texts/ if that is clearer");
  }

  const Table& table_;
  const Languages& languages_;
  const ChoiceLists& lists_;
  Form& form_;
  Lines& lines_;
  std::vector<Group> groups_;
  std::set<std::string> taken_;
  std::set<std::string, std::less<>> named_;  // words of types, among them the lists that are asked from
  std::size_t bytes_of_choices_ = 0;
};

}  // namespace

Result<void> read_survey(const Table& survey, const Languages& languages, const ChoiceLists& lists, Form& form,
                         Lines& lines) {
  return SurveySheet(survey, languages, lists, form, lines).all();
}

}  // namespace perspective::xlsform
