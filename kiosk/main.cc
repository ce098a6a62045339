// perspective-kiosk: construct and run. The keeper (parent) has outbox, uploader and network; each visit is a child of
// it, this same program with the hidden option --child, which has the window and the answers.
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

#include "app/app.h"
#include "base/log.h"
#include "base/secret.h"
#include "keeper/folder_lock.h"
#include "keeper/isolation.h"
#include "keeper/keeper.h"
#include "keeper/package_memory.h"
#include "outbox/outbox.h"
#include "platform/window.h"
#include "protocol/limits.h"
#include "upload/enrolment.h"
#include "upload/packages.h"
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

The first line of status is one of: all sent, some waiting, full (then no visit can start).
An inspector makes invites: perspective-collector kiosk invite --inspection ID)";

struct Options {
  fs::path state;
  fs::path assets;
  std::string window_px;   // WIDTHxHEIGHT, or empty
  std::string monitor_mm;  // likewise
  std::string hook;
  std::optional<int> keeper_process;  // we are a child of it
};

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

fs::path default_assets() {
  const char* chosen = std::getenv("PERSPECTIVE_ASSETS");
  return chosen != nullptr && *chosen != '\0' ? chosen : PERSPECTIVE_INSTALLED_ASSETS;
}

std::optional<platform::Size> size_from(const std::string& text) {
  platform::Size size;
  char cross = 0;
  char rest = 0;
  std::istringstream in(text);
  if (!(in >> size.width >> cross >> size.height) || cross != 'x' || (in >> rest)) return std::nullopt;
  return size.width > 0 && size.height > 0 ? std::optional(size) : std::nullopt;
}

// ---- the child: one visit ---------------------------------------------------------------------------------------

staff::Status status_of(const keeper::State& state) {
  const bool is_full = state.outbox == outbox::State::full;
  const bool is_empty = state.outbox == outbox::State::empty;
  staff::Status status;
  status.sending = is_full ? staff::Sending::full : is_empty ? staff::Sending::all_sent : staff::Sending::some_waiting;
  status.reason = state.reason;
  status.is_taking_visits = !is_full;
  return status;
}

// Test builds: a hidden window listens beside the hook's path and takes the path over when it is shown.
std::string hook_while_hidden(const std::string& hook) {
  return hook.empty() ? hook : hook + "." + std::to_string(::getpid());
}

// What the keeper says, done; and what the app wants, said to the keeper.
class VisitProcess {
 public:
  VisitProcess(keeper::DraftMemory draft, app::Assets assets, std::vector<protocol::Package> packages)
      : draft_(std::move(draft)), app_(app::App::create(std::move(assets), std::move(packages), host())) {}

  Result<void> run(const Options& options) {
    if (!app_) return std::unexpected(app_.error());
    auto window = platform::Window::open(platform::model_of(*app_), {.window_px = size_from(options.window_px),
                                                                     .monitor_mm = size_from(options.monitor_mm),
                                                                     .is_hidden = true,
                                                                     .hook = hook_while_hidden(options.hook)});
    if (!window) return std::unexpected(window.error());
    window_ = &*window;
    hook_ = options.hook;
    window->watch(channel_.descriptor(), [this] { return hear(); });
    say(keeper::Ready{});
    window->run();
    window_ = nullptr;
    return {};
  }

 private:
  app::Host host() {
    return {.save_draft = [this](const std::string& json) { save(json); },
            .put =
                [this](const std::string& inspection, const envelope::EnvelopeId& id, Bytes body) {
                  say(keeper::Put{{id, inspection, std::move(body)}});
                },
            .wait = [this](std::chrono::milliseconds duration) { wait(duration); },
            .visit_started = [this] { say(keeper::VisitStarted{}); },
            .visit_ended =
                [this](visit::Ending) {
                  say(keeper::VisitEnded{});
                  stop();
                }};
  }

  void save(const std::string& json) {
    if (auto saved = draft_.store(json); !saved) log::error(saved.error().what);
  }

  // Without a keeper there is nobody to keep anything: the end.
  void say(const keeper::Message& message) {
    if (!channel_.send(message)) stop();
  }

  void wait(std::chrono::milliseconds duration) {
    if (window_ == nullptr) return;
    window_->after(duration, [this] {
      app_->waited();
      window_->redraw();
    });
  }

  void stop() {
    if (window_ != nullptr) window_->stop();
  }

  bool hear() {
    for (;;) {
      const auto message = channel_.receive();
      if (!message) {
        stop();
        return false;
      }
      if (!*message) break;
      take(**message);
    }
    window_->redraw();
    return true;
  }

  void take(const keeper::Message& message) {
    if (const auto* state = std::get_if<keeper::State>(&message)) {
      app_->set_status(status_of(*state));
    } else if (std::holds_alternative<keeper::Show>(message)) {
      restore();
      window_->show();
      if (!hook_.empty()) fs::rename(hook_while_hidden(hook_), hook_);
    } else if (std::holds_alternative<keeper::PutOk>(message)) {
      app_->put_finished({});
    } else if (const auto* failure = std::get_if<keeper::PutFailed>(&message)) {
      app_->put_finished(fail(failure->code, failure->what));
    }
  }

  void restore() {
    const auto draft = draft_.read();
    if (draft.empty()) return;
    if (auto restored = app_->restore(draft.text()); !restored) {
      log::error("what was on the screen cannot be brought back: " + restored.error().what);
      draft_.wipe();
      return;
    }
    say(keeper::VisitStarted{});
  }

  keeper::DraftMemory draft_;
  keeper::Channel channel_{keeper::kChannelDescriptor};
  platform::Window* window_ = nullptr;  // while it is open
  std::string hook_;
  Result<app::App> app_;
};

Result<std::vector<protocol::Package>> inherited_packages() {
  const auto texts = keeper::read_packages(keeper::kPackagesDescriptor);
  if (!texts) return std::unexpected(texts.error());
  std::vector<protocol::Package> packages;
  for (const auto& json : *texts) {
    auto package = protocol::package_from_json(json);
    if (!package) return std::unexpected(package.error());
    packages.push_back(std::move(*package));
  }
  return packages;
}

Result<void> run_child(const Options& options) {
  const auto network = keeper::isolate_child(*options.keeper_process);
  if (!network) return std::unexpected(network.error());
  if (*network == keeper::Network::left) {
    log::warning("this system does not let the window's process give up its network");
  }
  auto draft = keeper::DraftMemory::attach(keeper::kDraftDescriptor);
  if (!draft) return std::unexpected(draft.error());
  auto packages = inherited_packages();
  if (!packages) return std::unexpected(packages.error());
  auto assets = app::load_assets(options.assets);
  if (!assets) return std::unexpected(assets.error());
  return VisitProcess(std::move(*draft), std::move(*assets), std::move(*packages)).run(options);
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
  if (!options.hook.empty()) add("--hook", options.hook);
  program.arguments.emplace_back("--child");  // its value, our process id, is put behind it
  return program;
}

Result<std::unique_ptr<outbox::Outbox>> open_outbox(const fs::path& state) {
  outbox::Options options;
  options.envelope_bytes = protocol::kMaxEnvelopeBytes;
  return outbox::Outbox::open(state / "outbox.sqlite", options);
}

std::vector<std::string> as_json(const std::vector<protocol::Package>& packages) {
  std::vector<std::string> texts;
  for (const auto& package : packages) texts.push_back(protocol::to_json(package));
  return texts;
}

Result<void> run_keeper(const Options& options) {
  keeper::block_signals();
  const auto enrolment = upload::load_enrolment(options.state);
  if (!enrolment) return std::unexpected(enrolment.error());
  const auto lock = keeper::FolderLock::take(options.state);
  if (!lock) return std::unexpected(lock.error());
  auto outbox = open_outbox(options.state);
  if (!outbox) return std::unexpected(outbox.error());
  const upload::PackageShelf shelf(options.state / "packages", enrolment->authority_pem);

  std::unique_ptr<upload::Uploader> uploader;
  keeper::Keeper::Parts parts;
  parts.outbox = outbox->get();
  parts.envelope_waits = [&uploader] { uploader->envelope_waits(); };
  parts.child = child_program(options);
  parts.packages = as_json(shelf.load().packages);
  auto keeper = keeper::Keeper::create(std::move(parts));
  if (!keeper) return std::unexpected(keeper.error());
  auto* told = keeper->get();
  uploader = std::make_unique<upload::Uploader>(
      **outbox, upload::make_curl_transport(enrolment->identity()), shelf,
      upload::Uploader::Told{
          .outbox_changed = [told] { told->announce(); },
          .packages_changed = [told](const auto& packages) { told->use_packages(as_json(packages)); }});
  auto outcome = (*keeper)->run();
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
  const auto enrolment = upload::enrol(read_invite(), options.state, upload::make_curl_transport);
  if (!enrolment) return std::unexpected(enrolment.error());
  std::cout << "Enrolled with " << enrolment->host << " as " << enrolment->kiosk << ".\n";
  upload::CurlTransport transport(enrolment->identity());
  upload::PackageShelf shelf(options.state / "packages", enrolment->authority_pem);
  const auto fetched = shelf.fetch(transport);
  if (!fetched) return in_context("enrolled, but the questionnaires could not be fetched yet", fetched.error());
  for (const auto& problem : fetched->problems) log::error(problem);
  for (const auto& package : shelf.load().packages) std::cout << "Ready for inspection " << package.inspection << ".\n";
  std::cout << "Start the kiosk: perspective-kiosk --state " << options.state.string() << "\n";
  return {};
}

Result<void> print_status(const Options& options) {
  if (!upload::is_enrolled(options.state)) return std::unexpected(upload::load_enrolment(options.state).error());
  auto outbox = open_outbox(options.state);
  if (!outbox) return std::unexpected(outbox.error());
  const auto state = (*outbox)->state();
  if (!state) return std::unexpected(state.error());
  const auto notice = (*outbox)->notice().value_or("");
  const bool is_sent = *state == outbox::State::empty;
  const bool is_full = *state == outbox::State::full;
  std::cout << (is_sent ? "all sent" : is_full ? "full" : "some waiting") << "\n";
  if (is_full) std::cout << "The disk has no room for more. Free some space, then start the kiosk again.\n";
  if (!notice.empty() && !is_sent) std::cout << notice << "\n";
  return {};
}

std::string why_no_size(const std::string& text) {
  return size_from(text) ? "" : "a size is WIDTHxHEIGHT, 1280x900 for example";
}

void add_options(CLI::App& app, Options& options) {
  app.footer(kFooter);
  app.set_version_flag("--version", PERSPECTIVE_VERSION);
  app.add_option("--state", options.state, "Folder of this kiosk: its keys, packages and outbox")
      ->required()
      ->type_name("DIR");
  app.add_option("--assets", options.assets, "Folder of texts and words")
      ->default_str(default_assets().string())
      ->type_name("DIR");
  app.add_option("--window", options.window_px, "Window of this size in pixels instead of the whole screen")
      ->check(why_no_size, "WxH");
  app.add_option("--monitor-mm", options.monitor_mm, "Size of the monitor in millimetres, where it does not know it")
      ->check(why_no_size, "WxH");
#ifdef PERSPECTIVE_TEST_HOOKS
  app.add_option("--hook", options.hook, "Test builds: socket that tells what is on the screen")->type_name("SOCKET");
#endif
  app.add_option("--child", options.keeper_process)->group("");
}

int run(int count, char** words) {
  ::umask(S_IRWXG | S_IRWXO);
  Options options;
  options.assets = default_assets();
  CLI::App app("The kiosk: people answer on it, and what they answer is sent sealed to the collector.",
               "perspective-kiosk");
  app.fallthrough();
  add_options(app, options);
  const auto* enrolling = app.add_subcommand("enrol", "Enrol this kiosk; reads the invite from standard input");
  const auto* status = app.add_subcommand("status", "Say whether all has been sent");
  app.require_subcommand(0, 1);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kWrongUse;
  }
  harden_process();
  const auto outcome = options.keeper_process ? run_child(options)
                       : enrolling->parsed()  ? enrol(options)
                       : status->parsed()     ? print_status(options)
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
