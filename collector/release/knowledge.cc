#include "release/knowledge.h"

#include <algorithm>
#include <numeric>

namespace perspective::release {
namespace {

const FindingKinds* kinds_of(const Block& block, const std::string& finding) {
  const auto found = std::ranges::find(block.findings, finding, &FindingKinds::id);
  return found == block.findings.end() ? nullptr : &*found;
}

std::int64_t people_in(const Mask& mask, const Places& places, const Numbers& numbers) {
  const auto times = placed(mask, places);
  return std::inner_product(times.begin(), times.end(), numbers.begin(), std::int64_t{0});
}

}  // namespace

const Judged& Known::of(const std::string& finding) const {
  const auto found = std::ranges::find(questionnaire->findings, finding, &survey::Finding::id);
  return judged[static_cast<std::size_t>(found - questionnaire->findings.begin())];
}

Result<Known> known_of(const survey::Questionnaire& questionnaire, const Part& part, const Scheme& scheme) {
  const bool is_same =
      part.questionnaire == questionnaire.id && part.version == questionnaire.version &&
      std::ranges::equal(questionnaire.findings, part.statements, {}, &survey::Finding::id, &Statement::finding);
  if (!is_same)
    return fail(ErrorCode::invalid, "the release is not one of questionnaire '" + questionnaire.id + "' version " +
                                        std::to_string(questionnaire.version));
  auto judged = judge_all(
      questionnaire, part.respondents,
      [&](const survey::Finding& finding, const Judging&) { return *part.statement(finding.id); }, scheme);
  return Known{&questionnaire, &part, std::move(judged), scheme};
}

Numbers placed(const Mask& mask, const Places& places) {
  Numbers numbers(places.variables, 0);
  for (const auto start : places.starts)
    for (std::size_t i = 0; i < mask.size(); ++i) numbers[start + i] = mask[i];
  return numbers;
}

Mask everyone_in(const Block& block) { return Mask(block.kinds, 1); }

void tell_part(const Block& block, const Known& known, const Places& places, const std::string& source,
               Attack& attack) {
  const auto n = known.part->respondents;
  attack.tell_sum(placed(everyone_in(block), places), n, n);
  for (const auto& finding : block.findings) {
    const auto& each = known.of(finding.id);
    const auto* decides = kinds_of(block, each.judging.base_of);
    attack.tell({source + finding.id, placed(finding.counted, places),
                 decides == nullptr ? Numbers(places.variables, 0) : placed(decides->base, places),
                 said_by(each.judging, each.statement, known.scheme)});
  }
  for (const auto& stated : known.part->stated_more)
    if (const auto* finding = kinds_of(block, stated.finding))
      attack.tell({source + "stated: " + stated.finding,
                   placed(finding->counted, places),
                   placed(finding->base, places),
                   {{{1, 0, stated.count, stated.count}, {0, 1, stated.base, stated.base}}}});
}

bool replays(const Block& block, const Known& known, const Places& places, const Numbers& numbers) {
  return std::ranges::all_of(block.findings, [&](const FindingKinds& finding) {
    const auto& each = known.of(finding.id);
    const auto* decides = kinds_of(block, each.judging.base_of);
    auto again = state(each.judging, people_in(finding.counted, places, numbers),
                       decides == nullptr ? 0 : people_in(decides->base, places, numbers), known.scheme);
    again.finding = finding.id;
    return again == each.statement;
  });
}

}  // namespace perspective::release
