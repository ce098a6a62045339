// Places for pages that wait for news: bounded, of one person and of all.
//
// Promise:   nobody is put off by others' many pages: where all places are taken, the oldest of whoever has the most is
//            let go for somebody who would still have no more than they. What was let go so gets no place back for it.
// Ownership: a place lasts as long as what take() gives back, which may outlive these.
// Threads:   any.
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace perspective::resources {

class WatchPlaces {
 public:
  struct Place {
    std::atomic<bool> has_made_room = false;  // for somebody else: who has it leaves soon
  };

  WatchPlaces(std::size_t most, std::size_t most_of_one) : taken_(std::make_shared<Taken>(most, most_of_one)) {}

  std::shared_ptr<const Place> take(const std::string& who);  // none: there is none

 private:
  class Taken {
   public:
    Taken(std::size_t most, std::size_t most_of_one) : most_(most), most_of_one_(most_of_one) {}
    std::shared_ptr<Place> enter(const std::string& who);
    void leave(const std::string& who, const std::shared_ptr<Place>& place);

   private:
    bool has_room() const;
    bool makes_room_for(std::size_t own);

    const std::size_t most_;
    const std::size_t most_of_one_;
    std::mutex mutex_;
    std::map<std::string, std::deque<std::shared_ptr<Place>>> of_;  // each who has some, the oldest first
  };
  std::shared_ptr<Taken> taken_;
};

}  // namespace perspective::resources
