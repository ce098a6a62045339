// A condition in the first line, the answers to its variables in the next ones, in their order.
//
// Must hold: what was taken is read again to the same; what is decided while some answers are not known stays so
//            whatever they are; only variables of the condition are asked for.
#include <algorithm>
#include <map>
#include <optional>

#include "survey/condition.h"
#include "target.h"

namespace perspective::survey {
namespace {

using fuzz::must;
constexpr std::size_t kVariables = 6;  // with more of them not every set of known ones is tried

fuzz::Milestone parsed("a condition was taken");
fuzz::Milestone compared("it depends on two variables or more");
fuzz::Milestone decided("it was decided before all was known");
fuzz::Milestone refused("a condition was refused with its place");

void must_stay_decided(const Condition& condition, const std::vector<std::string>& variables,
                       const std::map<std::string, std::string, std::less<>>& answers) {
  const auto answer = [&](std::string_view name) {
    const auto found = answers.find(name);
    must(found != answers.end(), "only variables of the condition are asked for");
    return found->second;
  };
  const bool holds = condition.holds(answer);
  for (std::size_t known = 0; known < std::size_t{1} << variables.size(); ++known) {
    const auto so_far = condition.holds_so_far([&](std::string_view name) -> std::optional<std::string> {
      const auto at = static_cast<std::size_t>(std::ranges::find(variables, name) - variables.begin());
      must(at < variables.size(), "only variables of the condition are asked for");
      return (known >> at & 1) != 0 ? std::optional(answer(name)) : std::nullopt;
    });
    const bool is_all = known + 1 == std::size_t{1} << variables.size();
    must(so_far || !is_all, "all is known, and so is the outcome");
    must(!so_far || *so_far == holds, "what was decided stays decided");
    if (so_far && !is_all) decided.reach();
  }
}

void take(std::string_view text) {
  const auto lines = fuzz::parts_of(text, '\n', kVariables + 1);
  const auto condition = Condition::parse(lines[0]);
  if (!condition) {
    refused.reach();
    return fuzz::must_be_an_answer(condition.error());
  }
  parsed.reach();
  must(condition->source() == lines[0], "it remembers how it was written");
  const auto again = Condition::parse(condition->source());
  must(again && again->variables() == condition->variables(), "it is read again to the same");
  const auto variables = condition->variables();
  for (const auto& mention : condition->mentions()) {
    must(std::ranges::count(variables, mention.variable) == 1, "what is mentioned is one of its variables");
  }
  if (variables.size() > kVariables) return;
  if (variables.size() > 1) compared.reach();
  std::map<std::string, std::string, std::less<>> answers;
  for (std::size_t i = 0; i < variables.size(); ++i) answers[variables[i]] = lines[i + 1];
  must_stay_decided(*condition, variables, answers);
}

}  // namespace
}  // namespace perspective::survey

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  perspective::survey::take(perspective::as_text({data, size}));
  return 0;
}
