// perspective-collector: init, serve, verify and restore here, everything else is admin/, a client of the service.
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "admin/commands.h"
#include "admin/programme_commands.h"
#include "base/log.h"
#include "base/secret.h"
#include "resources/data_folder.h"
#include "resources/offline.h"
#include "resources/restoration.h"
#include "resources/service.h"
#include "settings/settings.h"

namespace perspective {
namespace {

namespace fs = std::filesystem;
using admin::Chosen;

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

fs::path default_data() { return fs::path(environment("HOME")) / ".local/share/perspective/collector"; }

// What a file may say of `serve`: all but --help.
bool is_configurable(const CLI::Option* option) { return !option->check_lname("help"); }

// Beside the program as it is built, else where packages put it; empty: nowhere.
fs::path default_console() {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  for (const fs::path& place :
       {program.parent_path().parent_path() / "console", fs::path(PERSPECTIVE_INSTALLED_CONSOLE)}) {
    if (fs::is_regular_file(place / "index.html", ignored)) return place;
  }
  return {};
}

// The people's port may be opened later; the link's address is then what `people invite` prints.
Result<void> print_first_link(const fs::path& data, const std::string& administrator) {
  const auto link = resources::invite_first(resources::DataFolder(data), SystemClock(), administrator);
  if (!link) {
    return in_context("the collector is made, but not its first account: `people invite` makes one", link.error());
  }
  std::printf(
      "\nIts first administrator signs in as \"%s\". This link lets them choose a password, once and within a day; who "
      "has "
      "it is them:\n  %s\nWithout a page, while the collector runs:\n  perspective-collector --data %s people join\n",
      administrator.c_str(), link->c_str(), data.c_str());
  return {};
}

Result<void> init(const fs::path& data, resources::Configuration configuration, const std::string& administrator) {
  if (configuration.people_certificate.empty() != configuration.people_key.empty()) {
    return fail(ErrorCode::invalid, "--people-certificate and --people-key go together");
  }
  if (configuration.hosts.empty()) configuration.hosts = {"127.0.0.1", "localhost"};
  if (auto made = resources::DataFolder(data).make(configuration, SystemClock()); !made) return made;
  std::printf(
      "A collector is in %s. Kiosks reach it at %s, port %d.\n"
      "Its folder keys/ is what kiosks trust: back it up apart from the rest, and let nobody else read it.\n"
      "Next:\n"
      "  perspective-collector --data %s serve\n"
      "  perspective-collector --data %s inspection create ID --area TEXT --questionnaire FOLDER\n",
      data.c_str(), configuration.hosts.front().c_str(), configuration.port, data.c_str(), data.c_str());
  return print_first_link(data, administrator);
}

// Tells systemd (Type=notify) how the service stands; without systemd nobody is told.
void notify(std::string_view state) {
  const std::string name = environment("NOTIFY_SOCKET");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (name.empty() || name.size() >= sizeof address.sun_path) return;
  name.copy(address.sun_path, name.size());
  if (name.front() == '@') address.sun_path[0] = '\0';
  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  ::sendto(descriptor, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), size);
  ::close(descriptor);
}

void warn_of_swap(bool is_swap_allowed) {
  if (!swap_is_on()) return;
  log::warning(
      is_swap_allowed
          ? "swap is on and allowed: answers that are opened may reach a disk unless the swap is encrypted"
          : "swap is on: unlocking an inspection will be refused. Turn it off (swapoff -a), or see --allow-swap");
}

Result<void> serve(const resources::Service::Setting& setting) {
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ending, signal);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);  // before any thread starts: they all inherit it
  ::signal(SIGPIPE, SIG_IGN);
  auto service = resources::Service::open(setting);
  if (!service) return std::unexpected(service.error());
  log::info("listening on " + (*service)->address());
  if (!(*service)->people_address().empty()) {
    log::info("people: listening on " + (*service)->people_address() +
              (setting.console.empty() ? ", without pages: there is no console (--console)" : ", with pages"));
  }
  log::info("authority SHA-256 " + (*service)->authority_sha256());
  warn_of_swap(setting.is_swap_allowed);
  (*service)->start();
  log::info("ready");
  notify("READY=1");
  int signal = 0;
  sigwait(&ending, &signal);
  notify("STOPPING=1");
  log::info(std::string("stopping: ") + sigdescr_np(signal));
  (*service)->stop();
  log::info("stopped");
  return {};
}

void add_people_options(CLI::App& command, resources::Configuration& configuration) {
  command.add_option("--people-port", configuration.people_port,
                     "Port for people and scripts (8444, say); else closed");
  command.add_option("--people-listen", configuration.people_listen,
                     "IP address of that port (else 127.0.0.1: nobody beyond this machine)");
  command.add_option("--people-certificate", configuration.people_certificate,
                     "File with a certificate that browsers trust, and its chain (else one of the collector's own "
                     "authority); read again every day");
  command.add_option("--people-key", configuration.people_key, "File with its key");
}

void add_init(CLI::App& app, Chosen& chosen) {
  auto* const command = app.add_subcommand("init", "Make a collector: its authority, its keys, an empty store");
  const auto configuration = std::make_shared<resources::Configuration>();
  command->add_option("--host", configuration->hosts,
                      "Name or IP address that kiosks reach it by; may be given again (else 127.0.0.1)");
  command->add_option("--port", configuration->port, "Port for kiosks")->capture_default_str();
  command->add_option("--store", configuration->store,
                      "PostgreSQL database that several collectors share, postgresql://USER@HOST/DATABASE, without a "
                      "password (that is read from $PGPASSFILE, else ~/.pgpass); else a file in the folder");
  add_people_options(*command, *configuration);
  const auto administrator = std::make_shared<std::string>("administrator");
  command->add_option("--administrator", *administrator, "Sign-in name of the first administrator")
      ->capture_default_str();
  command->footer(
      "Refuses a folder that is there already. A second collector on one database is a copy of the first one's "
      "folder.\n\n"
      "Example:\n  perspective-collector --data /srv/collector init --host collector.example --port 8443");
  command->callback([&chosen, configuration, administrator] {
    chosen.run = [&chosen, configuration, administrator] { return init(chosen.data, *configuration, *administrator); };
  });
}

void add_serve(CLI::App& app, Chosen& chosen) {
  auto* const command = app.add_subcommand("serve", "Run the collector until it is told to stop (Ctrl-C, SIGTERM)");
  const auto setting = std::make_shared<resources::Service::Setting>();
  setting->assets = PERSPECTIVE_INSTALLED_ASSETS;
  setting->credentials = environment("CREDENTIALS_DIRECTORY");  // systemd's
  command->add_option("--assets", setting->assets, "Folder of the report's phrases")
      ->envname("PERSPECTIVE_ASSETS")
      ->capture_default_str();
  command->add_option("--port", setting->port, "Another port than the configured one; 0: any free one, see the log");
  command->add_option("--listen", setting->listen,
                      "IP address to listen on (else 127.0.0.1 where every host is loopback, else 0.0.0.0)");
  command->add_option("--people-port", setting->people_port,
                      "Another port for people than the configured one; 0: any free one, see the log");
  command->add_option("--people-listen", setting->people_listen, "Another IP address for that port");
  setting->console = default_console();
  command->add_option("--console", setting->console,
                      "Folder of the pages that the people's port shows (else beside the program, or where packages "
                      "put it)");
  command->add_option("--store", setting->store,
                      "Another PostgreSQL database than the configured one: postgresql://USER@HOST/DATABASE");
  command
      ->add_option("--rate", setting->requests_per_s,
                   "Requests a second that one kiosk may make over time; more are answered \"later\". 0: no limit, "
                   "nor of how many answers and tokens it may bring; for a load test")
      ->check(CLI::Range(0, 1'000'000))
      ->capture_default_str()
      ->type_name("N");
  command->add_flag("--allow-swap", setting->is_swap_allowed,
                    "Let inspections be unlocked though swap is on; only where the swap is encrypted");
  const auto lock_after_min = std::make_shared<int>(static_cast<int>(inspection::kIdleLock_s / 60));
  command
      ->add_option("--lock-after", *lock_after_min,
                   "An unlocked inspection of which nobody reads anything for so many minutes is locked again")
      ->check(CLI::Range(1, 24 * 60))
      ->capture_default_str()
      ->type_name("MINUTES");
  command->footer(
      "Stays in the foreground and logs on standard error: the address, the SHA-256 of its authority, then \"ready\".\n"
      "Under systemd use Type=notify; its credentials unlock-INSPECTION unlock inspections "
      "(collector/keys/README.md).\n\nExample:\n  perspective-collector --data /srv/collector serve");
  command->callback([&chosen, setting, lock_after_min] {
    chosen.run = [&chosen, setting, lock_after_min] {
      setting->data = chosen.data;
      setting->idle_lock_s = std::int64_t{*lock_after_min} * 60;
      return serve(*setting);
    };
  });
}

void add_verify(CLI::App& app, Chosen& chosen) {
  auto* const command = app.add_subcommand("verify", "Is a backup whole? Needs no key and no collector");
  const auto file = std::make_shared<fs::path>();
  const auto authority = std::make_shared<std::optional<std::string>>();
  command->add_option("FILE", *file, "The backup")->required();
  command->add_option("--authority", *authority, "SHA-256 of the collector's authority, as its log says it");
  command->footer(
      "Exit code 1 where it is not whole, or the audit in it is not as it was written.\n\nExample:\n  "
      "perspective-collector verify collector.backup");
  command->callback([&chosen, file, authority] {
    chosen.run = [file, authority]() -> Result<void> {
      const auto report = backup::verify(*file, *authority);
      if (!report) return std::unexpected(report.error());
      std::fputs(backup::to_text(*report, authority->has_value()).c_str(), stdout);
      if (!report->faults.empty()) return fail(ErrorCode::corrupt, file->string() + " is not whole");
      if (!report->audit.faults.empty()) return fail(ErrorCode::corrupt, "the audit was meddled with");
      return {};
    };
  });
}

// A backup does not know who has left since, or may less than then.
void print_whom_to_let_in(const std::vector<people::Account>& people, const std::string& made_on) {
  if (people.empty()) return;
  std::printf(
      "\nNobody can sign in yet: passwords, authenticators and API tokens of before are good for nothing. Each needs a "
      "new "
      "link,\nonce it runs:  perspective-collector people reset NAME. Check of each first what has changed since %s: "
      "have "
      "they left,\nare these still their roles (people roles)?\n",
      made_on.c_str());
  for (const auto& person : people) {
    std::string roles;
    for (const auto role : person.roles) roles += (roles.empty() ? "" : ", ") + std::string(people::name_of(role));
    std::printf("  %s: %s%s\n", person.name.c_str(), roles.c_str(), person.is_disabled ? " (disabled)" : "");
  }
}

Result<void> restore(resources::Restoration restoration, bool is_without_withdrawn) {
  if (restoration.withdrawn.empty() && !is_without_withdrawn) {
    return fail(ErrorCode::invalid,
                "name the file 'withdrawn' with --withdrawn, the newest there is: without it answers that people took "
                "back would count again. Only where none is left: --without-withdrawn");
  }
  const auto restored = resources::restore(restoration, SystemClock());
  if (!restored) return std::unexpected(restored.error());
  std::printf("Restored to %s.\n\n%s\nNext:\n  perspective-collector --data %s serve\n", restoration.data.c_str(),
              restored->report.manifest.about.c_str(), restoration.data.c_str());
  print_whom_to_let_in(restored->people, restored->report.manifest.made_on);
  return {};
}

void add_restore(CLI::App& app, Chosen& chosen) {
  auto* const command = app.add_subcommand("restore", "Make a collector from its backup, on a host that has none");
  const auto restoration = std::make_shared<resources::Restoration>();
  const auto is_without = std::make_shared<bool>(false);
  command->add_option("FILE", restoration->backup, "The backup")->required();
  command->add_option("--keys", restoration->keys, "Folder with a copy of all keys (key copy)")->required();
  auto* const withdrawn = command->add_option(
      "--withdrawn", restoration->withdrawn, "What people took back: the newest file of that name; may be given again");
  command->add_flag("--without-withdrawn", *is_without, "There is no such file any more: what was taken back counts")
      ->excludes(withdrawn);
  command->add_option("--store", restoration->store, "An empty PostgreSQL database, postgresql://...; else a file");
  command->add_option("--host", restoration->hosts, "Another name or address than the one that kiosks were told");
  command->add_option("--port", restoration->port, "Another port");
  command->footer(
      "Verifies the backup first. Refuses a folder, and a database, in which there is anything.\n\n"
      "Example:\n  perspective-collector --data /srv/collector restore collector.backup --keys /media/stick/keys "
      "--withdrawn withdrawn");
  command->callback([&chosen, restoration, is_without] {
    chosen.run = [&chosen, restoration, is_without] {
      restoration->data = chosen.data;
      return restore(*restoration, *is_without);
    };
  });
}

void add_others(CLI::App& app, Chosen& chosen) {
  add_verify(app, chosen);
  add_restore(app, chosen);
  admin::add_inspection_commands(app, chosen);
  admin::add_backup_commands(app, chosen);
  admin::add_key_commands(app, chosen);
  admin::add_comment_commands(app, chosen);
  admin::add_kiosk_commands(app, chosen);
  admin::add_people_commands(app, chosen);
  admin::add_bundle_commands(app, chosen);
  admin::add_paper_commands(app, chosen);
  admin::add_questionnaire_commands(app, chosen);
  admin::add_result_commands(app, chosen);
  admin::add_programme_commands(app, chosen);
  admin::add_release_commands(app, chosen);
  admin::add_crosstab_command(app, chosen);
  admin::add_row_commands(app, chosen);
  admin::add_withdrawal_commands(app, chosen);
  admin::add_audit_commands(app, chosen);
}

int run(int argc, char** argv) {
  CLI::App app(
      "Perspective's collector: gives kiosks their questionnaires, receives sealed answers, counts them,\n"
      "writes the section of the report.");
  app.name("perspective-collector");
  app.footer(admin::general_notes());
  app.set_version_flag("--version", PERSPECTIVE_VERSION);
  app.require_subcommand(1);
  Chosen chosen{.data = default_data(), .run = {}};
  auto* const data = app.add_option("--data", chosen.data, "Folder of the collector")
                         ->envname("PERSPECTIVE_DATA")
                         ->capture_default_str();
  fs::path configuration;
  app.add_option(
         "--config", configuration,
         "File of lines \"option = value\": holds where --data or an option of `serve` is not given. A package's "
         "own is read without being named")
      ->type_name("FILE");
  add_init(app, chosen);
  add_serve(app, chosen);
  auto configurable = app.get_subcommand("serve")->get_options(is_configurable);
  configurable.push_back(data);
  add_others(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::RequiredError& error) {
    // CLI11 says only that one is missing.
    const auto unknown = app.remaining(true);
    if (unknown.empty() || std::strstr(error.what(), "subcommand") == nullptr) {
      app.exit(error);
      return admin::kWrongUsage;
    }
    std::fprintf(stderr, "perspective-collector: there is no command '%s' here; --help names those that there are\n",
                 unknown.front().c_str());
    return admin::kWrongUsage;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? admin::kDone : admin::kWrongUsage;
  }
  const auto file = settings::file_to_read(configuration, PERSPECTIVE_CONFIGURATION);
  if (auto read = file.empty() ? Result<void>() : settings::apply_file(file, configurable); !read) {
    admin::exit_code_of(read);
    return admin::kWrongUsage;
  }
  const auto exit_code = admin::exit_code_of(chosen.run());
  return exit_code == admin::kDone ? chosen.when_done : exit_code;
}

}  // namespace
}  // namespace perspective

int main(int argc, char** argv) {
  perspective::harden_process();
  ::umask(0077);
  try {
    return perspective::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "perspective-collector: stopped by %s\n", typeid(error).name());
    return perspective::admin::kFailed;
  }
}
