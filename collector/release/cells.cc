#include "release/cells.h"

#include <algorithm>

namespace perspective::release {
namespace {

class Cells {
 public:
  // The first to come with a set of people names it; it is printed if any of them prints it.
  void add(CellKind kind, std::string name, Mask people, bool is_printed) {
    if (is_empty(people) || is_everyone(people)) return;
    const auto found = std::ranges::find(all_, people, &Cell::people);
    if (found == all_.end())
      all_.push_back({kind, std::move(name), std::move(people), is_printed});
    else
      found->is_printed = found->is_printed || is_printed;
  }
  std::vector<Cell> all() && {
    for (auto& cell : all_) cell.is_printed = cell.is_printed || is_left_over(cell);
    return std::move(all_);
  }

 private:
  // Of one count or base that is printed, what another leaves.
  bool is_left_over(const Cell& cell) const {
    return std::ranges::any_of(all_, [&](const Cell& whole) {
      return is_number(whole) && std::ranges::any_of(all_, [&](const Cell& part) {
               return is_number(part) && is_empty(without(part.people, whole.people)) &&
                      without(whole.people, part.people) == cell.people;
             });
    });
  }
  static bool is_number(const Cell& cell) {
    return cell.is_printed && (cell.kind == CellKind::count || cell.kind == CellKind::base);
  }

  std::vector<Cell> all_;
};

bool is_stated_more(const Part& part, const std::string& finding) {
  return std::ranges::find(part.stated_more, finding, &StatedMore::finding) != part.stated_more.end();
}

bool prints_base(const Part& part, const FindingKinds& finding) {
  const auto* statement = part.statement(finding.id);
  return is_stated_more(part, finding.id) ||
         (statement != nullptr && statement->whom == Whom::who_answered && statement->of.has_value());
}

bool prints_count(const Part& part, const FindingKinds& finding) {
  const auto* statement = part.statement(finding.id);
  return is_stated_more(part, finding.id) || (statement != nullptr && statement->count.has_value());
}

// Count and what it is a part of are both printed: "seven of these 17".
bool prints_others(const Part& part, const FindingKinds& finding) {
  const auto* statement = part.statement(finding.id);
  if (!prints_count(part, finding)) return false;
  return prints_base(part, finding) || (statement != nullptr && statement->whom == Whom::these);
}

// The base of a nested finding is another's count.
bool prints_own_base(const FindingKinds& finding) { return finding.is_plain || finding.is_joint; }

bool prints_item_base(const Part& part, const Block& block, const std::string& item) {
  return std::ranges::any_of(block.findings, [&](const auto& finding) {
    return finding.item == item && prints_own_base(finding) && prints_base(part, finding);
  });
}

void add_item(const Part& part, const Block& block, const ItemKinds& item, Cells& cells) {
  const bool is_printed = prints_item_base(part, block, item.variable);
  cells.add(CellKind::asked, item.variable, item.asked, false);
  cells.add(CellKind::base, item.variable, item.in_base, is_printed);
  cells.add(CellKind::outside, item.variable, item.outside, false);
  cells.add(CellKind::unanswered, item.variable, item.unanswered, is_printed && !item.has_outside);
  for (const auto& option : item.options)
    cells.add(CellKind::option, item.variable + ": " + option.options, option.chose, false);
}

std::vector<Cell> with_what_is_left(const Block& block, const Part& part) {
  Cells cells;
  for (const auto& finding : block.findings)
    cells.add(CellKind::count, finding.id, finding.counted, prints_count(part, finding));
  for (const auto& finding : block.findings)
    cells.add(CellKind::others, finding.id, without(finding.base, finding.counted), prints_others(part, finding));
  for (const auto& item : block.items) add_item(part, block, item, cells);
  for (const auto& finding : block.findings)
    if (finding.is_joint) cells.add(CellKind::base, finding.id, finding.base, prints_base(part, finding));
  return std::move(cells).all();
}

// Count and base of an override, which it was made to print.
bool is_stated_itself(const Block& block, const Part& part, const Cell& cell) {
  return std::ranges::any_of(block.findings, [&](const FindingKinds& finding) {
    if (!is_stated_more(part, finding.id)) return false;
    return cell.people == finding.counted || (prints_own_base(finding) && cell.people == finding.base);
  });
}

}  // namespace

std::string to_text(const Cell& cell) {
  switch (cell.kind) {
    case CellKind::count:
      return "count of " + cell.name;
    case CellKind::others:
      return "not counted by " + cell.name;
    case CellKind::base:
      return "base of " + cell.name;
    case CellKind::asked:
      return "asked " + cell.name;
    case CellKind::outside:
      return "outside the base of " + cell.name;
    case CellKind::unanswered:
      return "no answer to " + cell.name;
    case CellKind::option:
      return "option of " + cell.name;
  }
  return cell.name;
}

std::vector<Cell> cells_of(const Block& block, const Part& part) {
  auto cells = with_what_is_left(block, part);
  if (part.stated_more.empty()) return cells;
  auto by_rules = part;
  by_rules.stated_more.clear();
  const auto before = with_what_is_left(block, by_rules);  // the same cells in the same order
  for (std::size_t i = 0; i < cells.size(); ++i)
    cells[i].is_left_by_override =
        cells[i].is_printed && !before[i].is_printed && !is_stated_itself(block, part, cells[i]);
  return cells;
}

}  // namespace perspective::release
