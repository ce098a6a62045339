// The lines of the file of what people took back (withdrawn_file.h), in memory.
//
// Promise:   a line takes 17 bytes, with the room that is kept for the next ones at most 34; no step takes more than a
//            line or a piece of text besides, however many there are: what is copied whole now and then stays with the
//            allocator, once for each thread that did it.
// Threads:   one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace perspective::store {

// stored: it was here before it was taken back.
enum class Came : std::uint8_t { unknown, stored };

class WithdrawnLines {
 public:
  using News = std::map<Withdrawn, Came>;
  using Visit = std::function<Result<void>(const Withdrawn&, Came)>;  // an error ends the walk

  std::size_t size() const;
  bool is_news(const Withdrawn& withdrawn, Came came) const;
  void note(const Withdrawn& withdrawn, Came came);
  void note(const News& news);

  // In the order of inspections and ids: these, and the news in their places.
  Result<void> walk(const Visit& visit, const News& news = {}) const;

 private:
  struct Line {
    Id id;
    Came came;
  };
  using Lines = std::vector<Line>;  // in order
  static Lines::const_iterator place_of(const Lines& lines, const Id& id);
  const Line* find(const Withdrawn& withdrawn) const;

  std::map<std::string, Lines> of_inspections_;
};

}  // namespace perspective::store
