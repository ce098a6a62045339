#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "admin/command_parts.h"
#include "admin/table.h"
#include "base/file.h"

namespace perspective::admin {

namespace json = boost::json;

namespace {

constexpr std::int64_t kPage = 500;  // as many as the collector gives at once

struct Wanted {
  std::string inspection;
  std::int64_t last = 30;
  bool is_all = false;
  bool is_json = false;
};

struct Chain {
  std::string key;
  std::vector<json::object> entries;  // number, line, signature
};

// From the entry after this one to the newest.
Result<Chain> read_chain(const Chosen& chosen, std::int64_t after) {
  Chain chain;
  for (std::size_t read = kPage; read == kPage;) {
    const auto page = get_object(chosen, "/v1/audit?limit=" + std::to_string(kPage) +
                                             "&after=" + std::to_string(std::max<std::int64_t>(0, after)));
    if (!page) return std::unexpected(page.error());
    auto entries = list_of(*page, "entries");
    read = entries.size();
    if (!entries.empty()) after = number_of(entries.back(), "number");
    chain.key = text_of(*page, "public_key");
    std::ranges::move(entries, std::back_inserter(chain.entries));
  }
  return chain;
}

Result<std::int64_t> newest(const Chosen& chosen) {
  const auto page = get_object(chosen, "/v1/audit?limit=1");
  if (!page) return std::unexpected(page.error());
  return number_of(*page, "newest");
}

// What the entry says; empty where it is no JSON any more.
json::object said_by(const json::object& entry) {
  boost::system::error_code error;
  const auto said = json::parse(text_of(entry, "line"), error);
  return !error && said.is_object() ? said.get_object() : json::object();
}

Result<std::vector<json::object>> wanted_entries(const Chosen& chosen, const Wanted& wanted) {
  std::int64_t after = 0;
  if (!wanted.is_all && wanted.inspection.empty()) {
    const auto number = newest(chosen);
    if (!number) return std::unexpected(number.error());
    after = *number - wanted.last;
  }
  const auto chain = read_chain(chosen, after);
  if (!chain) return std::unexpected(chain.error());
  std::vector<json::object> said;
  for (const auto& entry : chain->entries) {
    auto one = said_by(entry);
    if (one.empty()) one = json::object{{"what", "this entry cannot be read: see `audit verify`"}};
    if (!wanted.inspection.empty() && text_of(one, "inspection") != wanted.inspection) continue;
    one["number"] = number_of(entry, "number");
    said.push_back(std::move(one));
  }
  const auto most = static_cast<std::size_t>(wanted.last);
  if (!wanted.is_all && said.size() > most) said.erase(said.begin(), said.end() - static_cast<std::ptrdiff_t>(most));
  return said;
}

// "2026-11-26T04:41:00Z" for people.
std::string when_of(const json::object& entry) {
  std::string when = text_of(entry, "at");
  std::ranges::replace(when, 'T', ' ');
  if (when.ends_with('Z')) when.pop_back();
  return when;
}

std::string about_of(const json::object& entry) {
  const json::value* const about = entry.if_contains("about");
  if (about == nullptr || !about->is_object()) return "";
  std::string text;
  for (const auto& [name, value] : about->get_object()) {
    if (!value.is_string()) continue;
    text += (text.empty() ? "" : ", ") + std::string(name) + " " + std::string(value.get_string());
  }
  return text;
}

Result<void> list(const Chosen& chosen, const Wanted& wanted) {
  const auto entries = wanted_entries(chosen, wanted);
  if (!entries) return std::unexpected(entries.error());
  if (wanted.is_json) {
    json::array all;
    for (const auto& entry : *entries) all.push_back(entry);
    print_line(json::serialize(json::object{{"entries", std::move(all)}}));
    return {};
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& entry : *entries) {
    rows.push_back({std::to_string(number_of(entry, "number")), when_of(entry), printable(text_of(entry, "who")),
                    printable(text_of(entry, "what")), printable(text_of(entry, "inspection")),
                    printable(about_of(entry))});
  }
  print_line(rows.empty() ? "There is nothing in the audit yet."
                          : table({"ENTRY", "WHEN (UTC)", "WHO", "WHAT", "INSPECTION", "ABOUT"}, rows));
  return {};
}

// A head, or a file that begins with one: `rows` writes one beside each export.
Result<std::string> head_in(const std::string& since) {
  std::error_code error;
  if (since.find(':') != std::string::npos || !std::filesystem::is_regular_file(since, error)) return since;
  const auto text = read_text(since);
  if (!text) return text;
  return text->substr(0, text->find('\n'));
}

Result<void> verify(const Chosen& chosen, const std::string& named) {
  const auto kept = head_in(named);
  if (!kept) return std::unexpected(kept.error());
  const std::string& since = *kept;
  const auto answer = get_object(chosen, "/v1/audit/verification?since=" + ApiClient::segment(since));
  if (!answer) return std::unexpected(answer.error());
  const auto faults = list_of(*answer, "faults");
  for (const auto& fault : faults) print_line(text_of(fault, "says"));
  if (!faults.empty()) {
    return fail(ErrorCode::corrupt,
                "the audit is not as it was written. Keep the database and its backups as they are, and find out who "
                "could write to it");
  }
  const auto entries = number_of(*answer, "entries");
  if (entries == 0) {
    print_line("There is nothing in the audit yet.");
    return {};
  }
  print_line(entries == 1 ? "The one entry is as it was written."
                          : "All " + std::to_string(entries) + " entries are as they were written, none is missing" +
                                (since.empty() ? " before the last." : "."));
  const std::string head = text_of(*answer, "head");
  print_line("Head: " + head.substr(0, head.rfind(':')));  // without its signature, which the log has
  if (since.empty()) {
    std::fputs(
        "Entries cut off at the end show only against a head that was kept elsewhere: keep this one, or take one from\n"
        "the collector's log, and give it with --since the next time.\n",
        stderr);
  }
  return {};
}

Result<void> hand_over(const Chosen& chosen, const std::filesystem::path& out) {
  const auto chain = read_chain(chosen, 0);
  if (!chain) return std::unexpected(chain.error());
  std::string text = "perspective audit 1\nkey " + chain->key + "\n";
  for (const auto& entry : chain->entries) {
    text += std::to_string(number_of(entry, "number")) + " " + text_of(entry, "signature") + " " +
            text_of(entry, "line") + "\n";
  }
  if (out.empty()) {
    print_line(text);
    return {};
  }
  return write_file(out, as_bytes(text));
}

void add_list(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand("list", "Show who did what to which inspection, the newest last");
  const auto wanted = std::make_shared<Wanted>();
  command->add_option("--inspection", wanted->inspection, "Of this one alone")->type_name("ID");
  auto* const last =
      command->add_option("--last", wanted->last, "So many of them")->check(CLI::Range(1, 1'000'000))->type_name("N");
  last->capture_default_str();
  command->add_flag("--all", wanted->is_all, "All of them")->excludes(last);
  command->add_flag("--json", wanted->is_json, "As JSON");
  command->footer("Example:\n  perspective-collector audit list --inspection croydon-2012");
  command->callback([&chosen, wanted] { chosen.run = [&chosen, wanted] { return list(chosen, *wanted); }; });
}

void add_verify(CLI::App& group, Chosen& chosen) {
  auto* const command = group.add_subcommand(
      "verify", "Find entries that were changed, dropped, swapped or cut off since they were written");
  const auto since = std::make_shared<std::string>();
  command
      ->add_option("--since", *since,
                   "A head that was kept: from an earlier `audit verify`, the log or a tally; or a file that begins "
                   "with one, as "
                   "`rows` writes it")
      ->type_name("HEAD");
  command->footer(
      "Exit code 0: all is as it was written. 1: it is not; each fault in a sentence of its own.\n\n"
      "Example:\n  perspective-collector audit verify --since "
      "7:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
  command->callback([&chosen, since] { chosen.run = [&chosen, since] { return verify(chosen, *since); }; });
}

void add_export(CLI::App& group, Chosen& chosen) {
  auto* const command =
      group.add_subcommand("export", "Write the whole audit, for somebody who checks it without this program");
  const auto out = std::make_shared<std::filesystem::path>();
  command->add_option("--out", *out, "To this file, in place of standard output")->type_name("FILE");
  command->footer("Example:\n  perspective-collector audit export --out audit.txt");
  command->callback([&chosen, out] { chosen.run = [&chosen, out] { return hand_over(chosen, *out); }; });
}

}  // namespace

void add_audit_commands(CLI::App& app, Chosen& chosen) {
  auto* const group = app.add_subcommand("audit", "Who did what to which inspection: list, verify, export");
  group->require_subcommand(1);
  add_list(*group, chosen);
  add_verify(*group, chosen);
  add_export(*group, chosen);
}

}  // namespace perspective::admin
