#include "store/withdrawn_lines.h"

#include <algorithm>

namespace perspective::store {

WithdrawnLines::Lines::const_iterator WithdrawnLines::place_of(const Lines& lines, const Id& id) {
  return std::ranges::lower_bound(lines, id, {}, &Line::id);
}

const WithdrawnLines::Line* WithdrawnLines::find(const Withdrawn& withdrawn) const {
  const auto found = of_inspections_.find(withdrawn.inspection);
  if (found == of_inspections_.end()) return nullptr;
  const auto place = place_of(found->second, withdrawn.id);
  return place != found->second.end() && place->id == withdrawn.id ? &*place : nullptr;
}

std::size_t WithdrawnLines::size() const {
  std::size_t all = 0;
  for (const auto& [inspection, lines] : of_inspections_) all += lines.size();
  return all;
}

bool WithdrawnLines::is_news(const Withdrawn& withdrawn, Came came) const {
  const Line* const known = find(withdrawn);
  return known == nullptr || (came == Came::stored && known->came != came);
}

void WithdrawnLines::note(const Withdrawn& withdrawn, Came came) {
  auto& lines = of_inspections_[withdrawn.inspection];
  const auto place = lines.begin() + (place_of(lines, withdrawn.id) - lines.cbegin());
  if (place == lines.end() || place->id != withdrawn.id) {
    lines.insert(place, Line{withdrawn.id, came});
  } else if (came == Came::stored) {
    place->came = came;
  }
}

void WithdrawnLines::note(const News& news) {
  for (const auto& [one, came] : news) note(one, came);
}

Result<void> WithdrawnLines::walk(const Visit& visit, const News& news) const {
  auto next = news.begin();
  // Up to this one; where the walk stands on it, it is passed.
  const auto visit_news_before = [&](const Withdrawn& line) -> Result<bool> {
    for (; next != news.end() && next->first < line; ++next) {
      if (auto visited = visit(next->first, next->second); !visited) return std::unexpected(visited.error());
    }
    return next != news.end() && next->first == line;
  };
  for (const auto& [inspection, lines] : of_inspections_) {
    Withdrawn line{inspection, {}};
    for (const auto& [id, came] : lines) {
      line.id = id;
      const auto is_news = visit_news_before(line);
      if (!is_news) return std::unexpected(is_news.error());
      if (*is_news) continue;  // the next step says it
      if (auto visited = visit(line, came); !visited) return visited;
    }
  }
  for (; next != news.end(); ++next) {
    if (auto visited = visit(next->first, next->second); !visited) return visited;
  }
  return {};
}

}  // namespace perspective::store
