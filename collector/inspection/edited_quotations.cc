#include "inspection/edited_quotations.h"

#include <algorithm>
#include <set>
#include <variant>

#include "report/differences.h"

namespace perspective::inspection {
namespace {

std::vector<std::string> quoted_in(const report::Document& generated) {
  std::vector<std::string> quoted;
  for (const auto& block : generated.blocks) {
    const auto* const paragraph = std::get_if<report::Paragraph>(&block);
    if (paragraph == nullptr) continue;
    for (const auto& run : paragraph->runs)
      if (run.is_quoted) quoted.push_back(run.text);
  }
  return quoted;
}

}  // namespace

EditedQuotations not_to_be_quoted(const std::vector<std::string>& edited, const report::Document& generated,
                                  const Opened::AllSaid& all) {
  const auto quoted = quoted_in(generated);
  std::set<std::string> chosen;
  std::set<std::string> printed;  // whose words
  for (const auto& each : all.said) {
    if (!each.is_quoted) continue;
    chosen.insert(each.whose);
    const auto has = [&](const std::string& text) { return text.find(each.words) != std::string::npos; };
    if (std::ranges::any_of(quoted, has)) printed.insert(each.whose);
  }
  auto allowed = report::paragraphs_in(to_text(generated));
  for (const auto& each : all.said)
    if (each.is_quoted && printed.contains(each.whose)) allowed.push_back(each.words);
  std::vector<std::string> comments;
  for (const auto& each : all.as_written) comments.push_back(each.words);
  EditedQuotations found{.passages = report::passages_in(edited, comments, allowed)};
  for (const auto& passage : found.passages)
    found.is_chosen.push_back(
        std::ranges::any_of(passage.from, [&](auto i) { return chosen.contains(all.as_written[i].whose); }));
  return found;
}

}  // namespace perspective::inspection
