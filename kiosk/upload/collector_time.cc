#include "upload/collector_time.h"

#include <curl/curl.h>

#include <ctime>
#include <utility>

namespace perspective::upload {
namespace {

// Goes on while the machine sleeps, and no setting of the clock moves it.
std::int64_t since_start_s() {
  timespec time{};
  ::clock_gettime(CLOCK_BOOTTIME, &time);
  return time.tv_sec;
}

class ListeningTransport final : public Transport {
 public:
  ListeningTransport(std::unique_ptr<Transport> transport, CollectorTime& time)
      : transport_(std::move(transport)), time_(time) {}

  Result<Answer> send(const Request& request) override {
    auto answer = transport_->send(request);
    if (answer) time_.hear(answer->header("date"));
    return answer;
  }
  void interrupt() override { transport_->interrupt(); }

 private:
  std::unique_ptr<Transport> transport_;
  CollectorTime& time_;
};

}  // namespace

void CollectorTime::hear(const std::string& date) {
  const auto time_s = date.empty() ? -1 : curl_getdate(date.c_str(), nullptr);
  if (time_s > 0) at_start_s_ = time_s - since_start_s();
}

std::optional<std::int64_t> CollectorTime::now_s() const {
  const auto at_start_s = at_start_s_.load();
  return at_start_s == kNever ? std::nullopt : std::optional(at_start_s + since_start_s());
}

std::unique_ptr<Transport> listening(std::unique_ptr<Transport> transport, CollectorTime& time) {
  return std::make_unique<ListeningTransport>(std::move(transport), time);
}

}  // namespace perspective::upload
