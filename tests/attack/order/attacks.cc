#include "attack/order/attacks.h"

#include <algorithm>
#include <functional>

#include "attack/chance.h"

namespace perspective::attack {
namespace {

constexpr std::size_t kSampleAt = 1500;  // in a body: beyond what lies beside the id
constexpr std::size_t kSampleBytes = 24;

std::optional<double> place_of(const Bytes& wanted, const Bytes& file) {
  const auto found =
      std::search(file.begin(), file.end(), std::boyer_moore_horspool_searcher(wanted.begin(), wanted.end()));
  if (found == file.end()) return std::nullopt;
  return static_cast<double>(found - file.begin());
}

Guess places(const Evidence& evidence, const std::function<Bytes(const outbox::Id&, const Bytes&)>& wanted_of) {
  Guess guess;
  for (const auto& [id, body] : evidence.bodies) {
    double files_before = 0;
    for (const auto& [name, file] : evidence.files) {
      if (const auto place = place_of(wanted_of(id, body), file)) {
        guess[id] = files_before + *place;
        break;
      }
      files_before += static_cast<double>(file.size());
    }
  }
  return guess;
}

std::vector<Guess> by_place_of_ids(const Evidence& evidence) {
  return {places(evidence, [](const outbox::Id& id, const Bytes&) { return Bytes(id.begin(), id.end()); })};
}

// Where nothing has left the file yet: what is freed is used again.
std::vector<Guess> by_place_of_bodies(const Evidence& evidence) {
  if (!evidence.batches.empty()) return {};
  return {places(evidence, [](const outbox::Id&, const Bytes& body) {
    const auto from = body.begin() + static_cast<std::ptrdiff_t>(std::min(kSampleAt, body.size() - kSampleBytes));
    return Bytes(from, from + kSampleBytes);
  })};
}

std::vector<Guess> by_numbers(const Evidence& evidence) {
  std::vector<Guess> all;
  for (const auto& [column, numbers] : evidence.numbers) all.push_back(numbers);
  return all;
}

// Who typed most has the longest envelope. Those that were sent are not in the copy; then it is less sure.
std::vector<Guess> by_length(const Evidence& evidence) {
  if (!evidence.batches.empty()) return {};
  std::vector<std::size_t> visits(evidence.letters.size());
  for (std::size_t i = 0; i < visits.size(); ++i) visits[i] = i;
  std::ranges::stable_sort(visits, {}, [&](std::size_t i) { return evidence.letters[i]; });
  std::vector<std::pair<std::size_t, outbox::Id>> lengths;
  for (const auto& [id, length] : evidence.lengths) lengths.emplace_back(length, id);
  std::ranges::sort(lengths);
  Guess guess;
  for (std::size_t i = 0; i < std::min(visits.size(), lengths.size()); ++i) {
    guess[lengths[i].second] = static_cast<double>(visits[i]);
  }
  return {guess};
}

std::vector<Guess> by_place_of_tokens(const Evidence& evidence) {
  Guess guess;
  for (const auto& [id, token] : evidence.tokens) {
    double files_before = 0;
    for (const auto& [name, file] : evidence.files) {
      if (const auto place = place_of(token, file)) {
        guess[id] = files_before + *place;
        break;
      }
      files_before += static_cast<double>(file.size());
    }
  }
  return {guess};
}

std::vector<Guess> by_numbers_of_tokens(const Evidence& evidence) {
  std::vector<Guess> all;
  for (const auto& [column, numbers] : evidence.numbers_of_tokens) all.push_back(numbers);
  return all;
}

std::vector<Guess> by_place(const std::vector<std::vector<outbox::Id>>& batches) {
  std::vector<Guess> all;
  for (const auto& batch : batches) {
    Guess guess;
    for (std::size_t i = 0; i < batch.size(); ++i) guess[batch[i]] = static_cast<double>(i);
    all.push_back(guess);
  }
  return all;
}

std::vector<Guess> by_place_in_batch(const Evidence& evidence) { return by_place(evidence.batches); }
std::vector<Guess> by_place_in_report(const Evidence& evidence) { return by_place(evidence.reports); }

}  // namespace

const std::vector<Named>& attacks() {
  static const std::vector<Named> all = {{"place of the ids in the files", by_place_of_ids},
                                         {"place of the bodies in the files", by_place_of_bodies},
                                         {"numbers beside the ids", by_numbers},
                                         {"length, by who typed much", by_length},
                                         {"place in its batch", by_place_in_batch},
                                         {"place of the tokens in the files", by_place_of_tokens},
                                         {"numbers beside the tokens", by_numbers_of_tokens},
                                         {"place in the report of tokens", by_place_in_report}};
  return all;
}

std::optional<double> tau(const Guess& guess, const std::vector<Visit>& truth) {
  std::vector<double> scores;
  for (const Visit& visit : truth) {
    const auto found = guess.find(visit.id);
    if (found != guess.end()) scores.push_back(found->second);
  }
  return tau(scores);
}

}  // namespace perspective::attack
