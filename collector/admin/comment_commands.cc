#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>
#include <vector>

#include "admin/command_parts.h"
#include "admin/request_body.h"
#include "admin/subcommand.h"
#include "admin/table.h"
#include "base/passphrase.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

struct Wanted {
  std::string inspection;
  std::string reference;
  std::vector<std::string> references;
  std::vector<std::string> codes;
  std::string code;
  std::string language;
  std::string name;
  bool is_json = false;
  bool is_unread_alone = false;
  bool is_sic = false;
  bool is_redacted = false;
  bool is_likely = false;
  bool is_nothing = false;
};
using Run = Result<void> (*)(const Chosen& chosen, const Wanted& wanted);

std::string indented(const std::string& text) {
  std::string lines = "  ";
  for (const char c : text) lines += c == '\n' ? std::string("\n  ") : std::string(1, c);
  return lines;
}

std::string marks_of(const json::object& comment) {
  std::string marks = flag_of(comment, "may_be_quoted") ? "may be quoted" : "must not be quoted";
  if (flag_of(comment, "is_chosen")) marks += ", chosen";
  marks += flag_of(comment, "is_read") ? ", read by " + text_of(comment, "read_by") : ", NOBODY HAS READ IT";
  if (const auto codes = joined(comment, "codes"); !codes.empty()) marks += ", codes: " + codes;
  if (const auto concerns = joined(comment, "concerns"); !concerns.empty()) marks += ", concern: " + concerns;
  return marks;
}

void print_comment(const json::object& comment) {
  print_line(printable(text_of(comment, "reference") + "  " + text_of(comment, "questionnaire") + " / " +
                       text_of(comment, "variable") + "  " + marks_of(comment)));
  print_line(indented(printable(text_of(comment, "text"))));
  std::string likely;
  for (const auto& each : list_of(comment, "giveaways")) {
    likely += (likely.empty() ? "" : "; ") + text_of(each, "kind") + " \"" + text_of(each, "words") + "\"";
  }
  if (!likely.empty()) print_line("    gives away? " + printable(likely));
  if (const auto redacted = text_of(comment, "redacted"); !redacted.empty()) {
    print_line("    printed as:" + indented(indented(printable(redacted))));
  }
  if (const json::value* const quoted = comment.if_contains("chosen"); quoted != nullptr && quoted->is_object()) {
    const auto words = text_of(quoted->get_object(), "words");
    print_line(words.empty() ? "    chosen words that are not the comment's: quoted nowhere"
                             : "    quoted" + std::string(flag_of(quoted->get_object(), "is_sic") ? " (sic):" : ":") +
                                   indented(indented(printable(words))));
  }
  for (const auto& each : list_of(comment, "translations")) {
    print_line("    " + text_of(each, "language") + ", translated by " + printable(text_of(each, "translator")) + ":" +
               indented(indented(printable(text_of(each, "words")))));
  }
  print_line("\n");
}

bool has_code(const json::object& comment, const std::string& code) {
  const json::value* const codes = comment.if_contains("codes");
  if (codes == nullptr || !codes->is_array()) return false;
  return std::ranges::any_of(codes->get_array(),
                             [&](const auto& each) { return each.is_string() && each.get_string() == code; });
}

Result<void> list_comments(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = get_list(chosen, inspection_path(wanted.inspection) + "/comments", "comments");
  if (!answer) return std::unexpected(answer.error());
  if (wanted.is_json) {
    print_line(json::serialize(*answer));
    return {};
  }
  const auto comments = list_of(*answer, "comments");
  const auto unread = number_of(*answer, "unread");
  if (comments.empty()) {
    print_line("Nobody has written a comment yet.");
  } else {
    print_line(unread == 0 ? "All comments have been read.\n"
                           : "Nobody has read " + std::to_string(unread) + " yet: they come first.\n");
  }
  for (const json::object& comment : comments) {
    if (wanted.is_unread_alone && flag_of(comment, "is_read")) continue;
    if (!wanted.code.empty() && !has_code(comment, wanted.code)) continue;
    print_comment(comment);
  }
  return {};
}

std::string comment_path(const Wanted& wanted, const std::string& reference) {
  return inspection_path(wanted.inspection) + "/comments/" + ApiClient::segment(reference);
}

Result<void> read(const Chosen& chosen, const Wanted& wanted) {
  for (const auto& reference : wanted.references) {
    const auto answer = post_object(chosen, comment_path(wanted, reference) + "/read", json::object{});
    if (!answer) return in_context("comment " + reference, answer.error());
    print_line("Read: " + reference + ".");
  }
  return {};
}

Result<SecretBytes> words_from_input(const std::string& prompt) {
  auto words = read_words(prompt);
  if (words && words->empty()) return fail(ErrorCode::refused, "there are no words; nothing was changed");
  return words;
}

Result<void> choose(const Chosen& chosen, const Wanted& wanted) {
  if (wanted.is_nothing) {
    const auto answer = post_object(chosen, inspection_path(wanted.inspection) + "/quotations/removal",
                                    json::object{{"reference", wanted.reference}});
    if (!answer) return std::unexpected(answer.error());
    print_line("The section does not quote " + wanted.reference + " any more.");
    return {};
  }
  const json::object open{{"reference", wanted.reference}, {"sic", wanted.is_sic}};
  SecretBytes words;
  if (wanted.is_redacted) {
    auto read = words_from_input(
        "Type the words of it that may be printed, with ... where some are left out. End with Ctrl-D on a line of its "
        "own.");
    if (!read) return std::unexpected(read.error());
    words = *std::move(read);
  }
  const SecretBytes body = request_body(open, wanted.is_redacted ? NamedSecrets{{"words", &words}} : NamedSecrets{});
  auto answer = post_object(chosen, inspection_path(wanted.inspection) + "/quotations", body.view());
  if (!answer) return std::unexpected(answer.error());
  print_line("Chosen: the section quotes " + wanted.reference + ".");
  return {};
}

Result<void> code(const Chosen& chosen, const Wanted& wanted) {
  const json::object body{{"codes", json::value_from(wanted.codes)}};
  const auto answer = post_object(chosen, comment_path(wanted, wanted.reference) + "/codes", body);
  if (!answer) return std::unexpected(answer.error());
  print_line(wanted.codes.empty() ? "It has no code any more." : "Coded.");
  return {};
}

// A line each: the words, or "the words = [what stands in their place]".
json::array replacements_in(std::string_view lines) {
  json::array replacements;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    const auto line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.empty()) continue;
    const auto equals = line.find(" = ");
    json::object replacement{{"words", line.substr(0, equals)}};
    if (equals != std::string_view::npos) replacement["as"] = line.substr(equals + 3);
    replacements.push_back(std::move(replacement));
  }
  return replacements;
}

Result<void> redact(const Chosen& chosen, const Wanted& wanted) {
  json::object body{{"likely", wanted.is_likely},
                    {"nothing", wanted.is_nothing},
                    {"more", !wanted.is_nothing},
                    {"replacements", json::array()}};
  if (wanted.is_redacted) {
    const auto words = words_from_input(
        "Type what must not be printed, a line each; where it is no name: words = [what stands in their place].\n"
        "End with Ctrl-D on a line of its own.");
    if (!words) return std::unexpected(words.error());
    body["replacements"] = replacements_in(words->text());
  }
  const auto answer = post_object(chosen, comment_path(wanted, wanted.reference) + "/redaction", body);
  if (!answer) return std::unexpected(answer.error());
  print_line(wanted.is_nothing ? "All of " + wanted.reference + " may be printed again."
                               : "Kept: wherever " + wanted.reference + " is quoted, it is quoted without that.");
  return {};
}

Result<void> translate(const Chosen& chosen, const Wanted& wanted) {
  const auto words = words_from_input("Type the translation; end with Ctrl-D on a line of its own.");
  if (!words) return std::unexpected(words.error());
  const SecretBytes body =
      request_body({{"language", wanted.language}, {"translator", wanted.name}}, {{"words", &*words}});
  const auto answer = post_object(chosen, comment_path(wanted, wanted.reference) + "/translations", body.view());
  if (!answer) return std::unexpected(answer.error());
  print_line("Kept, with the translator's name.");
  return {};
}

Result<void> raise_concern(const Chosen& chosen, const Wanted& wanted) {
  const auto why = read_words(
      "Why? Not in the person's own words: they would stay if the person takes the answers back.\n"
      "End with Ctrl-D on a line of its own.");
  if (!why) return std::unexpected(why.error());
  const SecretBytes body = request_body({{"lead", wanted.name}}, {{"why", &*why}});
  const auto answer = post_object(chosen, comment_path(wanted, wanted.reference) + "/concerns", body.view());
  if (!answer) return std::unexpected(answer.error());
  print_line(text_of(*answer, "reference"));
  std::fprintf(stderr, "Concern %s is raised. Tell %s now: this program sends nothing.\n",
               text_of(*answer, "reference").c_str(), wanted.name.c_str());
  return {};
}

void print_rulings(const json::object& concern, const char* name, const char* what) {
  for (const auto& ruling : list_of(concern, name)) {
    print_line(std::string("  ") + what + ", " + text_of(ruling, "at") + ", " + printable(text_of(ruling, "by")) +
               ":\n" + indented(indented(printable(text_of(ruling, "words")))));
  }
}

Result<void> list_concerns(const Chosen& chosen, const Wanted& wanted) {
  const auto answer = get_list(chosen, inspection_path(wanted.inspection) + "/concerns", "concerns");
  if (!answer) return std::unexpected(answer.error());
  if (wanted.is_json) {
    print_line(json::serialize(*answer));
    return {};
  }
  const auto concerns = list_of(*answer, "concerns");
  if (concerns.empty()) print_line("No concern has been raised.");
  for (const auto& concern : concerns) {
    print_line(text_of(concern, "reference") + "  for " + printable(text_of(concern, "lead")) + "; raised " +
               text_of(concern, "raised_at") + ", " + printable(text_of(concern, "raised_by")));
    const json::value* const comment = concern.if_contains("comment");
    const bool has_words = comment != nullptr && comment->is_object();
    print_line(indented(has_words ? "\"" + printable(text_of(comment->get_object(), "text")) + "\""
                                  : "The words were taken back by the person who wrote them."));
    if (const auto why = text_of(concern, "why"); !why.empty()) print_line(indented("Why: " + printable(why)));
    print_rulings(concern, "decisions", "decided");
    print_rulings(concern, "outcomes", "outcome");
    if (list_of(concern, "decisions").empty()) print_line("  Nothing has been decided yet.");
    print_line("\n");
  }
  return {};
}

Result<void> rule(const Chosen& chosen, const Wanted& wanted, const char* what) {
  const auto words = words_from_input(std::string("Type the ") + what + "; end with Ctrl-D on a line of its own.");
  if (!words) return std::unexpected(words.error());
  const SecretBytes body = request_body({}, {{"words", &*words}});
  const auto path = inspection_path(wanted.inspection) + "/concerns/" + ApiClient::segment(wanted.reference) + "/";
  if (const auto answer = post_object(chosen, path + what, body.view()); !answer) {
    return std::unexpected(answer.error());
  }
  print_line(std::string("Kept: the ") + what + ", with your name and the time.");
  return {};
}

Result<void> decide(const Chosen& chosen, const Wanted& wanted) { return rule(chosen, wanted, "decision"); }
Result<void> record_outcome(const Chosen& chosen, const Wanted& wanted) { return rule(chosen, wanted, "outcome"); }

using Command = Subcommand<Wanted>;

Command add(CLI::App& group, Chosen& chosen, const char* name, const char* says, Run run, const char* footer) {
  auto command = subcommand<Wanted>(group, chosen, name, says, run, footer);
  command.app->add_option("ID", command.wanted->inspection, "The inspection; it must be unlocked")->required();
  return command;
}

void add_reference(const Command& command) {
  command.app->add_option("REFERENCE", command.wanted->reference, "As `comment list` shows it")->required();
}

void add_reading(CLI::App& group, Chosen& chosen) {
  const auto list = add(group, chosen, "list", "Show every comment: those that nobody has read first, then shuffled",
                        list_comments, "Example:\n  perspective-collector comment list croydon-2012 --unread");
  list.app->add_flag("--unread", list.wanted->is_unread_alone, "Only those that nobody has read");
  list.app->add_option("--code", list.wanted->code, "Only those with this code");
  list.app->add_flag("--json", list.wanted->is_json, "As JSON");
  const auto reading = add(group, chosen, "read", "Say that you have read these comments", read,
                           "Your name and the time are kept, sealed, and stand in the audit.\n\n"
                           "Example:\n  perspective-collector comment read croydon-2012 3f2a9c1b");
  reading.app->add_option("REFERENCE", reading.wanted->references, "As `comment list` shows it")->required();
}

void add_writing_up(CLI::App& group, Chosen& chosen) {
  const auto choosing = add(
      group, chosen, "choose", "Quote a comment in the section; read it first", choose,
      "Refused unless its writer said that the words may be printed. What gives somebody away is taken out with "
      "`comment redact`.\n\n"
      "Example:\n  echo \"They listened ... every time\" | perspective-collector comment choose croydon-2012 3f2a9c1b "
      "--words");
  add_reference(choosing);
  choosing.app->add_flag("--sic", choosing.wanted->is_sic, "Mark it (sic)");
  choosing.app->add_flag("--words", choosing.wanted->is_redacted,
                         "Only these words of it, read from standard input; ... where some are left out");
  choosing.app->add_flag("--nothing", choosing.wanted->is_nothing, "Quote nothing of it any more")
      ->excludes("--sic")
      ->excludes("--words");
  const auto coding =
      add(group, chosen, "code", "Say what a comment is about, in words of your own; in the place of those before",
          code, "Example:\n  perspective-collector comment code croydon-2012 3f2a9c1b fear staff");
  add_reference(coding);
  coding.app->add_option("CODE", coding.wanted->codes,
                         "Some words each, such as \"felt listened to\"; none: it has no code any more");
  const auto redacting = add(group, chosen, "redact", "Say what of a comment must never be printed", redact,
                             "Beside what was taken out before, unless --nothing takes that back first.\n\n"
                             "Example:\n  echo \"Olwen = [a worker]\" | perspective-collector comment redact "
                             "croydon-2012 3f2a9c1b --words");
  add_reference(redacting);
  auto* const likely = redacting.app->add_flag("--likely", redacting.wanted->is_likely,
                                               "All that `comment list` says may give somebody away");
  auto* const words = redacting.app->add_flag("--words", redacting.wanted->is_redacted,
                                              "Words that are read from standard input, a line each");
  redacting.app->add_flag("--nothing", redacting.wanted->is_nothing, "All of it may be printed again")
      ->excludes(likely)
      ->excludes(words);
  const auto translating =
      add(group, chosen, "translate", "Keep a translation, which the section in that language quotes", translate,
          "The translation is read from standard input.\n\nExample:\n  perspective-collector comment translate "
          "croydon-2012 3f2a9c1b --language en --translator \"Elin Rees\"");
  add_reference(translating);
  translating.app->add_option("--language", translating.wanted->language, "Into which; one of the inspection's")
      ->required();
  translating.app->add_option("--translator", translating.wanted->name, "Whose words they are")->required();
}

void add_safeguarding(CLI::App& group, Chosen& chosen) {
  const auto raising =
      add(group, chosen, "concern", "Raise a concern with the safeguarding lead", raise_concern,
          "Why is read from standard input, and may be empty. Prints the concern's reference.\n\n"
          "Example:\n  perspective-collector comment concern croydon-2012 3f2a9c1b --lead \"Anna Jones\"");
  add_reference(raising);
  raising.app->add_option("--lead", raising.wanted->name, "The safeguarding lead's name")->required();
  const auto list = add(group, chosen, "concerns", "Show every concern with its comment, decision and outcome",
                        list_concerns, "Example:\n  perspective-collector comment concerns croydon-2012");
  list.app->add_flag("--json", list.wanted->is_json, "As JSON");
  const auto deciding = add(group, chosen, "decide", "Record what was decided about a concern", decide,
                            "The decision is read from standard input. What was recorded is never changed; record "
                            "another one.\n\nExample:\n  perspective-collector comment decide croydon-2012 8c41d0e7");
  deciding.app->add_option("CONCERN", deciding.wanted->reference, "As `comment concerns` shows it")->required();
  const auto ending = add(group, chosen, "outcome", "Record what came of a concern", record_outcome,
                          "The outcome is read from standard input.\n\n"
                          "Example:\n  perspective-collector comment outcome croydon-2012 8c41d0e7");
  ending.app->add_option("CONCERN", ending.wanted->reference, "As `comment concerns` shows it")->required();
}

Result<void> alarms(Chosen& chosen, bool is_json) {
  const auto answer = get_list(chosen, "/v1/alarms", "alarms");
  if (!answer) return std::unexpected(answer.error());
  const auto list = list_of(*answer, "alarms");
  if (!list.empty()) chosen.when_done = kAlarm;
  if (is_json) {
    print_line(json::serialize(*answer));
    return {};
  }
  for (const auto& alarm : list) {
    print_line((flag_of(alarm, "is_overdue") ? "LATE  " : "DUE   ") + text_of(alarm, "inspection") + ": " +
               text_of(alarm, "says"));
  }
  if (list.empty()) print_line("There is no alarm.");
  if (const auto warnings = joined(*answer, "warnings"); !warnings.empty()) {
    std::fprintf(stderr, "perspective-collector: %s\n", warnings.c_str());
  }
  return {};
}

}  // namespace

void add_comment_commands(CLI::App& app, Chosen& chosen) {
  auto* const group =
      app.add_subcommand("comment", "What people wrote: read, raise concerns, choose, redact, translate");
  group->alias("comments");
  group->require_subcommand(1);
  add_reading(*group, chosen);
  add_safeguarding(*group, chosen);
  add_writing_up(*group, chosen);

  auto* const command = app.add_subcommand("alarms", "What somebody must read or decide now, also of what is locked");
  const auto is_json = std::make_shared<bool>(false);
  command->add_flag("--json", *is_json, "As JSON");
  command->footer(
      "Exit code 4 where there is an alarm, for scripts that watch.\n\nExample:\n  perspective-collector alarms");
  command->callback([&chosen, is_json] { chosen.run = [&chosen, is_json] { return alarms(chosen, *is_json); }; });
}

}  // namespace perspective::admin
