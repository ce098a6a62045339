// The half of the kiosk that a respondent sits in front of: what the keeper says, done; what the app wants, said to the
// keeper.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <memory>
#include <sstream>
#include <utility>

#include "app/app.h"
#include "base/log.h"
#include "keeper/draft_memory.h"
#include "keeper/isolation.h"
#include "keeper/package_memory.h"
#include "keeper/pin_lock.h"
#include "platform/bus/bus.h"
#include "platform/speech/espeak_speaker.h"
#include "platform/speech/outlet_watch.h"
#include "program/program.h"
#include "staff/desk.h"

namespace perspective {
namespace {

namespace fs = std::filesystem;

static_assert(staff::kLeastPinDigits == keeper::kLeastPinDigits && staff::kMostPinDigits == keeper::kMostPinDigits);

// Test builds: a hidden window listens beside the hook's path and takes the path over when it is shown.
std::string hook_while_hidden(const std::string& hook) {
  return hook.empty() ? hook : hook + "." + std::to_string(::getpid());
}

outbox::Ending as_counted(visit::Ending ending) {
  switch (ending) {
    case visit::Ending::sent:
      return outbox::Ending::put;
    case visit::Ending::deleted:
      return outbox::Ending::stopped;
    case visit::Ending::timed_out:
      return outbox::Ending::timed_out;
    case visit::Ending::turned_away:
      break;
  }
  return outbox::Ending::lost;
}

app::App::TokenFate fate_of(keeper::TokenFate fate) {
  switch (fate) {
    case keeper::TokenFate::spent:
      return app::App::TokenFate::spent;
    case keeper::TokenFate::spent_before:
      return app::App::TokenFate::spent_before;
    case keeper::TokenFate::not_kept:
      break;
  }
  return app::App::TokenFate::not_kept;
}

// What the keeper says, done; and what the app wants, said to the keeper.
class VisitProcess {
 public:
  VisitProcess(keeper::DraftMemory draft, app::Assets assets, const std::vector<protocol::Package>& packages,
               access::Outlet outlet, const fs::path& clips)
      : draft_(std::move(draft)),
        outlet_(outlet),
        speaker_(made_speaker(clips, recordings_of(packages))),
        app_(app::App::create(std::move(assets), packages, host())) {}

  Result<void> run(const Options& options) {
    auto window =
        platform::Window::open(platform::model_of(app_), {.window_px = size_from(options.window_px),
                                                          .monitor_mm = size_from(options.monitor_mm),
                                                          .viewing_mm = static_cast<float>(options.viewing_mm),
                                                          .is_hidden = true,
                                                          .hook = hook_while_hidden(options.hook)});
    if (!window) return std::unexpected(window.error());
    window_ = &*window;
    wakes_ = window_;
    const platform::OutletWatch outlets([this](auto outlet) { sound_goes_to(outlet); });
    hook_ = options.hook;
    // Ready once there is a picture: only then does the keeper start the next child, which would slow this one down.
    if (hear()) window->watch(channel_.descriptor(), [this] { return hear(); });
    window->draw_ahead();
    say(keeper::Ready{});
    window->run();
    window_ = nullptr;
    speaker_.reset();  // while the window is there that it wakes
    return {};
  }

 private:
  app::Host host() {
    return {.save_draft = [this](const std::string& json) { save(json); },
            .put =
                [this](const std::string& inspection, const envelope::EnvelopeId& id, Bytes body) {
                  say(keeper::Put{{id, inspection, std::move(body)}});
                },
            .count_deleted = [this] { say(keeper::Deleted{}); },
            .spend_token =
                [this](const std::string& inspection, const protocol::TokenProof& proof) {
                  say(keeper::Spend{{inspection, proof}});
                },
            .withdraw =
                [this](const std::vector<app::Withdrawal>& withdrawals) {
                  keeper::Withdraw wanted;
                  for (const auto& [inspection, id] : withdrawals) wanted.wishes.push_back({id, inspection});
                  say(wanted);
                },
            .wait = [this](std::chrono::milliseconds duration) { wait(duration); },
            .wait_for_input = [this](std::chrono::milliseconds duration) { wait_for_input(duration); },
            .wait_to_scan = [this](std::chrono::milliseconds duration) { wait_to_scan(duration); },
            .speaker = speaker_.get(),
            .outlet = outlet_,
            .try_pin = [this](SecretBytes pin) { say(keeper::TryPin{std::move(pin)}); },
            .send_now = [this] { say(keeper::SendNow{}); },
            .use_stick = [this] { say(keeper::UseStick{}); },
            .look_over = [this] { say(keeper::LookOver{}); },
            .visit_started = [this](const std::string& inspection) { say(keeper::VisitStarted{inspection}); },
            .visit_ended =
                [this](visit::Ending ending) {
                  say(keeper::VisitEnded{as_counted(ending)});
                  stop();
                }};
  }

  static std::vector<Bytes> recordings_of(const std::vector<protocol::Package>& packages) {
    std::vector<Bytes> recordings;
    for (const auto& package : packages) {
      for (const auto& [id, packed] : package.questionnaires) {
        recordings.insert(recordings.end(), packed.recordings.begin(), packed.recordings.end());
      }
    }
    return recordings;
  }

  std::unique_ptr<platform::EspeakSpeaker> made_speaker(const fs::path& clips, std::vector<Bytes> packed) {
    const auto redraw = [this] {
      if (auto* window = wakes_.load()) window->wake();
    };
    const auto tell = [this] {
      if (auto* window = wakes_.load()) window->post([this] { sound_changed(); });
    };
    return std::make_unique<platform::EspeakSpeaker>(
        platform::EspeakSpeaker::Told{.word_changed = redraw, .heard_changed = tell}, clips, std::move(packed));
  }

  void sound_changed() {
    app_.sound_changed();
    if (window_ != nullptr) window_->redraw();
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
      app_.waited();
      window_->redraw();
    });
  }

  // Where nobody can tell, the installer has.
  void sound_goes_to(std::optional<access::Outlet> outlet) {
    app_.set_outlet(outlet.value_or(outlet_));
    if (!outlet) speaker_->look();
    if (window_ != nullptr) window_->redraw();
  }

  void wait_for_input(std::chrono::milliseconds duration) {
    if (window_ == nullptr) return;
    window_->set_alarm(platform::Window::Alarm::quiet, duration, [this] {
      app_.idled();
      window_->redraw();
    });
  }

  void wait_to_scan(std::chrono::milliseconds duration) {
    if (window_ == nullptr) return;
    window_->set_alarm(platform::Window::Alarm::scan, duration, [this] {
      app_.scan_on();
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
      app_.set_status(status_of(*state));
    } else if (std::holds_alternative<keeper::Show>(message)) {
      if (!restore()) return;
      window_->show();
      if (!hook_.empty())
        window_->after(platform::Window::kDeaf, [this] { fs::rename(hook_while_hidden(hook_), hook_); });
    } else if (const auto* answer = std::get_if<keeper::TokenAnswer>(&message)) {
      app_.token_answered(fate_of(answer->fate));
    } else if (std::holds_alternative<keeper::PutOk>(message)) {
      app_.put_finished({});
    } else if (const auto* failure = std::get_if<keeper::PutFailed>(&message)) {
      app_.put_finished(fail(failure->code, failure->what));
    } else if (std::holds_alternative<keeper::HasPin>(message)) {
      app_.lock();
    } else if (const auto* tried = std::get_if<keeper::PinTried>(&message)) {
      app_.pin_tried({.is_right = tried->is_right, .locked_s = static_cast<int>(tried->locked_s)});
    } else if (const auto* sent = std::get_if<keeper::NowSent>(&message)) {
      app_.now_sent(sent->why_not);
    } else if (const auto* used = std::get_if<keeper::StickUsed>(&message)) {
      app_.stick_used(used->news);
    } else if (const auto* looked = std::get_if<keeper::LookedOver>(&message)) {
      looked_over(looked->facts);
    }
  }

  void looked_over(const std::string& json) {
    auto facts = readiness::from_json(json);
    if (!facts) return log::error(facts.error().what);
    const auto px = window_->monitor_px();
    const float mm = 1 / window_->pixels_per_mm();
    facts->screen_width_mm = std::lround(static_cast<float>(px.width) * mm);
    facts->screen_height_mm = std::lround(static_cast<float>(px.height) * mm);
    app_.looked_over(std::move(*facts));
  }

  // False: that visit is over, and with it this process.
  bool restore() {
    if (draft_.is_empty()) return true;
    say(keeper::DraftTaken{});
    const auto draft = draft_.read();
    if (auto restored = app_.restore(draft.text()); !restored) {
      log::error("what was on the screen cannot be brought back: " + restored.error().what);
      say(keeper::VisitEnded{outbox::Ending::lost});
      stop();
      return false;
    }
    return true;
  }

  keeper::DraftMemory draft_;
  access::Outlet outlet_;
  std::atomic<platform::Window*> wakes_ = nullptr;
  std::unique_ptr<platform::EspeakSpeaker> speaker_;
  keeper::Channel channel_{keeper::kChannelDescriptor};
  platform::Window* window_ = nullptr;  // while it is open
  std::string hook_;
  app::App app_;
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

}  // namespace

std::optional<platform::Size> size_from(const std::string& text) {
  platform::Size size;
  char cross = 0;
  char rest = 0;
  std::istringstream in(text);
  if (!(in >> size.width >> cross >> size.height) || cross != 'x' || (in >> rest)) return std::nullopt;
  return size.width > 0 && size.height > 0 ? std::optional(size) : std::nullopt;
}

Result<void> run_child(const Options& options) {
  const auto network = keeper::isolate_child(*options.keeper_process);
  if (!network) return std::unexpected(network.error());
  if (*network == keeper::Network::left) {
    log::warning("this system does not let the window's process give up its network");
  }
  platform::bus::forgo_peer_socket();
  auto draft = keeper::DraftMemory::attach(keeper::kDraftDescriptor);
  if (!draft) return std::unexpected(draft.error());
  auto packages = inherited_packages();
  if (!packages) return std::unexpected(packages.error());
  auto assets = app::load_assets(options.assets);
  if (!assets) return std::unexpected(assets.error());
  return VisitProcess(std::move(*draft), std::move(*assets), *packages, options.outlet, options.assets).run(options);
}

}  // namespace perspective
