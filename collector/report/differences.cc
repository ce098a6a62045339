#include "report/differences.h"

#include <algorithm>

#include "report/quotations.h"

namespace perspective::report {
namespace {

using Texts = std::vector<std::string>;

struct Pair {
  std::optional<std::size_t> left;
  std::optional<std::size_t> right;
};

// How many are equal at most, from each place on (longest common subsequence).
std::vector<std::vector<std::size_t>> lengths_of(const Texts& left, const Texts& right) {
  std::vector lengths(left.size() + 1, std::vector<std::size_t>(right.size() + 1, 0));
  for (std::size_t i = left.size(); i-- > 0;)
    for (std::size_t k = right.size(); k-- > 0;)
      lengths[i][k] = left[i] == right[k] ? lengths[i + 1][k + 1] + 1 : std::max(lengths[i + 1][k], lengths[i][k + 1]);
  return lengths;
}

void pair_up(std::size_t& left, std::size_t left_end, std::size_t& right, std::size_t right_end,
             std::vector<Pair>& pairs) {
  while (left < left_end || right < right_end) {
    Pair pair;
    if (left < left_end) pair.left = left++;
    if (right < right_end) pair.right = right++;
    pairs.push_back(pair);
  }
}

std::vector<Pair> aligned(const Texts& left, const Texts& right) {
  const auto lengths = lengths_of(left, right);
  std::vector<Pair> pairs;
  std::size_t left_at = 0;
  std::size_t right_at = 0;
  std::size_t i = 0;
  std::size_t k = 0;
  while (i < left.size() && k < right.size()) {
    if (left[i] == right[k]) {
      pair_up(left_at, i, right_at, k, pairs);
      pairs.push_back({i, k});
      left_at = ++i;
      right_at = ++k;
    } else if (lengths[i + 1][k] >= lengths[i][k + 1]) {
      ++i;
    } else {
      ++k;
    }
  }
  pair_up(left_at, left.size(), right_at, right.size(), pairs);
  return pairs;
}

}  // namespace

std::vector<Difference> differences_of(const Texts& then, const Texts& now, const Texts& edited) {
  const auto generated = aligned(then, now);
  const auto changed = aligned(then, edited);
  std::vector<Difference> rows;
  std::size_t g = 0;
  std::size_t c = 0;
  while (g < generated.size() || c < changed.size()) {
    Difference row;
    if (g < generated.size() && !generated[g].left) {
      row.now = now[*generated[g++].right];
    } else if (c < changed.size() && !changed[c].left) {
      row.edited = edited[*changed[c++].right];
    } else {  // both stand at the same paragraph of then
      row.then = then[*generated[g].left];
      if (generated[g].right) row.now = now[*generated[g].right];
      if (changed[c].right) row.edited = edited[*changed[c].right];
      ++g, ++c;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<std::string> paragraphs_in(std::string_view text) {
  std::vector<std::string> paragraphs;
  while (!text.empty()) {
    const auto end = std::min(text.find("\n\n"), text.size());
    if (auto paragraph = trimmed(std::string(text.substr(0, end))); !paragraph.empty())
      paragraphs.push_back(std::move(paragraph));
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return paragraphs;
}

}  // namespace perspective::report
