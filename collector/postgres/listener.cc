#include "postgres/listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <set>
#include <utility>

namespace perspective::postgres {
namespace {

constexpr std::chrono::milliseconds kLongestWait{60'000};
constexpr std::chrono::milliseconds kUntilNextTry{1'000};
constexpr std::chrono::milliseconds kTogether{50};  // what is said meanwhile is passed on as one

Notice notice_of(const std::string& said) {
  const auto space = said.find(' ');
  if (space == std::string::npos) return {.inspection = {}, .is_withdrawal = true};  // of a newer version
  return {.inspection = said.substr(space + 1), .is_withdrawal = said.substr(0, space) != "stored"};
}

}  // namespace

Listener::Listener(Address address, OnNotice on_notice)
    : address_(std::move(address)),
      on_notice_(std::move(on_notice)),
      stop_(::eventfd(0, EFD_CLOEXEC)),
      thread_([this] { work(); }) {}

Listener::~Listener() {
  ::eventfd_write(stop_, 1);
  thread_.join();
  ::close(stop_);
}

bool Listener::is_over_within(std::chrono::milliseconds time) const {
  pollfd stop{stop_, POLLIN, 0};
  return ::poll(&stop, 1, static_cast<int>(time.count())) == 1;
}

void Listener::work() {
  do {
    if (auto connection = Connection::open(address_)) listen(**connection);
  } while (!is_over_within(kUntilNextTry));
}

// Returns when the connection is lost, or it is to stop.
void Listener::listen(Connection& connection) {
  if (!connection.execute("LISTEN perspective")) return;
  on_notice_({.inspection = {}, .is_withdrawal = true});
  do {
    const auto said = connection.notifications(stop_, kLongestWait);
    if (!said) return;
    std::set<Notice> notices;
    for (const auto& one : *said) notices.insert(notice_of(one));
    for (const auto& notice : notices) on_notice_(notice);
  } while (!is_over_within(kTogether));
}

}  // namespace perspective::postgres
