#include "release/kinds.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "release/answer_classes.h"
#include "release/routing.h"

namespace perspective::release {
namespace {

// What one kind of people did at each item of the block: a class of answers, or one of these.
constexpr int kUnanswered = -1;
constexpr int kNotAsked = -2;

struct BlockItem {
  const survey::Item* item = nullptr;
  std::vector<const survey::Finding*> findings;
  std::vector<AnswerClass> classes;
};

// Which items belong together, by union of sets.
class Ties {
 public:
  explicit Ties(std::size_t items) : above_(items) { std::iota(above_.begin(), above_.end(), std::size_t{0}); }
  std::size_t root(std::size_t item) const {
    while (above_[item] != item) item = above_[item];
    return item;
  }
  void tie(std::size_t left, std::size_t right) { above_[root(left)] = root(right); }

 private:
  std::vector<std::size_t> above_;
};

// Items that a finding is on, and those that decide whether such an item is asked.
std::set<std::size_t> items_that_matter(const survey::Questionnaire& questionnaire) {
  std::set<std::size_t> matter;
  std::vector<std::size_t> waiting;
  for (const auto& finding : questionnaire.findings) waiting.push_back(questionnaire.position(finding.item));
  while (!waiting.empty()) {
    const auto item = waiting.back();
    waiting.pop_back();
    if (!matter.insert(item).second) continue;
    for (const auto& name : questionnaire.items[item].relevant.variables())
      waiting.push_back(questionnaire.position(name));
  }
  return matter;
}

std::vector<std::vector<std::size_t>> tied_items(const survey::Questionnaire& questionnaire) {
  const auto matter = items_that_matter(questionnaire);
  Ties ties(questionnaire.items.size());
  for (const auto item : matter)
    for (const auto& name : questionnaire.items[item].relevant.variables())
      ties.tie(item, questionnaire.position(name));
  for (const auto& finding : questionnaire.findings)
    if (const auto parent = parent_of(finding); !parent.empty())
      ties.tie(questionnaire.position(finding.item), questionnaire.position(questionnaire.finding(parent)->item));
  std::map<std::size_t, std::vector<std::size_t>> groups;
  for (const auto item : matter) groups[ties.root(item)].push_back(item);
  std::vector<std::vector<std::size_t>> all;
  for (auto& [root, items] : groups) all.push_back(std::move(items));
  std::ranges::sort(all);
  return all;
}

Result<BlockItem> block_item(const survey::Questionnaire& questionnaire, std::size_t position) {
  BlockItem item;
  item.item = &questionnaire.items[position];
  for (const auto& finding : questionnaire.findings)
    if (finding.item == item.item->variable) item.findings.push_back(&finding);
  std::vector<survey::Mention> mentions;
  for (const auto& other : questionnaire.items)
    for (auto& mention : other.relevant.mentions())
      if (mention.variable == item.item->variable) mentions.push_back(std::move(mention));
  auto classes = answer_classes(*item.item, item.findings, mentions);
  if (!classes) return std::unexpected(classes.error());
  item.classes = std::move(*classes);
  return item;
}

using Kind = std::vector<int>;

bool is_asked(const std::vector<BlockItem>& items, const Kind& so_far, const survey::Item& item) {
  return item.relevant.holds([&](std::string_view variable) {
    for (std::size_t i = 0; i < so_far.size(); ++i)
      if (items[i].item->variable == variable && so_far[i] >= 0)
        return items[i].classes[static_cast<std::size_t>(so_far[i])].value;
    return std::string();
  });
}

Result<std::vector<Kind>> kinds_of(const std::vector<BlockItem>& items) {
  std::vector<Kind> kinds{{}};
  for (const auto& item : items) {
    std::vector<Kind> longer;
    const auto extend = [&](Kind kind, int code) {
      kind.push_back(code);
      longer.push_back(std::move(kind));
    };
    for (const auto& kind : kinds) {
      if (!is_asked(items, kind, *item.item)) {
        extend(kind, kNotAsked);
        continue;
      }
      for (std::size_t c = 0; c < item.classes.size(); ++c) extend(kind, static_cast<int>(c));
      extend(kind, kUnanswered);
    }
    kinds = std::move(longer);
    if (kinds.size() > kMaxKinds)
      return fail(ErrorCode::invalid, "too many findings hang together at '" + item.item->variable +
                                          "' for the auditor to look through; take some apart");
  }
  return kinds;
}

template <typename Wanted>
Mask kinds_where(const std::vector<Kind>& kinds, std::size_t item, Wanted wanted) {
  Mask mask(kinds.size(), 0);
  for (std::size_t k = 0; k < kinds.size(); ++k) mask[k] = wanted(kinds[k][item]) ? 1 : 0;
  return mask;
}

ItemKinds item_kinds(const std::vector<Kind>& kinds, const std::vector<BlockItem>& items, std::size_t i) {
  const auto& item = items[i];
  const auto in_base = [&](int code) { return code >= 0 && item.classes[static_cast<std::size_t>(code)].in_base; };
  ItemKinds all;
  all.variable = item.item->variable;
  all.has_outside = has_outside_option(*item.item);
  all.is_always_asked = item.item->relevant.is_always();
  all.asked = kinds_where(kinds, i, [](int code) { return code != kNotAsked; });
  all.in_base = kinds_where(kinds, i, in_base);
  all.outside = kinds_where(kinds, i, [&](int code) { return code >= 0 && !in_base(code); });
  all.unanswered = kinds_where(kinds, i, [](int code) { return code == kUnanswered; });
  for (std::size_t c = 0; c < item.classes.size(); ++c) {
    const auto code = static_cast<int>(c);
    if (in_base(code) && !item.findings.empty())
      all.options.push_back({item.classes[c].options, kinds_where(kinds, i, [&](int other) { return other == code; })});
  }
  return all;
}

// Words are in no block themselves: no finding is on them. Who is asked for them can hang on what a block tells apart.
std::vector<TextKinds> text_kinds(const survey::Questionnaire& questionnaire, const std::vector<Kind>& kinds,
                                  const std::vector<BlockItem>& items) {
  std::vector<TextKinds> all;
  for (const auto& item : questionnaire.items) {
    const auto is_here = [&](const std::string& variable) {
      return std::ranges::any_of(items, [&](const auto& each) { return each.item->variable == variable; });
    };
    const auto variables = item.relevant.variables();
    if (!survey::is_text(item) || variables.empty() || !std::ranges::all_of(variables, is_here)) continue;
    Mask asked(kinds.size(), 0);
    for (std::size_t k = 0; k < kinds.size(); ++k) asked[k] = is_asked(items, kinds[k], item) ? 1 : 0;
    all.push_back({item.variable, std::move(asked)});
  }
  return all;
}

// As tally/tally.cc counts: nested within the people of another, or joint with it.
struct Group {
  Mask base;
  Mask counted;
};

Group hung(const Group& own, const Group& parent, bool is_joint) {
  if (is_joint) return {both(own.base, parent.base), both(own.counted, parent.counted)};
  return {parent.counted, both(own.counted, parent.counted)};
}

Result<Block> block_of(const survey::Questionnaire& questionnaire, const std::vector<std::size_t>& positions) {
  std::vector<BlockItem> items;
  for (const auto position : positions) {
    auto item = block_item(questionnaire, position);
    if (!item) return std::unexpected(item.error());
    items.push_back(std::move(*item));
  }
  const auto kinds = kinds_of(items);
  if (!kinds) return std::unexpected(kinds.error());
  Block block;
  block.kinds = kinds->size();
  for (std::size_t i = 0; i < items.size(); ++i) block.items.push_back(item_kinds(*kinds, items, i));
  block.texts = text_kinds(questionnaire, *kinds, items);
  std::map<std::string, Group> groups;
  for (const auto& finding : questionnaire.findings) {
    const auto found = std::ranges::find(items, finding.item, [](const auto& item) { return item.item->variable; });
    if (found == items.end()) continue;
    const auto i = static_cast<std::size_t>(found - items.begin());
    const auto f = static_cast<std::size_t>(std::ranges::find(found->findings, &finding) - found->findings.begin());
    Group group{block.items[i].in_base, kinds_where(*kinds, i, [&](int code) {
                  return code >= 0 && found->classes[static_cast<std::size_t>(code)].counted[f];
                })};
    if (!is_plain(finding)) group = hung(group, groups.at(parent_of(finding)), finding.joint_with.has_value());
    groups[finding.id] = group;
    block.findings.push_back(
        {finding.id, finding.item, is_plain(finding), finding.joint_with.has_value(), group.base, group.counted});
  }
  return block;
}

}  // namespace

Mask both(const Mask& left, const Mask& right) {
  Mask mask(left.size());
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = left[i] & right[i];
  return mask;
}

Mask without(const Mask& left, const Mask& right) {
  Mask mask(left.size());
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = left[i] != 0 && right[i] == 0 ? 1 : 0;
  return mask;
}

bool is_empty(const Mask& mask) { return std::ranges::count(mask, 0) == std::ssize(mask); }
bool is_everyone(const Mask& mask) { return std::ranges::count(mask, 1) == std::ssize(mask); }

Result<std::vector<Block>> blocks_of(const survey::Questionnaire& questionnaire) {
  std::vector<Block> blocks;
  for (const auto& positions : tied_items(questionnaire)) {
    auto block = block_of(questionnaire, positions);
    if (!block) return std::unexpected(block.error());
    blocks.push_back(std::move(*block));
  }
  return blocks;
}

}  // namespace perspective::release
