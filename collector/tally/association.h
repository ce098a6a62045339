// Whether two items go together: a test of independence of a table of counts.
//
// Promise:   pure. Rows and columns without anyone are left out. Where each expected count is at least 1 and no more
// than
//            a fifth of them are under 5 (Cochran 1954, Biometrics 10:417), Pearson's chi-squared without a continuity
//            correction; else Fisher's exact test, two-sided: the probability of all tables with the same margins that
//            are no likelier than this one, as R's fisher.test counts them (those within 1e-7 of it are as likely).
//            Where that many tables cannot be counted in reasonable time, chi-squared with is_approximate set.
//            Figures agree with R's chisq.test and fisher.test to 1e-9. For inspectors: not for release.
// Errors:    none where fewer than two rows or columns have anyone: there is nothing to test. Counts under 0, or rows
// of
//            different lengths, are the caller's mistake: none as well.
// Threads:   any.
// Units:     people; probabilities from 0 to 1.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace perspective::tally {

using CountTable = std::vector<std::vector<std::int64_t>>;  // rows of equal length

struct Association {
  enum class Test { chi_squared, fisher_exact };
  Test test = Test::chi_squared;
  double p = 1;
  double chi_squared = 0;  // Pearson's, whichever test was made
  int degrees_of_freedom = 0;
  double cramers_v = 0;         // 0 independent, 1 one tells the other (Cramér 1946, section 21.9)
  bool is_approximate = false;  // chi-squared, though expected counts are too small for it
};

std::optional<Association> association_of(const CountTable& counts);

}  // namespace perspective::tally
