// The ways to guess from the evidence which visit came before which.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "attack/order/sitting.h"

namespace perspective::attack {

// For each id that the attacker has found, a number that grows with the visits, if the guess is right. Several guesses
// of one evidence: of each batch, say.
using Guess = std::map<outbox::Id, double>;
using Attack = std::vector<Guess> (*)(const Evidence&);

struct Named {
  const char* name;
  Attack attack;
};
const std::vector<Named>& attacks();

// chance.h's tau, of the ids that were found.
std::optional<double> tau(const Guess& guess, const std::vector<Visit>& truth);

}  // namespace perspective::attack
