// perspective-kiosk: construct and run. The keeper (parent) has outbox, uploader and network; each visit is a child of
// it, this same program with the hidden option --child, which has the window and the answers.
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "keeper/folder_lock.h"
#include "keeper/keeper.h"
#include "outbox/outbox.h"
#include "program/program.h"
#include "protocol/package.h"
#include "settings/settings.h"
#include "upload/collector_time.h"
#include "upload/courier.h"
#include "upload/enrolment.h"
#include "upload/last_day.h"
#include "upload/packages.h"
#include "upload/renewal.h"
#include "upload/standing.h"
#include "upload/stick_search.h"
#include "upload/uploader.h"

namespace perspective {
namespace {

namespace fs = std::filesystem;

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUse = 2;
constexpr int kNotEnrolled = 3;
constexpr int kRefused = 4;
constexpr int kUnreachable = 5;

constexpr const char* kFooter = R"(Exit codes:
  0  done
  1  failed; the last line says why and what to do
  2  wrong use of the command line
  3  this kiosk is not enrolled
  4  refused: the invite, the collector, or a kiosk that runs already
  5  the collector cannot be reached; try again later

The first line of status is one of: all sent, some waiting, full. The lines below it say what stands in the way of
visits or of sending, in the language of LANG where the kiosk has it.
An inspector makes invites: perspective-collector kiosk invite --inspection ID)";

int exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_found:
      return kNotEnrolled;
    case ErrorCode::refused:
    case ErrorCode::conflict:
      return kRefused;
    case ErrorCode::unreachable:
      return kUnreachable;
    case ErrorCode::invalid:
      return kWrongUse;
    default:
      return kFailed;
  }
}

int failed(const Error& error) {
  log::error(error.what);
  return exit_code_of(error.code);
}

// ---- the keeper -------------------------------------------------------------------------------------------------

keeper::Program child_program(const Options& options) {
  keeper::Program program;
  program.arguments = {"--state", options.state.string(), "--assets", options.assets.string()};
  const auto add = [&program](const char* name, const std::string& value) {
    program.arguments.insert(program.arguments.end(), {name, value});
  };
  if (!options.window_px.empty()) add("--window", options.window_px);
  if (!options.monitor_mm.empty()) add("--monitor-mm", options.monitor_mm);
  add("--viewing-mm", std::to_string(options.viewing_mm));
  add("--sound", options.outlet == access::Outlet::headphones ? "headphones" : "loudspeaker");
  if (!options.hook.empty()) add("--hook", options.hook);
  program.arguments.emplace_back("--child");  // its value, our process id, is put behind it
  return program;
}

std::vector<std::string> as_json(const std::vector<protocol::Package>& packages) {
  std::vector<std::string> texts;
  texts.reserve(packages.size());
  for (const auto& package : packages) texts.push_back(protocol::to_json(package));
  return texts;
}

// The certificate, before it ends.
void see_to_certificate(const Options& options, const Clock& clock, upload::Transport& transport,
                        upload::CurlTransport& line, upload::Standing& standing) {
  const auto renewed = upload::renew_if_due(options.state, clock.now_s(), transport);
  if (!renewed) return log::warning("the kiosk's certificate could not be renewed: " + renewed.error().what);
  if (!*renewed) return;
  line.use((*renewed)->identity());
  standing.renew(**renewed);
  log::info("the kiosk has a new certificate");
}

std::unique_ptr<upload::Uploader> start_uploader(const Options& options, const upload::Enrolment& enrolment,
                                                 outbox::Outbox& outbox, const upload::PackageShelf& shelf,
                                                 upload::Standing& standing, const Clock& clock,
                                                 keeper::Keeper& keeper) {
  auto line = std::make_unique<upload::CurlTransport>(enrolment.identity());
  auto& curl = *line;  // owned by the uploader, and used on its thread
  auto transport = upload::noting_day(upload::listening(std::move(line), standing.collector_time()), options.state);
  return std::make_unique<upload::Uploader>(
      outbox, std::move(transport), shelf, upload::Uploader::About{PERSPECTIVE_VERSION, clock},
      upload::Uploader::Told{.outbox_changed = [&keeper] { keeper.announce(); },
                             .packages_changed =
                                 [&keeper, &standing, shelf](const auto& packages) {
                                   standing.take_over(shelf.load());
                                   keeper.use_packages(as_json(packages));
                                 },
                             .sent_now = [&keeper](const auto& why_not) { keeper.tell_sent(why_not); },
                             .is_connected =
                                 [&options, &clock, &curl, &standing](upload::Transport& connected) {
                                   see_to_certificate(options, clock, connected, curl, standing);
                                 }});
}

readiness::StickNews use_stick(const Options& options, outbox::Outbox& outbox, const upload::PackageShelf& shelf) {
  const auto enrolment = upload::load_enrolment(options.state);  // renewed since, perhaps
  if (!enrolment) return {.fate = readiness::StickFate::not_enrolled};
  const auto stick = upload::find_stick(options.stick_place);
  if (!stick) return {.fate = readiness::StickFate::not_there};
  return upload::use_stick(outbox, *enrolment, shelf, *stick);
}

Result<void> run_keeper(const Options& options) {
  keeper::block_signals();
  const auto enrolment = upload::load_enrolment(options.state);
  if (!upload::is_enrolled(options.state)) return std::unexpected(enrolment.error());
  if (!enrolment) log::error(enrolment.error().what);  // and on the start screen
  const auto lock = keeper::FolderLock::take(options.state);
  if (!lock) return std::unexpected(lock.error());
  const upload::PackageShelf shelf(options.state / "packages", enrolment ? enrolment->authority_pem : "");
  const auto loaded = shelf.load();
  auto pin = read_pin(options.state);
  if (!pin) return std::unexpected(pin.error());
  const SystemClock clock;
  upload::Standing standing(enrolment, clock, pin->has_value());
  standing.take_over(loaded);
  auto outbox = open_outbox(options.state, Keeping::alone,
                            [&standing](const std::string& inspection) { return standing.hides_visits(inspection); });
  if (!outbox) return std::unexpected(outbox.error());

  std::unique_ptr<upload::Uploader> uploader;
  keeper::Keeper::Parts parts;
  parts.outbox = outbox->get();
  parts.envelope_waits = [&uploader] {
    if (uploader) uploader->envelope_waits();
  };
  parts.token_spent = [&uploader] {
    if (uploader) uploader->token_spent();
  };
  parts.send_now = [&uploader] {
    if (uploader) uploader->send_now();
    return uploader != nullptr;
  };
  std::unique_ptr<keeper::Keeper> keeper;
  parts.use_stick = [&] {
    if (uploader) uploader->soon([&] { keeper->tell_stick(use_stick(options, **outbox, shelf)); });
    return uploader != nullptr;
  };
  const std::string certificate = enrolment ? enrolment->certificate_pem : "";
  parts.look_over = [&options, &standing, &clock, certificate] {
    return readiness::to_json(facts_of(options, certificate, standing.collector_time(), clock));
  };
  parts.child = child_program(options);
  parts.packages = as_json(loaded.packages);
  parts.pin = std::move(*pin);
  parts.others = [&standing] { return standing.reasons(); };
  auto created = keeper::Keeper::create(std::move(parts));
  if (!created) return std::unexpected(created.error());
  keeper = *std::move(created);
  if (enrolment) uploader = start_uploader(options, *enrolment, **outbox, shelf, standing, clock, *keeper);
  auto outcome = keeper->run();
  uploader.reset();  // before the keeper that it tells, and the outbox that it empties
  return outcome;
}

// ---- commands ---------------------------------------------------------------------------------------------------

std::string read_invite() {
  if (::isatty(STDIN_FILENO) != 0) std::cout << "Paste the invite, then press Enter: " << std::flush;
  std::string line;
  std::getline(std::cin, line);
  return line;
}

Result<void> enrol(const Options& options) {
  // Anew, because the certificate has ended or was revoked: not under the feet of a kiosk that runs.
  const bool is_anew = upload::is_enrolled(options.state);
  std::optional<keeper::FolderLock> lock;
  if (is_anew) {
    auto taken = keeper::FolderLock::take(options.state);
    if (!taken) return std::unexpected(taken.error());
    lock.emplace(std::move(*taken));
  }
  const auto enrolment = upload::enrol(read_invite(), options.state, upload::make_curl_transport);
  if (!enrolment) return std::unexpected(enrolment.error());
  std::cout << "Enrolled with " << enrolment->host << " as " << enrolment->kiosk << ".\n";
  if (is_anew) {
    std::cout << "What waits here is kept. For each further inspection an inspector says: perspective-collector kiosk "
                 "allow "
              << enrolment->kiosk << " INSPECTION\n";
  }
  upload::CurlTransport transport(enrolment->identity());
  upload::PackageShelf shelf(options.state / "packages", enrolment->authority_pem);
  const auto fetched = shelf.fetch(transport);
  if (!fetched) return in_context("enrolled, but the questionnaires could not be fetched yet", fetched.error());
  for (const auto& problem : fetched->problems) log::error(problem);
  for (const auto& package : shelf.load().packages) std::cout << "Ready for inspection " << package.inspection << ".\n";
  std::cout << "Start the kiosk: perspective-kiosk --state " << options.state.string() << "\n";
  return {};
}

// What a file may say: all that an installer chooses.
bool is_configurable(const CLI::Option* option) {
  return !option->get_group().empty() && !option->check_lname("help") && !option->check_lname("version");
}

std::string why_no_size(const std::string& text) {
  return size_from(text) ? "" : "a size is WIDTHxHEIGHT, 1280x900 for example";
}

void add_options(CLI::App& app, Options& options) {
  app.footer(kFooter);
  app.set_version_flag("--version", PERSPECTIVE_VERSION);
  app.add_option("--state", options.state, "Folder of this kiosk: its keys, packages and outbox")->type_name("DIR");
  app.add_option("--assets", options.assets, "Folder of texts and words")
      ->envname("PERSPECTIVE_ASSETS")
      ->capture_default_str()
      ->type_name("DIR");
  app.add_option("--window", options.window_px, "Window of this size in pixels instead of the whole screen")
      ->check(why_no_size, "WxH");
  app.add_option("--monitor-mm", options.monitor_mm, "Size of the monitor in millimetres, where it does not know it")
      ->check(why_no_size, "WxH");
  app.add_option("--viewing-mm", options.viewing_mm,
                 "How far the eyes are from the screen; 400 for a tablet in the hand")
      ->check(CLI::Range(200, 2000))
      ->type_name("MM");
  const std::map<std::string, access::Outlet> outlets = {{"headphones", access::Outlet::headphones},
                                                         {"loudspeaker", access::Outlet::loudspeaker}};
  app.add_option("--sound", options.outlet,
                 "What is plugged in, where the machine cannot tell: loudspeaker, headphones")
      ->transform(CLI::Transformer(outlets))
      ->type_name("WHAT");
  app.add_option("--stick", options.stick_place,
                 "Where a USB stick is mounted; else one is looked for below /media, /run/media and /mnt")
      ->type_name("DIR");
#ifdef PERSPECTIVE_TEST_HOOKS
  app.add_option("--hook", options.hook, "Test builds: socket that tells what is on the screen")->type_name("SOCKET");
#endif
  app.add_option("--child", options.keeper_process)->group("");
}

// What the command line leaves open, from the file. A child is told all by its keeper.
Result<void> complete(Options& options, const fs::path& named, const std::vector<CLI::Option*>& configurable) {
  const auto file = options.keeper_process ? fs::path() : settings::file_to_read(named, PERSPECTIVE_CONFIGURATION);
  if (!file.empty()) {
    if (auto read = settings::apply_file(file, configurable); !read) return read;
  }
  if (options.state.empty()) return fail(ErrorCode::invalid, "name the folder of this kiosk with --state");
  return {};
}

int run(int count, char** words) {
  ::umask(S_IRWXG | S_IRWXO);
  Options options;
  options.assets = PERSPECTIVE_INSTALLED_ASSETS;
  CLI::App app("The kiosk: people answer on it, and what they answer is sent sealed to the collector.",
               "perspective-kiosk");
  app.fallthrough();
  add_options(app, options);
  const auto configurable = app.get_options(is_configurable);
  fs::path configuration;
  app.add_option(
         "--config", configuration,
         "File of lines \"option = value\": holds where an option is not given. A package's own is read without "
         "being named")
      ->type_name("FILE");
  const auto* enrolling = app.add_subcommand("enrol", "Enrol this kiosk; reads the invite from standard input");
  const auto* status = app.add_subcommand("status", "Say whether all has been sent");
  auto* readiness =
      app.add_subcommand("readiness", "Say whether this kiosk is ready for fieldwork; asks the collector");
  readiness->add_option("--pdf", options.pdf, "Write it there too, as PDF")->type_name("FILE");
  const auto* pin = app.add_subcommand("set-pin", "Set the supervisor's PIN: 6 to 12 digits, asked for twice");
  const auto* ruler = app.add_subcommand(
      "ruler", "Measure the monitor with a bank card, so that letters are as high as they should be");
  auto* copying = app.add_subcommand("copy-to", "Copy what waits to a USB stick; this kiosk keeps its own copies");
  copying->add_option("FOLDER", options.stick, "The stick's folder")->required();
  copying->add_flag("--however-few", options.is_however_few, "Copy also what waits for others");
  copying->footer(
      "Not beside a kiosk that runs: there the button on its start screen does the same.\n"
      "Until fieldwork ends, nothing new is copied before five wait (or as many as the inspection says), as by "
      "network:\n"
      "who has a stick with one new answer on it, and knows who was there last, knows whose it is. --however-few "
      "copies\n"
      "all the same, once nobody else will answer. Tokens that were spent go too; and, once receipts have told that\n"
      "fieldwork has ended and nothing waits any more, how the visits ended, as sums.");
  auto* taking = app.add_subcommand("take-receipts",
                                    "Take in the receipts that a stick brings back: what has one waits no longer");
  taking->add_option("FILE", options.receipts, "The collector's file, ending in .receipts")->required();
  app.require_subcommand(0, 1);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kWrongUse;
  }
  if (const auto completed = complete(options, configuration, configurable); !completed) {
    return failed(completed.error());
  }
  if (options.monitor_mm.empty()) options.monitor_mm = measured_monitor(options.state);
  harden_process();
  const auto outcome = options.keeper_process ? run_child(options)
                       : enrolling->parsed()  ? enrol(options)
                       : ruler->parsed()      ? run_ruler(options)
                       : pin->parsed()        ? set_pin(options)
                       : readiness->parsed()  ? print_readiness(options)
                       : status->parsed()     ? print_status(options)
                       : copying->parsed()    ? copy_to_stick(options)
                       : taking->parsed()     ? take_receipts(options)
                                              : run_keeper(options);
  return outcome ? kDone : failed(outcome.error());
}

}  // namespace
}  // namespace perspective

int main(int count, char** words) {
  try {
    return perspective::run(count, words);
  } catch (const std::exception&) {
    // Not its text: it may quote what was being worked on.
    perspective::log::error("the program met something that it does not know how to deal with, and ends");
    return perspective::kFailed;
  }
}
