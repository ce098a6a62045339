#include "store/standing.h"

#include <utility>

namespace perspective::store {

std::int64_t Standing::stored() const {
  std::int64_t all = -withdrawn;
  for (const auto& day : days) all += day.envelopes;
  return all;
}

void add_to(Standing& standing, std::int64_t what, std::string name, std::int64_t number) {
  switch (what) {
    case 0:
      standing.days.push_back({std::move(name), {}, number});
      break;
    case 1:
      standing.withdrawn = number;
      break;
    case 2:
      standing.counts.push_back({std::move(name), number});
      break;
    default:
      standing.forms.push_back(std::move(name));
  }
}

}  // namespace perspective::store
