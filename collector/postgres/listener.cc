#include "postgres/listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/bytes.h"

namespace perspective::postgres {
namespace {

constexpr std::chrono::milliseconds kLongestWait{60'000};
constexpr std::chrono::milliseconds kUntilNextTry{1'000};
constexpr std::chrono::milliseconds kTogether{50};  // what is said meanwhile is passed on as one
constexpr std::size_t kHexOfId = 2 * store::Id().size();

Notice notice_of(const std::string& said) {
  const auto space = said.find(' ');
  if (space == std::string::npos) return {.inspection = {}, .is_withdrawal = true};  // of a newer version
  const auto end = std::min(said.find(' ', space + 1), said.size());
  Notice notice{.inspection = said.substr(space + 1, end - space - 1),
                .is_withdrawal = said.substr(0, space) != "stored"};
  for (auto at = end; at < said.size(); at += 1 + kHexOfId) {
    const auto bytes = from_hex(said.substr(at + 1, kHexOfId));
    store::Id id{};
    if (!bytes || bytes->size() != id.size()) return {.inspection = {}, .is_withdrawal = true};
    std::ranges::copy(*bytes, id.begin());
    notice.ids.push_back(id);
  }
  return notice;
}

// One of each inspection and kind. Where one of them does not say which, neither does what they become.
std::vector<Notice> together(const std::vector<std::string>& said) {
  std::map<std::pair<std::string, bool>, Notice> all;
  for (const auto& one : said) {
    auto notice = notice_of(one);
    const auto [known, is_new] = all.try_emplace({notice.inspection, notice.is_withdrawal}, notice);
    auto& ids = known->second.ids;
    if (is_new || ids.empty()) continue;
    if (notice.ids.empty()) ids.clear();
    ids.insert(ids.end(), notice.ids.begin(), notice.ids.end());
  }
  std::vector<Notice> notices;
  for (auto& [_, notice] : all) notices.push_back(std::move(notice));
  return notices;
}

}  // namespace

Listener::Listener(Address address, OnNotice on_notice, std::chrono::milliseconds patience)
    : address_(std::move(address)),
      on_notice_(std::move(on_notice)),
      patience_(patience),
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
    if (auto connection = Connection::open(address_, patience_)) listen(**connection);
  } while (!is_over_within(kUntilNextTry));
}

// Returns when the connection is lost, or it is to stop.
void Listener::listen(Connection& connection) {
  if (!connection.execute("LISTEN perspective")) return;
  on_notice_({.inspection = {}, .is_withdrawal = true});
  do {
    const auto said = connection.notifications(stop_, kLongestWait);
    if (!said) return;
    for (const auto& notice : together(*said)) on_notice_(notice);
  } while (!is_over_within(kTogether));
}

}  // namespace perspective::postgres
