// The kiosk's owner, with an image after every visit, and an analyst, with every page, try together to say whose words
// are whose.
//
//   attack_pooled                 the product as it is: no attack may do better or worse than chance
//   attack_pooled --told-by NAME  without one of its defences: this attack must succeed, or it proves nothing
//
// PERSPECTIVE_SWEEP=long: ten times as many batches.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <map>
#include <string>
#include <string_view>

#include "attack/chance.h"
#include "attack/pooled/season.h"
#include "support/power_cut_sweep.h"

namespace perspective::attack {
namespace {

constexpr int kRounds = 60;

using Success = std::map<std::string, Mean>;

struct Place {
  const char* name;
  Look Round::*look;
  Order Look::*order;
};
constexpr Place kPlaces[] = {{"the list of comments", &Round::arrived, &Look::list},
                             {"the references", &Round::arrived, &Look::references},
                             {"the section", &Round::arrived, &Look::section},
                             {"the list read anew", &Round::unlocked, &Look::list},
                             {"the references read anew", &Round::unlocked, &Look::references},
                             {"the section read anew", &Round::unlocked, &Look::section}};

// The visits' numbers in an order that the owner knows: whose stands first, second...
using Numbers = std::vector<std::size_t>;

Numbers by_visit(const Round& round) {
  Numbers numbers(round.visits.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
  return numbers;
}
Numbers by_id(const Round& round) {
  Numbers numbers = by_visit(round);
  std::ranges::sort(numbers, {}, [&](std::size_t i) { return round.visits[i].id; });
  return numbers;
}
Numbers by_digest(const Round& round) {
  Numbers numbers = by_visit(round);
  std::ranges::sort(numbers, {}, [&](std::size_t i) { return round.visits[i].digest; });
  return numbers;
}
Numbers by_request(const Round& round) {
  Numbers numbers = by_visit(round);
  std::ranges::sort(numbers, {}, [&](std::size_t i) {
    return std::ranges::find(round.sent, round.visits[i].id) - round.sent.begin();
  });
  return numbers;
}

struct Key {
  const char* name;
  Numbers (*numbers)(const Round&);
};
constexpr Key kKeys[] = {
    {"visits", by_visit}, {"ids", by_id}, {"digests", by_digest}, {"places in the request", by_request}};

// The words in the i-th place belong to the i-th visit by this key: how right is that?
std::optional<double> success_of(const Round& round, const Order& order, const Numbers& numbers) {
  if (order.size() != numbers.size()) return std::nullopt;
  std::vector<double> guessed;
  for (const Visit& visit : round.visits) {
    const auto place = std::ranges::find(order, visit.words) - order.begin();
    guessed.push_back(static_cast<double>(numbers.at(static_cast<std::size_t>(place))));
  }
  return tau(guessed);
}

Success try_all(const Season& season) {
  Success success;
  for (const Round& round : season.rounds) {
    for (const Place& place : kPlaces) {
      for (const Key& key : kKeys) {
        const auto found = success_of(round, (round.*place.look).*place.order, key.numbers(round));
        if (found) success[std::string(place.name) + " by " + key.name].add(*found);
      }
    }
  }
  return success;
}

void print(const Success& success, std::size_t rounds) {
  std::printf("%zu batches; Kendall's tau between the guess and the visits of a batch, with its 99 %% interval\n",
              rounds);
  for (const auto& [name, mean] : success) {
    std::printf("  %-46s %+.3f  (%+.3f to %+.3f)\n", name.c_str(), mean.mean(), mean.mean() - mean.half_width(),
                mean.mean() + mean.half_width());
  }
}

bool is_traceless(const Season& season) {
  for (const auto& trace : season.traces) std::printf("On a page of results stands %s.\n", trace.c_str());
  return season.traces.empty();
}

// One interval in a hundred misses 0 by chance. What is there is there again in four times as many other batches.
bool tells_nothing(int rounds) {
  const Season once = season(rounds);
  const Success first = try_all(once);
  print(first, once.rounds.size());
  const auto is_chance = [](const auto& named) { return named.second.is_chance(); };
  if (!is_traceless(once) || std::ranges::all_of(first, is_chance)) return once.traces.empty();
  std::printf("Again, because an interval misses 0:\n");
  const Season other = season(4 * rounds);
  const Success again = try_all(other);
  print(again, other.rounds.size());
  return is_traceless(other) && std::ranges::all_of(first, [&](const auto& named) {
           return is_chance(named) || again.at(named.first).is_chance();
         });
}

int run(int count, char** arguments) {
  const int rounds = testing::sweeps_are_long() ? 10 * kRounds : kRounds;
  if (count == 3 && std::string_view(arguments[1]) == "--told-by") {
    const Season weakened = season(rounds / 4);
    Success success = try_all(weakened);
    print(success, weakened.rounds.size());
    if (!is_traceless(weakened) && std::string_view(arguments[2]) == "traces") return 0;
    if (success[arguments[2]].mean() > kSuccess) return 0;
    std::printf("Without this defence '%s' should tell, and did not: the attack proves nothing.\n", arguments[2]);
    return 1;
  }
  if (tells_nothing(rounds)) return 0;
  std::printf("Whose words are whose is told.\n");
  return 1;
}

}  // namespace
}  // namespace perspective::attack

int main(int count, char** arguments) {
  try {
    return perspective::attack::run(count, arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "attack_pooled: %s\n", error.what());
    return 2;
  }
}
