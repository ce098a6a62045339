// A kiosk on a disk that can lose its power: the real outbox, keeper and sender, and real children on strings.
//
// Threads: the test's; the keeper has its own while the kiosk is on.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "base/file.h"
#include "keeper/keeper.h"
#include "outbox/outbox.h"
#include "simulation/line.h"
#include "support/power_cut_disk.h"
#include "unit/keeper/puppet.h"
#include "upload/courier.h"
#include "upload/ledger_report.h"
#include "upload/sender.h"
#include "upload/token_reporter.h"

namespace perspective::simulation {

class Kiosk {
 public:
  explicit Kiosk(Line& line) : line_(line) {
    keeper::block_signals();
    fs::create_directories(folder_ / "packages");
    EXPECT_TRUE(
        write_file(folder_ / "packages" / (std::string(kInspection) + ".p7"), line_.collector().signed_package()));
    start();
  }
  ~Kiosk() {
    stop();
    fs::remove_all(folder_);
  }
  Kiosk(const Kiosk&) = delete;
  Kiosk& operator=(const Kiosk&) = delete;

  void start() {
    outbox::Options options;
    options.envelope_bytes = kEnvelopeBytes;
    options.vfs = testing::PowerCutDisk::kName;
    options.reserve = [](const auto&, auto) { return true; };
    outbox_ = outbox::Outbox::open("/outbox.sqlite", options).value();
    const auto terms = [this](const std::string&) {
      return upload::Sender::Terms{.receipt_key = line_.collector().receipt_key(), .envelope_bytes = kEnvelopeBytes};
    };
    sender_.emplace(*outbox_, line_, terms);
    tokens_.emplace(*outbox_, line_, terms);
    keeper::Keeper::Parts parts;
    parts.outbox = outbox_.get();
    parts.child = theatre_.child();
    keeper_ = keeper::Keeper::create(std::move(parts)).value();
    thread_ = std::thread([this] { EXPECT_TRUE(keeper_->run()); });
    ahead_.emplace(theatre_.next_child());
    show_next();
  }
  void stop() {
    keeper_->stop();
    thread_.join();
    shown_.reset();
    ahead_.reset();
    keeper_.reset();
    tokens_.reset();
    sender_.reset();
    outbox_.reset();
  }
  void lose_power(testing::Loss loss, std::uint64_t seed) {
    stop();
    disk_.survive(loss, seed);
    start();
  }

  // The child behind comes to the front; a third one is started.
  std::string show_next() {
    shown_.emplace(std::move(*ahead_));
    ahead_.reset();
    auto found = shown_->await("show");
    shown_->open_window();
    ahead_.emplace(theatre_.next_child());
    return found;
  }
  const keeper::Puppet& shown() const { return *shown_; }
  void end_visit(const std::string& how) {
    shown_->tell("end " + how);
    shown_->tell("exit");
    // It may still be telling what it heard: who hangs up on it now ends it (SIGPIPE) before it has obeyed.
    EXPECT_TRUE(shown_->is_gone());
    show_next();
  }
  void crash() {
    shown_->tell("die");
    show_next();
  }
  // What the keeper says of it.
  std::string spend(const outbox::TokenProof& proof) const {
    shown_->tell("spend " + std::string(proof.begin(), proof.end()));
    return shown_->await("token");
  }
  bool send(const std::string& id_hex) const {
    shown_->tell("send " + id_hex);
    return shown_->await("put") == "put ok";
  }

  void upload(int steps) {
    for (int i = 0; i < steps; ++i) sender_->step();
  }
  void ask_to_send() { sender_->let_all_go(); }
  void report_tokens() { tokens_->step(); }
  upload::Step report() { return upload::LedgerReport(*outbox_, line_).step({kInspection}); }

  // A stick in it: all that waits is copied, however little. Nothing: there is nothing to copy.
  std::optional<Bytes> copy() {
    const auto& enrolment = line_.collector().enrolment;
    const auto copied = upload::copy_to_stick(*outbox_, enrolment, shelf_.load().packages, folder_, upload::Few::too);
    if (!copied || copied->files.empty()) return std::nullopt;
    return read_file(copied->files.front()).value();
  }
  Result<upload::Taken> take(const std::string& receipts) {
    EXPECT_TRUE(write_file(folder_ / "receipts", as_bytes(receipts)));
    return upload::take_receipts(*outbox_, shelf_, folder_ / "receipts");
  }

  outbox::Outbox& outbox() { return *outbox_; }
  Ledger ledger() { return outbox_->ledgers().value()[kInspection]; }
  // An end is written after the next child is on the screen.
  Ledger settled_ledger() {
    for (int i = 0; i < keeper::kPatienceMs && ledger().in_progress() > 0; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return ledger();
  }
  testing::PowerCutDisk& disk() { return disk_; }

 private:
  Line& line_;
  fs::path folder_ = fs::temp_directory_path() / ("kiosk-" + to_hex(random_bytes(8)));
  upload::PackageShelf shelf_{folder_ / "packages", line_.collector().enrolment.authority_pem};
  testing::PowerCutDisk disk_;
  keeper::Theatre theatre_;
  std::unique_ptr<outbox::Outbox> outbox_;
  std::optional<upload::Sender> sender_;
  std::optional<upload::TokenReporter> tokens_;
  std::unique_ptr<keeper::Keeper> keeper_;
  std::thread thread_;
  std::optional<keeper::Puppet> shown_;
  std::optional<keeper::Puppet> ahead_;
};

}  // namespace perspective::simulation
