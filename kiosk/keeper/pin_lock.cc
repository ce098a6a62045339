#include "keeper/pin_lock.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <exception>
#include <system_error>

#include "base/file.h"
#include "base/log.h"
#include "base/random.h"

namespace perspective::keeper {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using std::chrono::seconds;

constexpr std::size_t kSaltBytes = 16;
constexpr int kMostWrong = 1000;  // more of them change nothing

fs::path pin_file(const fs::path& state) { return state / "pin"; }
fs::path wrong_file(const fs::path& state) { return state / "pin-wrong"; }

void forget_times(const fs::path& file) {
  const std::array<timespec, 2> never{};
  ::utimensat(AT_FDCWD, file.c_str(), never.data(), 0);
}

bool is_digit(std::uint8_t byte) { return byte >= '0' && byte <= '9'; }

// 111111, 123456, 987654, 121212, 123123: what a stranger tries first.
bool is_trivial(ByteView pin) {
  const auto steps_by = [pin](int step) {
    for (std::size_t i = 1; i < pin.size(); ++i) {
      if ((pin[i - 1] - '0' + step + 10) % 10 != pin[i] - '0') return false;
    }
    return true;
  };
  const auto repeats_after = [pin](std::size_t period) {
    for (std::size_t i = period; i < pin.size(); ++i) {
      if (pin[i] != pin[i - period]) return false;
    }
    return true;
  };
  if (steps_by(0) || steps_by(1) || steps_by(-1)) return true;
  for (std::size_t period = 2; period <= pin.size() / 2; ++period) {
    if (repeats_after(period)) return true;
  }
  return false;
}

Result<void> check(ByteView pin) {
  if (!std::ranges::all_of(pin, is_digit))
    return fail(ErrorCode::invalid, "a PIN has digits only; nothing was changed");
  if (pin.size() < kLeastPinDigits || pin.size() > kMostPinDigits) {
    return fail(ErrorCode::invalid, "a PIN has " + std::to_string(kLeastPinDigits) + " to " +
                                        std::to_string(kMostPinDigits) + " digits; nothing was changed");
  }
  if (is_trivial(pin)) {
    return fail(
        ErrorCode::invalid,
        "this PIN is among the first that a stranger tries: it counts up or down, or repeats itself; nothing was "
        "changed");
  }
  return {};
}

int wrong_in(const fs::path& state) {
  const auto text = read_text(wrong_file(state));
  int wrong = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), wrong);
  return std::clamp(wrong, 0, kMostWrong);
}

std::unexpected<Error> damaged() {
  return fail(ErrorCode::corrupt, "the PIN of this kiosk is damaged: set it anew with perspective-kiosk set-pin");
}

}  // namespace

bool PinLock::is_set(const fs::path& state) {
  std::error_code none;
  return fs::exists(fs::symlink_status(pin_file(state), none));
}

Result<void> PinLock::set(const fs::path& state, ByteView pin) {
  if (auto fit = check(pin); !fit) return fit;
  const envelope::ScryptCost cost;
  const auto salt = random_bytes(kSaltBytes);
  const auto hash = envelope::scrypt(pin, salt, cost);
  if (!hash) return std::unexpected(hash.error());
  const json::object scrypt{{"n", cost.n}, {"r", cost.r}, {"p", cost.p}};
  const json::object whole{{"scrypt", scrypt}, {"salt", to_hex(salt)}, {"hash", to_hex(*hash)}};
  const std::string text = json::serialize(whole) + "\n";
  if (auto written = write_file(pin_file(state), as_bytes(text)); !written) return written;
  forget_times(pin_file(state));
  std::error_code none;
  fs::remove(wrong_file(state), none);
  return {};
}

Result<PinLock> PinLock::open(const fs::path& state, Time now) {
  const auto text = read_text(pin_file(state));
  if (!text) return std::unexpected(text.error());
  try {
    const auto whole = json::parse(*text);
    const auto& scrypt = whole.at("scrypt");
    const envelope::ScryptCost cost{.n = json::value_to<std::uint64_t>(scrypt.at("n")),
                                    .r = json::value_to<std::uint64_t>(scrypt.at("r")),
                                    .p = json::value_to<std::uint64_t>(scrypt.at("p"))};
    auto salt = from_hex(json::value_to<std::string>(whole.at("salt")));
    auto hash = from_hex(json::value_to<std::string>(whole.at("hash")));
    if (!salt || !hash || !envelope::scrypt({}, *salt, cost)) return damaged();
    PinLock lock(state, cost, std::move(*salt), std::move(*hash));
    lock.wrong_ = wrong_in(state);
    if (lock.wrong_ > kFreeWrongs) lock.locked_until_ = now + lock_of(lock.wrong_);
    return lock;
  } catch (const std::exception&) {
    return damaged();
  }
}

PinLock::Verdict PinLock::judge(ByteView pin, Time now) {
  if (locked_until_ && now < *locked_until_) {
    return {.is_right = false, .locked = std::chrono::ceil<seconds>(*locked_until_ - now)};
  }
  locked_until_.reset();
  const auto hash = envelope::scrypt(pin, salt_, cost_);
  if (!hash) {
    log::error(hash.error().what);
    return {};
  }
  if (!envelope::is_same(*hash, hash_)) return count_wrong(now);
  forget_wrong();
  return {.is_right = true};
}

// On the disk before anybody hears of it: whoever cuts the power in between has learnt nothing.
PinLock::Verdict PinLock::count_wrong(Time now) {
  wrong_ = std::min(wrong_ + 1, kMostWrong);
  const std::string text = std::to_string(wrong_) + "\n";
  if (auto written = write_file(wrong_file(state_), as_bytes(text)); !written) log::error(written.error().what);
  forget_times(wrong_file(state_));
  if (wrong_ <= kFreeWrongs) return {};
  const auto lock = lock_of(wrong_);
  locked_until_ = now + lock;
  return {.is_right = false, .locked = lock};
}

void PinLock::forget_wrong() {
  if (std::exchange(wrong_, 0) == 0) return;
  std::error_code problem;
  fs::remove(wrong_file(state_), problem);
  if (problem) log::error("cannot forget wrong PINs: " + problem.message());
}

seconds PinLock::lock_of(int wrong) {
  constexpr int kMostDoublings = 16;
  const int doublings = std::min(wrong - kFreeWrongs - 1, kMostDoublings);
  return std::min(kFirstLock * (1 << doublings), kLongestLock);
}

}  // namespace perspective::keeper
