#include "upload/last_day.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"

namespace perspective::upload {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kShape = "0000-00-00";

fs::path file_in(const fs::path& state) { return state / "last-day"; }

bool is_day(const std::string& text) {
  return std::ranges::equal(
      text, kShape, [](char have, char want) { return want == '0' ? have >= '0' && have <= '9' : have == want; });
}

class NotingTransport final : public Transport {
 public:
  NotingTransport(std::unique_ptr<Transport> transport, fs::path state)
      : transport_(std::move(transport)), state_(std::move(state)) {}

  Result<Answer> send(const Request& request) override {
    auto answer = transport_->send(request);
    if (answer && answer->status < 400) note(answer->header("date"));
    return answer;
  }
  void interrupt() override { transport_->interrupt(); }

 private:
  void note(const std::string& date) {
    const auto time_s = date.empty() ? -1 : curl_getdate(date.c_str(), nullptr);
    if (time_s <= 0) return;
    const std::string day = day_of(time_s);
    if (day == read_last_day(state_)) return;
    const std::string line = day + "\n";
    const auto file = file_in(state_);
    if (auto written = write_file(file, as_bytes(line)); !written) return log::warning(written.error().what);
    const std::array<timespec, 2> never{};
    ::utimensat(AT_FDCWD, file.c_str(), never.data(), 0);
  }

  std::unique_ptr<Transport> transport_;
  fs::path state_;
};

}  // namespace

std::unique_ptr<Transport> noting_day(std::unique_ptr<Transport> transport, fs::path state) {
  return std::make_unique<NotingTransport>(std::move(transport), std::move(state));
}

std::string read_last_day(const fs::path& state) {
  const auto text = read_text(file_in(state));
  if (!text) return {};
  const std::string day = text->substr(0, text->find('\n'));
  return is_day(day) ? day : std::string();
}

}  // namespace perspective::upload
