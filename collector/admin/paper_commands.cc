#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "admin/command_parts.h"
#include "admin/form_questions.h"
#include "admin/paper_commands.h"
#include "admin/table.h"
#include "base/file.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

struct Wanted {
  std::string inspection;
  std::string questionnaire;
  std::string language;
  std::string style = "standard";
  int copies = 1;
  std::string out;
};

Result<void> print(const Chosen& chosen, const Wanted& wanted) {
  if (std::filesystem::exists(wanted.out)) {
    return fail(ErrorCode::conflict, wanted.out + " is there already; name another file");
  }
  const json::object body{{"questionnaire", wanted.questionnaire},
                          {"language", wanted.language},
                          {"form", wanted.style},
                          {"copies", wanted.copies}};
  const auto pdf =
      ApiClient(chosen.data).post(paper_path(wanted.inspection) + "/forms", as_bytes(json::serialize(body)));
  if (!pdf) return std::unexpected(pdf.error());
  if (auto written = write_file(wanted.out, as_bytes(*pdf)); !written) return written;
  std::fprintf(stderr,
               "%d %s in %s. Each has letters of its own: print each form once, on one or both sides, and hand it out "
               "with an\nenvelope. Who has which letters, nobody writes down; delete the file when it is printed.\n",
               wanted.copies, wanted.copies == 1 ? "form" : "forms", wanted.out.c_str());
  return {};
}

void add_print(CLI::App& paper, Chosen& chosen) {
  auto* const command = paper.add_subcommand("print", "Make forms to print, as PDF");
  const auto wanted = std::make_shared<Wanted>();
  command->add_option("ID", wanted->inspection, "The inspection")->required();
  command->add_option("--questionnaire", wanted->questionnaire, "Which of its questionnaires, where it has several");
  command->add_option("--language", wanted->language, "Else the first of the inspection");
  command
      ->add_option("--form", wanted->style,
                   "standard (12 points), large-print (18 points) or easy-read (15 points, with pictures)")
      ->check(CLI::IsMember({"standard", "large-print", "easy-read"}))
      ->capture_default_str();
  command->add_option("--copies", wanted->copies, "So many, at most 100 at once")
      ->check(CLI::Range(1, 100))
      ->capture_default_str()
      ->type_name("N");
  command->add_option("--out", wanted->out, "Write them to this new file")->required()->type_name("FILE");
  command->footer(
      "Each form has three parts on sheets of their own: a cover (with the place for the token of a slip), which is "
      "taken off\nbefore answers are typed, the questions, and a sheet that the person keeps.\n\n"
      "Example:\n  perspective-collector paper print croydon-2012 --questionnaire victims --language cy "
      "--form large-print --copies 5 --out forms.pdf");
  command->callback([&chosen, wanted] { chosen.run = [&chosen, wanted] { return print(chosen, *wanted); }; });
}

std::string state_of(const json::object& form) {
  if (texts_of(form, "keyed_by").empty()) return "discarded: to be keyed again";
  if (!texts_of(form, "unreadable").empty()) {
    return "what " + printable(texts_of(form, "unreadable").front()) + " keyed cannot be read: discard it";
  }
  if (!flag_of(form, "is_of_one_questionnaire")) return "keyed as two questionnaires: discard it";
  const auto count = list_of(form, "differences").size();
  const auto languages = texts_of(form, "languages");
  if (count == 0 && !languages.empty() && languages.front() != languages.back()) return "keyed in two languages";
  if (count > 0) return std::to_string(count) + (count == 1 ? " difference" : " differences");
  return flag_of(form, "is_agreed") ? "both agree" : "keyed once";
}

std::string keyers_of(const json::object& form) {
  std::string all;
  for (const auto& keyer : texts_of(form, "keyed_by")) all += (all.empty() ? "" : "; ") + printable(keyer);
  return all;
}

// The letters are asked for: an argument stays in the shell's history.
Result<void> change(const Chosen& chosen, const std::string& inspection, const char* path, const char* done) {
  const auto reference = ask_line("Letters of the form: ");
  if (!reference) return std::unexpected(reference.error());
  const auto answer = post_object(chosen, paper_path(inspection) + path, json::object{{"reference", *reference}});
  if (!answer) return std::unexpected(answer.error());
  print_line(done);
  return {};
}

void add_change(CLI::App& paper, Chosen& chosen, const char* name, const char* what, const char* path,
                const char* done) {
  auto* const command = paper.add_subcommand(name, what);
  const auto inspection = std::make_shared<std::string>();
  command->add_option("ID", *inspection, "The inspection")->required();
  command->footer(std::string("Asks for the letters of the form.\n\nExample:\n  perspective-collector paper ") + name +
                  " croydon-2012");
  command->callback([&chosen, inspection, path, done] {
    chosen.run = [&chosen, inspection, path, done] { return change(chosen, *inspection, path, done); };
  });
}

struct Discarding {
  std::string inspection;
  std::string reason;
  bool is_for_good = false;
};

Result<void> discard(const Chosen& chosen, const Discarding& wanted) {
  const auto reference = ask_line("Letters of the form: ");
  if (!reference) return std::unexpected(reference.error());
  const auto answer =
      post_object(chosen, paper_path(wanted.inspection) + "/discards",
                  json::object{{"reference", *reference}, {"reason", wanted.reason}, {"for_good", wanted.is_for_good}});
  if (!answer) return std::unexpected(answer.error());
  print_line(
      wanted.is_for_good
          ? "Dropped. It is not keyed again, and waits no more."
          : "Dropped. Two people key it again; a token that was keyed with it stays spent: leave it empty then.");
  return {};
}

void add_discard(CLI::App& paper, Chosen& chosen) {
  auto* const command = paper.add_subcommand("discard", "Drop what was keyed of a form, so that it can be keyed again");
  const auto wanted = std::make_shared<Discarding>();
  command->add_option("ID", wanted->inspection, "The inspection")->required();
  command->add_option("--reason", wanted->reason, "Why; it is kept in the audit, so no words of the form")
      ->required()
      ->type_name("TEXT");
  command->add_flag("--for-good", wanted->is_for_good,
                    "It is not to be keyed again: by an inspector who never keyed it");
  command->footer(
      "Asks for the letters of the form. Who keys may discard what they alone have keyed; of a form that two have "
      "keyed, an\ninspector who is neither. The form waits since it was first keyed, as `alarms` says.\n\n"
      "Example:\n  perspective-collector paper discard croydon-2012 --reason 'keyed as the wrong questionnaire'");
  command->callback([&chosen, wanted] { chosen.run = [&chosen, wanted] { return discard(chosen, *wanted); }; });
}

// While fieldwork is open they come in fives.
std::string in_words(const json::object& answer, const char* name) {
  const auto count = number_of(answer, name);
  if (!flag_of(answer, "is_rounded_down")) return std::to_string(count);
  return count == 0 ? "fewer than 5" : std::to_string(count) + " or more";
}

void add_forms(CLI::App& paper, Chosen& chosen) {
  auto* const command = paper.add_subcommand("forms", "Forms that are keyed and not counted yet");
  const auto inspection = std::make_shared<std::string>();
  const auto is_json = std::make_shared<bool>(false);
  command->add_option("ID", *inspection, "The inspection; unlocked, each form is shown")->required();
  command->add_flag("--json", *is_json, "With what both keyed where they differ");
  command->footer("Example:\n  perspective-collector paper forms croydon-2012");
  command->callback([&chosen, inspection, is_json] {
    chosen.run = [&chosen, inspection, is_json] { return show_keyed_forms(chosen, *inspection, *is_json); };
  });
}

}  // namespace

std::string paper_path(const std::string& inspection) { return inspection_path(inspection) + "/paper"; }

Result<json::object> get_keyed_forms(const Chosen& chosen, const std::string& inspection) {
  auto answer = get_list(chosen, paper_path(inspection) + "/keyings", "forms");
  if (!answer) return answer;
  auto forms = list_of(*answer, "forms");
  std::ranges::sort(forms, {}, [](const json::object& form) { return text_of(form, "reference"); });
  if (!forms.empty()) (*answer)["forms"] = json::array(forms.begin(), forms.end());
  return answer;
}

Result<void> show_keyed_forms(const Chosen& chosen, const std::string& inspection, bool is_json) {
  const auto answer = get_keyed_forms(chosen, inspection);
  if (!answer) return std::unexpected(answer.error());
  if (is_json) {
    print_line(json::serialize(*answer));
    return {};
  }
  print_line("keyed once   " + in_words(*answer, "keyed_once") + "\nkeyed twice  " + in_words(*answer, "keyed_twice") +
             "\ndiscarded    " + in_words(*answer, "discarded"));
  std::vector<std::vector<std::string>> rows;
  for (const auto& form : list_of(*answer, "forms")) {
    rows.push_back(
        {printable(text_of(form, "reference")), text_of(form, "questionnaire"), state_of(form), keyers_of(form)});
  }
  if (!rows.empty()) print_line(table({"FORM", "QUESTIONNAIRE", "STATE", "KEYED BY"}, rows));
  return {};
}

void add_paper_commands(CLI::App& app, Chosen& chosen) {
  auto* const paper = app.add_subcommand("paper", "Forms on paper: print them, key them in, count them");
  paper->require_subcommand(1);
  add_print(*paper, chosen);
  add_keying_commands(*paper, chosen);
  add_forms(*paper, chosen);
  add_discard(*paper, chosen);
  add_change(*paper, chosen, "withdraw", "Take answers back for the person who has the letters of their form",
             "/withdrawals",
             "Done. Whatever was or will be keyed from this form is not kept and not counted. Destroy the form.");
}

}  // namespace perspective::admin
