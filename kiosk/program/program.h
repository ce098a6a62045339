// The parts of perspective-kiosk that its main.cc runs: the child, and what `status` prints.
//
// Threads: one.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "access/listening.h"
#include "app/assets.h"
#include "base/clock.h"
#include "base/result.h"
#include "keeper/channel.h"
#include "keeper/pin_lock.h"
#include "outbox/outbox.h"
#include "platform/window.h"
#include "readiness/report.h"
#include "staff/staff.h"
#include "upload/collector_time.h"

namespace perspective {

struct Options {
  std::filesystem::path state;
  std::filesystem::path assets;
  std::string window_px;   // WIDTHxHEIGHT, or empty
  std::string monitor_mm;  // likewise
  int viewing_mm = static_cast<int>(access::kViewingMm);
  access::Outlet outlet = access::Outlet::loudspeaker;  // where no sound server tells
  std::filesystem::path stick_place;                    // where a stick is mounted; empty: it is looked for
  std::filesystem::path stick;                          // of copy-to
  bool is_however_few = false;                          // likewise
  std::filesystem::path receipts;                       // of take-receipts
  std::string hook;
  std::filesystem::path pdf;          // of the readiness report, or empty
  std::optional<int> keeper_process;  // we are a child of it
};

std::optional<platform::Size> size_from(const std::string& text);  // WIDTHxHEIGHT

enum class Keeping { alone, as_guest };  // guest: a kiosk that runs keeps it
Result<std::unique_ptr<outbox::Outbox>> open_outbox(const std::filesystem::path& state, Keeping keeping,
                                                    std::function<bool(const std::string&)> hides_visits = {});

staff::Status status_of(const keeper::State& state);

// One visit: the process that has the window and the answers. Until its visit ends, or its keeper does.
Result<void> run_child(const Options& options);

// The size that an installer measured, WIDTHxHEIGHT in millimetres; empty: nobody has.
std::string measured_monitor(const std::filesystem::path& state);
// The screen on which to measure it, until it is kept or left.
Result<void> run_ruler(const Options& options);

// Asked for twice at the terminal, or two lines from standard input; while no kiosk runs here.
Result<void> set_pin(const Options& options);
Result<std::optional<keeper::PinLock>> read_pin(const std::filesystem::path& state);  // nothing: none is set

// All but sound and screen, which the window's process knows. certificate: of the kiosk; empty: none.
readiness::Facts facts_of(const Options& options, const std::string& certificate, const upload::CollectorTime& time,
                          const Clock& clock);
Result<void> print_readiness(const Options& options);

const text::Catalogue& words_for_terminal(const app::Assets& assets);  // in the language of LANG, or English
Result<void> print_status(const Options& options);

// What waits goes by stick, its receipts come back by it; the first also while a kiosk runs.
Result<void> copy_to_stick(const Options& options);
Result<void> take_receipts(const Options& options);

}  // namespace perspective
