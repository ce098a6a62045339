#include "tally/association.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numeric>
#include <utility>

namespace perspective::tally {

namespace {

using Counts = std::vector<std::int64_t>;

constexpr double kSmallestExpected = 1;
constexpr double kUsuallyExpected = 5;
constexpr std::size_t kOneIn = 5;                // of the cells may expect fewer than that
constexpr double kAsLikely = 1e-7;               // R's tolerance, of fisher.test
constexpr std::int64_t kMostSteps = 20'000'000;  // of the enumeration: a second or less

std::int64_t sum_of(const Counts& counts) { return std::accumulate(counts.begin(), counts.end(), std::int64_t{0}); }

Counts column_sums(const CountTable& table) {
  Counts sums(table.front().size());
  for (const auto& row : table) std::ranges::transform(sums, row, sums.begin(), std::plus{});
  return sums;
}

bool is_sound(const CountTable& table) {
  return !table.empty() && std::ranges::all_of(table, [&](const Counts& row) {
    return row.size() == table.front().size() && std::ranges::all_of(row, [](auto count) { return count >= 0; });
  });
}

CountTable without_empty_lines(const CountTable& table) {
  const Counts columns = column_sums(table);
  CountTable kept;
  for (const auto& row : table) {
    if (sum_of(row) == 0) continue;
    auto& line = kept.emplace_back();
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (columns[j] > 0) line.push_back(row[j]);
    }
  }
  return kept;
}

struct Margins {
  Counts rows;
  Counts columns;
  std::int64_t people = 0;

  double expected(std::size_t i, std::size_t j) const {
    return static_cast<double>(rows[i]) * static_cast<double>(columns[j]) / static_cast<double>(people);
  }
};

Margins margins_of(const CountTable& table) {
  Margins margins{.rows = {}, .columns = column_sums(table)};
  for (const auto& row : table) margins.rows.push_back(sum_of(row));
  margins.people = sum_of(margins.rows);
  return margins;
}

bool are_expected_counts_enough(const Margins& margins) {
  std::size_t small = 0;
  for (std::size_t i = 0; i < margins.rows.size(); ++i) {
    for (std::size_t j = 0; j < margins.columns.size(); ++j) {
      const double expected = margins.expected(i, j);
      if (expected < kSmallestExpected) return false;
      small += expected < kUsuallyExpected ? 1 : 0;
    }
  }
  return small * kOneIn <= margins.rows.size() * margins.columns.size();
}

double pearson_of(const CountTable& table, const Margins& margins) {
  double sum = 0;
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = 0; j < table[i].size(); ++j) {
      const double expected = margins.expected(i, j);
      const double off = static_cast<double>(table[i][j]) - expected;
      sum += off * off / expected;
    }
  }
  return sum;
}

// Goes through all tables with these margins, column by column, each cell of a column in turn, and adds up the
// probabilities of those that are no likelier than the one that was seen.
class Enumeration {
 public:
  Enumeration(const CountTable& table, const Margins& margins) : left_(margins.rows), columns_(margins.columns) {
    for (std::int64_t n = 0; n <= margins.people; ++n)
      log_factorials_.push_back(std::lgamma(static_cast<double>(n) + 1));
    of_margins_ = of(margins.rows) + of(margins.columns) - of(margins.people);
    double seen = of_margins_;
    for (const auto& row : table) seen -= of(row);
    most_ = seen + std::log1p(kAsLikely);
  }

  // None: there are too many.
  std::optional<double> probability() {
    column(0, 0);
    if (steps_ > kMostSteps) return std::nullopt;
    return std::min(sum_, 1.0);
  }

 private:
  double of(std::int64_t n) const { return log_factorials_[static_cast<std::size_t>(n)]; }
  double of(const Counts& counts) const {
    return std::accumulate(counts.begin(), counts.end(), 0.0, [this](double sum, auto n) { return sum + of(n); });
  }

  // cells: the sum of what is filled in so far.
  void column(std::size_t j, double cells) {
    if (j + 1 < columns_.size()) return cell(j, 0, columns_[j], cells);
    const double log_p = of_margins_ - cells - of(left_);  // the last column takes what the rows have left
    if (log_p <= most_) sum_ += std::exp(log_p);
  }

  void cell(std::size_t j, std::size_t i, std::int64_t rest, double cells) {
    if (++steps_ > kMostSteps) return;
    if (i == left_.size()) return column(j + 1, cells);
    const auto below =
        std::accumulate(left_.begin() + static_cast<std::ptrdiff_t>(i) + 1, left_.end(), std::int64_t{0});
    const std::int64_t most = std::min(rest, left_[i]);
    for (std::int64_t n = std::max<std::int64_t>(0, rest - below); n <= most; ++n) {
      left_[i] -= n;
      cell(j, i + 1, rest - n, cells + of(n));
      left_[i] += n;
    }
  }

  Counts left_;
  Counts columns_;
  std::vector<double> log_factorials_;
  double of_margins_ = 0;
  double most_ = 0;
  double sum_ = 0;
  std::int64_t steps_ = 0;
};

}  // namespace

std::optional<Association> association_of(const CountTable& counts) {
  if (!is_sound(counts)) return std::nullopt;
  const CountTable table = without_empty_lines(counts);
  if (table.size() < 2 || table.front().size() < 2) return std::nullopt;
  const Margins margins = margins_of(table);
  const std::size_t shorter = std::min(table.size(), table.front().size());
  Association found;
  found.chi_squared = pearson_of(table, margins);
  found.degrees_of_freedom = static_cast<int>((table.size() - 1) * (table.front().size() - 1));
  found.cramers_v =
      std::sqrt(found.chi_squared / (static_cast<double>(margins.people) * static_cast<double>(shorter - 1)));
  if (!are_expected_counts_enough(margins)) {
    if (const auto p = Enumeration(table, margins).probability()) {
      found.test = Association::Test::fisher_exact;
      found.p = *p;
      return found;
    }
    found.is_approximate = true;
  }
  found.p = boost::math::gamma_q(found.degrees_of_freedom / 2.0, found.chi_squared / 2);
  return found;
}

}  // namespace perspective::tally
