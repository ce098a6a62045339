#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <memory>

#include "admin/command_parts.h"
#include "admin/request_body.h"
#include "base/passphrase.h"

namespace perspective::admin {

namespace {

Result<void> withdraw(const Chosen& chosen, const std::string& inspection) {
  const auto words = ask_passphrase("line of four words");
  if (!words) return std::unexpected(words.error());
  const SecretBytes body = request_body({}, {{"words", &*words}});
  if (auto answer = post_object(chosen, inspection_path(inspection) + "/withdrawals", body.view()); !answer) {
    return std::unexpected(answer.error());
  }
  print_line(
      "Done. Whatever was sent with these four words, or is still to come, is not kept and not counted.\n"
      "Nobody is told whether there was anything: say the same to whoever asked.");
  return {};
}

}  // namespace

void add_withdrawal_commands(CLI::App& app, Chosen& chosen) {
  auto* const command = app.add_subcommand("withdraw", "Take answers back for the person who has their four words");
  const auto id = std::make_shared<std::string>();
  command->add_option("ID", *id, "The inspection")->required();
  command->footer(
      "Asks for the four words that the kiosk gave its respondent, or reads them as a line from standard input. "
      "Letter\n"
      "case does not matter, their order does. Only until fieldwork ends. The answer is the same for words that "
      "nothing\n"
      "came with. What has not arrived yet is taken back too: its kiosk drops it when it next sends.\n\n"
      "Example:\n  perspective-collector withdraw croydon-2012");
  command->callback([&chosen, id] { chosen.run = [&chosen, id] { return withdraw(chosen, *id); }; });
}

}  // namespace perspective::admin
