// An exact integer search (GLPK): whole numbers, none under zero, that satisfy linear conditions; and which values a
// sum of them can have.
//
// Promise:   every value given is possible: its witness was checked against all conditions in integers. A value in
//            between that is not given is impossible, as far as GLPK's branch and bound is right (tests hold it against
//            counting everything).
//            GLPK reckons in doubles: where its best does not hold in integers (from some hundred thousand people
//            on), what holds with the same ways is taken for it, and fewer than enough values are an error then.
// Errors:    io: the solver gave up, or its answer did not hold. Never "possible" then.
// Ownership: owns its problem.
// Threads:   one object, one thread; GLPK keeps its state by thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "base/result.h"

struct glp_prob;

namespace perspective::release {

using Numbers = std::vector<std::int64_t>;  // one a variable

struct Row {
  Numbers times;
  std::int64_t low = 0;
  std::int64_t high = 0;  // std::numeric_limits<std::int64_t>::max(): no limit; low: likewise the negative of it
};

struct Possible {
  std::int64_t value = 0;
  Numbers witness;
};

class Search {
 public:
  // ways: of the variables, so many at the end are 0 or 1 by the conditions.
  Search(std::size_t variables, std::vector<Row> rows, std::size_t ways = 0);
  Search(Search&&) noexcept;
  Search& operator=(Search&&) noexcept;
  ~Search();

  // In rising order; at most `enough`, the least and the greatest among them.
  Result<std::vector<Possible>> values(const Numbers& cell, std::size_t enough);

 private:
  enum class Way { up, down };
  void aim_at(const Numbers& cell);
  Result<std::vector<Possible>> all_values(const Numbers& cell, std::size_t enough);
  Result<std::vector<Possible>> best(const Numbers& cell, Way way);  // empty: nothing satisfies the conditions
  Numbers found() const;                                             // by the solver, rounded
  bool finds_more_exactly(Numbers& witness);
  bool holds(const Numbers& numbers) const;

  std::size_t variables_;
  std::size_t ways_;
  std::vector<Row> rows_;
  bool is_best_ = true;  // what best() gave since values() was asked
  struct Delete {
    void operator()(glp_prob* problem) const;
  };
  // Variables that neither a condition nor the cell tells apart are one to the solver, or it would look through every
  // way to share a number among them. Which of its variables each of ours is, from 0:
  std::vector<std::size_t> merged_;
  std::unique_ptr<glp_prob, Delete> problem_;
};

}  // namespace perspective::release
