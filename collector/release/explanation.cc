#include "release/explanation.h"

#include <array>
#include <utility>

namespace perspective::release {
namespace {

// As cells.cc names them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kWords{
    {{"count of ", "how many people the finding counts"},
     {"not counted by ", "how many answered otherwise than the finding counts"},
     {"base of ", "how many gave an answer that counts"},
     {"asked ", "how many were asked"},
     {"outside the base of ", "for how many it did not apply"},
     {"no answer to ", "how many gave no answer"},
     {"option of ", "how many chose one of these answers"}}};

std::string in_words(const std::string& cell) {
  for (const auto& [begin, words] : kWords)
    if (cell.starts_with(begin)) return std::string(words) + " ('" + cell.substr(begin.size()) + "')";
  return "'" + cell + "'";
}

}  // namespace

std::string explained(const Exposure& exposure) {
  std::string told;
  for (std::size_t i = 0; i < exposure.relation.size(); ++i)
    told += (i == 0 ? "" : i + 1 == exposure.relation.size() ? " and " : ", ") + ("'" + exposure.relation[i] + "'");
  if (told.empty()) return "whoever knows how many took part learns " + in_words(exposure.cell);
  return (exposure.relation.size() == 1 ? "whoever reads what is said of " : "whoever puts together what is said of ") +
         told + " learns " + in_words(exposure.cell) + ", or that it is one of two numbers";
}

}  // namespace perspective::release
