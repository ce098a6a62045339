#include "release/search.h"

#include <glpk.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

namespace perspective::release {
namespace {

constexpr auto kNone = std::numeric_limits<std::int64_t>::max();
constexpr int kPatienceMs = 60'000;
constexpr std::string_view kNoEnd = "the integer search came to no end; nothing may be released on its word";

std::int64_t product(const Numbers& times, const Numbers& numbers) {
  return std::inner_product(times.begin(), times.end(), numbers.begin(), std::int64_t{0});
}

void set_bounds(glp_prob* problem, int row, std::int64_t low, std::int64_t high) {
  const bool has_low = low != -kNone;
  const bool has_high = high != kNone;
  const int type = has_low && has_high ? (low == high ? GLP_FX : GLP_DB)
                   : has_low           ? GLP_LO
                   : has_high          ? GLP_UP
                                       : GLP_FR;
  glp_set_row_bnds(problem, row, type, static_cast<double>(low), static_cast<double>(high));
}

void set_row(glp_prob* problem, int row, const Numbers& times) {
  std::vector<int> columns{0};
  std::vector<double> values{0};
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (times[i] == 0) continue;
    columns.push_back(static_cast<int>(i) + 1);
    values.push_back(static_cast<double>(times[i]));
  }
  glp_set_mat_row(problem, row, static_cast<int>(columns.size()) - 1, columns.data(), values.data());
}

// Which are the same in every condition and in the cell: numbered from 0.
std::vector<std::size_t> told_apart(std::size_t variables, const std::vector<Row>& rows, const Numbers& cell) {
  std::map<Numbers, std::size_t> seen;
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < variables; ++i) {
    Numbers column{cell[i]};
    for (const auto& row : rows) column.push_back(row.times[i]);
    numbers.push_back(seen.emplace(std::move(column), seen.size()).first->second);
  }
  return numbers;
}

enum class Outcome { best, impossible, unknown };

Outcome relaxed(glp_prob* problem) {
  glp_smcp how;
  glp_init_smcp(&how);
  how.msg_lev = GLP_MSG_OFF;
  how.tm_lim = kPatienceMs;
  if (glp_simplex(problem, &how) != 0) {
    glp_std_basis(problem);  // the last cell's basis may be singular for this one
    if (glp_simplex(problem, &how) != 0) return Outcome::unknown;
  }
  if (glp_get_status(problem) == GLP_OPT) return Outcome::best;
  return glp_get_status(problem) == GLP_NOFEAS ? Outcome::impossible : Outcome::unknown;
}

Outcome in_integers(glp_prob* problem) {
  glp_iocp how;
  glp_init_iocp(&how);
  how.gmi_cuts = GLP_ON;  // without cuts a sum that must be odd and even at once is looked for among people for minutes
  how.mir_cuts = GLP_ON;
  how.msg_lev = GLP_MSG_OFF;
  how.tm_lim = kPatienceMs;
  if (glp_intopt(problem, &how) != 0) return Outcome::unknown;
  if (glp_mip_status(problem) == GLP_OPT) return Outcome::best;
  return glp_mip_status(problem) == GLP_NOFEAS ? Outcome::impossible : Outcome::unknown;
}

// GLPK keeps 5 KB for each thread that uses it, and lets nothing of it go. A search is made and ends on one thread.
struct SolverOfThisThread {
  SolverOfThisThread() { glp_term_out(GLP_OFF); }
  SolverOfThisThread(const SolverOfThisThread&) = delete;
  SolverOfThisThread& operator=(const SolverOfThisThread&) = delete;
  ~SolverOfThisThread() { glp_free_env(); }
};

}  // namespace

void Search::Delete::operator()(glp_prob* problem) const { glp_delete_prob(problem); }
Search::Search(std::size_t variables, std::vector<Row> rows, std::size_t ways)
    : variables_(variables), ways_(ways), rows_(std::move(rows)) {}
Search::Search(Search&&) noexcept = default;
Search& Search::operator=(Search&&) noexcept = default;
Search::~Search() = default;

// The last row is the cell that is looked at.
void Search::aim_at(const Numbers& cell) {
  thread_local const SolverOfThisThread solver;
  merged_ = told_apart(variables_, rows_, cell);
  const auto columns = merged_.empty() ? 0 : std::ranges::max(merged_) + 1;
  const auto of_merged = [&](const Numbers& times) {
    Numbers merged(columns, 0);
    for (std::size_t i = 0; i < variables_; ++i) merged[merged_[i]] = times[i];
    return merged;
  };
  problem_.reset(glp_create_prob());
  auto* problem = problem_.get();
  glp_add_cols(problem, static_cast<int>(columns));
  const auto aim = of_merged(cell);
  for (std::size_t i = 0; i < columns; ++i) {
    const auto column = static_cast<int>(i) + 1;
    glp_set_col_kind(problem, column, GLP_IV);
    glp_set_col_bnds(problem, column, GLP_LO, 0, 0);
    glp_set_obj_coef(problem, column, static_cast<double>(aim[i]));
  }
  glp_add_rows(problem, static_cast<int>(rows_.size()) + 1);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    set_row(problem, static_cast<int>(i) + 1, of_merged(rows_[i].times));
    set_bounds(problem, static_cast<int>(i) + 1, rows_[i].low, rows_[i].high);
  }
  set_row(problem, static_cast<int>(rows_.size()) + 1, aim);
  set_bounds(problem, static_cast<int>(rows_.size()) + 1, -kNone, kNone);
}

bool Search::holds(const Numbers& numbers) const {
  return std::ranges::all_of(numbers, [](auto number) { return number >= 0; }) &&
         std::ranges::all_of(rows_, [&](const Row& row) {
           const auto sum = product(row.times, numbers);
           return row.low <= sum && sum <= row.high;
         });
}

Numbers Search::found() const {
  Numbers numbers;
  std::vector<bool> is_given(variables_, false);
  for (std::size_t i = 0; i < variables_; ++i) {
    const auto column = merged_[i];
    numbers.push_back(is_given[column] ? 0
                                       : std::llround(glp_mip_col_val(problem_.get(), static_cast<int>(column) + 1)));
    is_given[column] = true;
  }
  return numbers;
}

// With the ways of the witness fixed: a way that is 1 but for a hair lets a condition among many people be off.
bool Search::finds_more_exactly(Numbers& witness) {
  auto* problem = problem_.get();
  const auto column = [this](std::size_t i) { return static_cast<int>(merged_[i]) + 1; };
  for (std::size_t i = variables_ - ways_; i < variables_; ++i) {
    const auto value = std::round(glp_mip_col_val(problem, column(i)));
    glp_set_col_bnds(problem, column(i), GLP_FX, value, value);
  }
  const bool is_found = relaxed(problem) == Outcome::best && in_integers(problem) == Outcome::best;
  if (is_found) witness = found();
  for (std::size_t i = variables_ - ways_; i < variables_; ++i) glp_set_col_bnds(problem, column(i), GLP_LO, 0, 0);
  return is_found && holds(witness);
}

Result<std::vector<Possible>> Search::best(const Numbers& cell, Way way) {
  glp_set_obj_dir(problem_.get(), way == Way::up ? GLP_MAX : GLP_MIN);
  auto outcome = relaxed(problem_.get());
  if (outcome == Outcome::impossible) return std::vector<Possible>();
  if (outcome == Outcome::best) outcome = in_integers(problem_.get());
  if (outcome == Outcome::impossible) return std::vector<Possible>();
  Possible possible;
  if (outcome == Outcome::best) possible.witness = found();
  if (outcome == Outcome::best && !holds(possible.witness)) {
    is_best_ = false;
    if (!finds_more_exactly(possible.witness)) outcome = Outcome::unknown;
  }
  if (outcome == Outcome::unknown) return fail(ErrorCode::io, std::string(kNoEnd));
  possible.value = product(cell, possible.witness);
  return std::vector{std::move(possible)};
}

Result<std::vector<Possible>> Search::values(const Numbers& cell, std::size_t enough) {
  is_best_ = true;
  auto all = all_values(cell, enough);
  if (all && !is_best_ && all->size() < enough) return fail(ErrorCode::io, std::string(kNoEnd));
  return all;
}

Result<std::vector<Possible>> Search::all_values(const Numbers& cell, std::size_t enough) {
  aim_at(cell);
  auto least = best(cell, Way::down);
  if (!least || least->empty()) return least;
  auto greatest = best(cell, Way::up);
  if (!greatest) return greatest;
  auto all = std::move(*least);
  if (greatest->empty() || greatest->front().value <= all.front().value) return all;
  const auto last = greatest->front().value;
  const auto row = static_cast<int>(rows_.size()) + 1;
  for (auto value = all.front().value + 1; value < last && all.size() + 1 < enough; ++value) {
    set_bounds(problem_.get(), row, value, value);
    auto between = best(cell, Way::up);
    if (!between) return between;
    if (!between->empty() && between->front().value == value) all.push_back(std::move(between->front()));
  }
  all.push_back(std::move(greatest->front()));
  return all;
}

}  // namespace perspective::release
