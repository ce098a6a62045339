#include "survey/reachability.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "survey/possible_answers.h"

namespace perspective::survey {
namespace {

using Mentions = std::map<std::string, std::vector<Mention>, std::less<>>;

// Items whose answers bear on a question, in the order in which they are asked, with what is said of them.
struct Scene {
  std::set<std::size_t> items;
  Mentions mentions;
};

class Scenery {
 public:
  Scenery(const Questionnaire& questionnaire, const std::map<std::string, std::size_t, std::less<>>& positions,
          const std::set<std::size_t>& unrouted)
      : questionnaire_(questionnaire), positions_(positions), unrouted_(unrouted) {}

  // With all that it depends on. A list of what is still to be looked at, not a recursion: chains can be long.
  void add(const Condition& condition, bool with_routing) {
    std::vector<const Condition*> waiting{&condition};
    while (!waiting.empty() && scene_.items.size() <= Reachability::kMaxItems) {
      const Condition& next = *waiting.back();
      waiting.pop_back();
      for (auto& mention : next.mentions()) {
        const auto found = positions_.find(mention.variable);
        if (found == positions_.end()) continue;  // told of elsewhere
        const std::size_t item = found->second;
        if (!mention.variables.empty()) linked_.insert(mention.variable);
        scene_.mentions[mention.variable].push_back(std::move(mention));
        const bool is_new = scene_.items.insert(item).second;
        if (is_new && with_routing && !unrouted_.contains(item))
          waiting.push_back(&questionnaire_.items[item].relevant);
      }
    }
  }

  // Variables that are compared with each other must be able to have each other's texts.
  Scene finished() {
    Mention shared;
    for (const auto& variable : linked_) {
      for (const auto& mention : scene_.mentions[variable]) {
        shared.texts.insert(shared.texts.end(), mention.texts.begin(), mention.texts.end());
        shared.texts.insert(shared.texts.end(), mention.numbers.begin(), mention.numbers.end());
      }
    }
    for (const auto& variable : linked_) scene_.mentions[variable].push_back(shared);
    return std::move(scene_);
  }

 private:
  const Questionnaire& questionnaire_;
  const std::map<std::string, std::size_t, std::less<>>& positions_;
  const std::set<std::size_t>& unrouted_;
  Scene scene_;
  std::set<std::string> linked_;
};

// Depth first through the answers, in the order of the items, until both outcomes were met or all was tried.
class Trial {
 public:
  Trial(const Questionnaire& questionnaire, const Condition& target, const Condition& gate, std::size_t tries)
      : questionnaire_(questionnaire), target_(target), gate_(gate), tries_left_(tries) {}

  bool add(std::size_t item, const std::vector<Mention>& mentions, bool is_routed) {
    auto answers = possible_answers(questionnaire_, questionnaire_.items[item], mentions, Reachability::kMaxValues);
    if (!answers) return false;
    steps_.push_back({&questionnaire_.items[item], std::move(*answers), is_routed});
    return true;
  }

  Verdict verdict() {
    visit(0);
    if (is_met_ && is_missed_) return Verdict::sometimes;
    if (is_worn_out_) return Verdict::undecided;
    return is_met_ ? Verdict::always : Verdict::never;
  }
  std::size_t tries_left() const { return tries_left_; }

 private:
  struct Step {
    const Item* item;
    std::vector<std::string> answers;
    bool is_routed;
  };

  std::optional<bool> look(const Condition& condition) const {
    return condition.holds_so_far([this](std::string_view variable) -> std::optional<std::string> {
      const auto found = known_.find(variable);
      return found == known_.end() ? std::nullopt : std::optional(*found->second);
    });
  }

  void visit(std::size_t depth) {
    if (is_worn_out_ || (is_met_ && is_missed_)) return;
    if (tries_left_ == 0) {
      is_worn_out_ = true;
      return;
    }
    --tries_left_;
    const auto is_open = look(gate_);
    if (is_open == false) return;
    const auto holds = look(target_);
    if (is_open && holds) {
      (*holds ? is_met_ : is_missed_) = true;
      return;
    }
    if (depth == steps_.size()) return;  // names an item that is not there
    const Step& step = steps_[depth];
    const bool is_asked = !step.is_routed || look(step.item->relevant).value_or(true);
    if (!is_asked) return answer(depth, kNoAnswer);
    for (const auto& value : step.answers) answer(depth, value);
  }

  void answer(std::size_t depth, const std::string& value) {
    const auto [place, is_new] = known_.emplace(steps_[depth].item->variable, &value);
    visit(depth + 1);
    known_.erase(place);
  }

  inline static const std::string kNoAnswer;

  const Questionnaire& questionnaire_;
  const Condition& target_;
  const Condition& gate_;
  std::size_t tries_left_;
  std::vector<Step> steps_;
  std::map<std::string, const std::string*, std::less<>> known_;
  bool is_met_ = false;
  bool is_missed_ = false;
  bool is_worn_out_ = false;
};

Verdict tried(const Questionnaire& questionnaire, const Scene& scene, const std::set<std::size_t>& unrouted,
              Trial trial, bool with_routing, std::size_t& tries_left) {
  static const std::vector<Mention> kNone;
  if (scene.items.size() > Reachability::kMaxItems) return Verdict::undecided;
  for (const std::size_t item : scene.items) {
    const auto mentions = scene.mentions.find(questionnaire.items[item].variable);
    const bool is_routed = with_routing && !unrouted.contains(item);
    if (!trial.add(item, mentions == scene.mentions.end() ? kNone : mentions->second, is_routed)) {
      return Verdict::undecided;
    }
  }
  const std::size_t before = trial.tries_left();
  const Verdict verdict = trial.verdict();
  tries_left -= before - trial.tries_left();
  return verdict;
}

}  // namespace

Reachability::Reachability(const Questionnaire& questionnaire, std::set<std::size_t> doubtful)
    : questionnaire_(questionnaire), doubtful_(std::move(doubtful)) {
  for (std::size_t i = 0; i < questionnaire.items.size(); ++i) positions_.emplace(questionnaire.items[i].variable, i);
}

Verdict Reachability::on_its_own(const Condition& condition) {
  if (tries_left_ == 0) return Verdict::undecided;
  Scenery scenery(questionnaire_, positions_, doubtful_);
  scenery.add(condition, false);
  const Condition no_gate;
  return tried(questionnaire_, scenery.finished(), doubtful_,
               Trial(questionnaire_, condition, no_gate, std::min(tries_left_, kMaxTries)), false, tries_left_);
}

Verdict Reachability::on_the_route(const Condition& condition, std::optional<std::size_t> at) {
  if (tries_left_ == 0) return Verdict::undecided;
  Condition gate;
  if (at && !doubtful_.contains(*at)) gate = questionnaire_.items[*at].relevant;
  Scenery scenery(questionnaire_, positions_, doubtful_);
  scenery.add(condition, true);
  scenery.add(gate, true);
  return tried(questionnaire_, scenery.finished(), doubtful_,
               Trial(questionnaire_, condition, gate, std::min(tries_left_, kMaxTries)), true, tries_left_);
}

}  // namespace perspective::survey
