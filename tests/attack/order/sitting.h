// A day at a kiosk, and what an attacker has of it: one copy of its files, and all of its traffic.
//
// Promise:   real sealing, the real outbox on a disk that can lose its power, the real sender
//            and reporter of tokens. Visits differ in how
//            much was typed, and whoever stood by saw how much; some people stop or leave. In half of the days nothing
//            can be sent. The copy is taken when the power has gone, at the moment asked for, with any loss of what
//            was not synced.
// Errors:    throws what went wrong: a day that does not work is a fault of the test.
// Threads:   one day at a time: the disk registers itself with SQLite.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "outbox/outbox.h"

namespace perspective::attack {

// What is so; the attacker guesses it.
struct Visit {
  outbox::Id id{};
  std::size_t letters = 0;  // typed, as was seen by who stood by
  outbox::TokenProof token{};
};

// Columns of numbers in the copy: for each, the number that stands beside an id.
using Numbers = std::map<std::string, std::map<outbox::Id, double>>;

struct Evidence {
  std::map<std::string, Bytes> files;            // the copy, by name
  Numbers numbers;                               // what SQLite reads from it
  std::map<outbox::Id, std::size_t> lengths;     // of the sealed bodies in it
  std::map<outbox::Id, Bytes> bodies;            // ditto
  std::vector<std::vector<outbox::Id>> batches;  // as sent, in their order, for who reads inside the TLS
  std::map<outbox::Id, Bytes> tokens;            // their proofs, by visit: only the score knows by which
  Numbers numbers_of_tokens;                     // what SQLite reads beside them
  std::vector<std::vector<outbox::Id>> reports;  // of tokens, in their order
  std::vector<std::size_t> letters;              // typed by the first visit, the second...
};

struct Day {
  std::vector<Visit> visits;  // in their order
  Evidence evidence;
};

enum class Moment {
  between_visits,
  started_again,  // the power went at any step of what the last visit wrote; then the kiosk was started again
  while_storing,  // it was not
};

class Sitting {
 public:
  Sitting();
  ~Sitting();
  Sitting(const Sitting&) = delete;
  Sitting& operator=(const Sitting&) = delete;
  Day day(std::uint64_t seed, Moment moment);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace perspective::attack
