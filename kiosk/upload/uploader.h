// The thread that fetches packages, empties the outbox and, when fieldwork has ended, tells how the visits ended.
//
// Promise:   sleeps until something is put, a retry is due or packages are to be looked for: no polling. Ends soon
//            after it is told to, also in the middle of a request. Asks for its packages every six hours and, while it
//            sends, as soon as an answer says that the list has changed: so the end of fieldwork reaches who sends at
//            once. With that question goes what it says of itself, and it asks once more when all of an ended fieldwork
//            has left, so that the collector knows.
// Errors:    none leave it: the supervisor's notice is in the outbox, the rest in the log, nothing of it per visit.
// Ownership: owns its thread and the transport; refers to outbox and clock.
// Threads:   the constructor and the destructor on one; envelope_waits(), token_spent(), send_now() and soon() from
// any. Its
//            functions are called on its own thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "outbox/outbox.h"
#include "protocol/package.h"
#include "protocol/self_report.h"
#include "upload/ledger_report.h"
#include "upload/packages.h"
#include "upload/sender.h"
#include "upload/token_reporter.h"
#include "upload/transport.h"

namespace perspective::upload {

class Uploader {
 public:
  struct Told {
    std::function<void()> outbox_changed;
    std::function<void(const std::vector<protocol::Package>&)> packages_changed;
    std::function<void(const Notice& why_not)> sent_now = {};  // how it went that send_now() asked for
    std::function<void(Transport&)> is_connected = {};  // the collector has just answered: what else is there to ask?
  };
  struct About {  // this kiosk: what it says of itself
    std::string program;
    const Clock& clock;
  };
  Uploader(outbox::Outbox& outbox, std::unique_ptr<Transport> transport, PackageShelf shelf, About about, Told told);
  ~Uploader();
  Uploader(const Uploader&) = delete;
  Uploader& operator=(const Uploader&) = delete;

  void envelope_waits();  // or a visit has ended, whatever became of it
  void token_spent();
  // All that waits, however few: a supervisor asked for it, knowing what it tells whoever watches the line. The
  // collector is asked for packages too, whether or not something waits: else only who has nothing to send would be
  // told that all is sent while there is no network, and so that the last respondent had sent nothing.
  void send_now();
  // Between two requests: what must not run beside them. It may change the shelf.
  using Task = std::function<void()>;
  void soon(Task task);

 private:
  using Time = std::chrono::steady_clock::time_point;

  void run();
  void load_packages();
  void take_over_packages();
  Notice fetch_packages();  // why it failed; nothing: it did not
  bool is_asked_to_send();
  void do_tasks();
  Step send_all_that_may();
  protocol::SelfReport report() const;
  bool is_fieldwork_over() const;
  Notice send_what_waits(bool is_asked);
  void report_when_ended();
  void report_tokens();
  void notice(const Notice& notice);
  void tell_notice();
  void sleep();
  bool is_stopping();
  Sender::Terms terms_of(const std::string& inspection) const;

  outbox::Outbox& outbox_;
  std::unique_ptr<Transport> transport_;
  PackageShelf shelf_;
  const About about_;
  Told told_;
  std::vector<protocol::Package> packages_;
  std::vector<std::string> withheld_;  // of these, as the shelf has them
  Sender sender_;
  LedgerReport ledger_;
  TokenReporter tokens_;
  Time fetch_at_{};
  Time ledger_at_{};
  std::optional<Time> retry_at_;
  std::optional<Time> tokens_at_;
  Notice notice_;                 // why answers, or the ledger, do not go
  bool are_tokens_late_ = false;  // their last report failed
  std::optional<std::string> last_fetch_problem_;
  std::string list_tag_;   // of the list as it was last fetched
  std::string heard_tag_;  // fetched for, whatever came of it

  std::mutex mutex_;
  std::condition_variable wakes_;
  bool is_stopping_ = false;
  bool has_envelope_ = true;  // of the last run of the program, perhaps
  bool has_token_ = true;     // ditto
  bool is_to_send_now_ = false;
  std::vector<Task> tasks_;
  std::thread thread_;
};

}  // namespace perspective::upload
