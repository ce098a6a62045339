// Tries to guess the order of the visits, many days long, and says with what success.
//
//   attack_order                 the kiosk as it is: no attack may do better or worse than chance
//   attack_order --told-by NAME  a kiosk without one of its defences: this attack must succeed, or it proves nothing
//
// PERSPECTIVE_SWEEP=long: ten times as many days. PERSPECTIVE_SEED: of the first day.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <map>
#include <string>
#include <string_view>

#include "attack/chance.h"
#include "attack/order/attacks.h"
#include "support/power_cut_sweep.h"

namespace perspective::attack {
namespace {

constexpr int kDays = 200;
constexpr std::uint64_t kOtherDays = 1'000'000;

using Success = std::map<std::string, Mean>;

Success try_all(Sitting& sitting, std::uint64_t seed, int days, Moment moment) {
  Success success;
  for (int number = 0; number < days; ++number) {
    const Day day = sitting.day(seed + static_cast<std::uint64_t>(number), moment);
    for (const Named& named : attacks()) {
      for (const Guess& guess : named.attack(day.evidence)) {
        if (const auto found = tau(guess, day.visits)) success[named.name].add(*found);
      }
    }
  }
  return success;
}

const char* words_for(Moment moment) {
  switch (moment) {
    case Moment::between_visits:
      return "copied between two visits";
    case Moment::started_again:
      return "copied after a power cut while an envelope was stored, and a new start";
    case Moment::while_storing:
      return "copied after such a power cut, before any start (SECURITY.md names it)";
  }
  return "";
}

void print(const Success& success, int days, Moment moment) {
  std::printf("%d days, %s; Kendall's tau between the guess and the visits, with its 99 %% interval\n", days,
              words_for(moment));
  for (const Named& named : attacks()) {
    const auto found = success.find(named.name);
    if (found == success.end()) {
      std::printf("  %-34s nothing to guess by\n", named.name);
      continue;
    }
    const Mean& mean = found->second;
    std::printf("  %-34s %+.3f  (%+.3f to %+.3f; %d guesses)\n", named.name, mean.mean(),
                mean.mean() - mean.half_width(), mean.mean() + mean.half_width(), mean.count);
  }
}

bool is_chance_in(const Success& success, const std::string& attack) {
  const auto found = success.find(attack);
  return found == success.end() || found->second.is_chance();
}

// One interval in a hundred misses 0 by chance. What is there is there again in four times as many other days.
bool tells_nothing(Sitting& sitting, std::uint64_t seed, int days, Moment moment) {
  const Success first = try_all(sitting, seed, days, moment);
  print(first, days, moment);
  const auto is_chance = [&](const Named& named) { return is_chance_in(first, named.name); };
  if (std::ranges::all_of(attacks(), is_chance)) return true;
  std::printf("Again, because an interval misses 0:\n");
  const Success again = try_all(sitting, seed + kOtherDays, 4 * days, moment);
  print(again, 4 * days, moment);
  return std::ranges::all_of(attacks(),
                             [&](const Named& named) { return is_chance(named) || is_chance_in(again, named.name); });
}

bool is_told(Sitting& sitting, std::uint64_t seed, int days, const std::string& by) {
  Success success = try_all(sitting, seed, days, Moment::between_visits);
  print(success, days, Moment::between_visits);
  return success[by].mean() > kSuccess;
}

int run(int count, char** arguments) {
  Sitting sitting;
  const int days = testing::sweeps_are_long() ? 10 * kDays : kDays;
  const std::uint64_t seed = testing::first_seed();
  if (count == 3 && std::string_view(arguments[1]) == "--told-by") {
    if (is_told(sitting, seed, days / 4, arguments[2])) return 0;
    std::printf("Without this defence '%s' should find the order, and did not: the attack proves nothing.\n",
                arguments[2]);
    return 1;
  }
  bool is_safe = true;
  for (const Moment moment : {Moment::between_visits, Moment::started_again}) {
    is_safe &= tells_nothing(sitting, seed, days, moment);
  }
  print(try_all(sitting, seed, days, Moment::while_storing), days, Moment::while_storing);
  if (!is_safe) std::printf("The order of the visits is told.\n");
  return is_safe ? 0 : 1;
}

}  // namespace
}  // namespace perspective::attack

int main(int count, char** arguments) {
  try {
    return perspective::attack::run(count, arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "attack_order: %s\n", error.what());
    return 2;
  }
}
