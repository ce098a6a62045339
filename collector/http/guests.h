// Inside collector/http: who is in, who has to go when the house is full, and how often each may ask.
//
// Promise:   nobody keeps others out by coming often. A guest is a stranger, an address, until it is known: a kiosk by
//            its name in the certificate that its handshake showed, however many it has, where that is good still; a
//            person from the first request on that the router's gate let in. Where the house is full, a newcomer takes
//            the place of one of whoever has the most, if that is more than a sixteenth of the house (of 256: sixteen;
//            two browsers of one person have six each); else of a stranger, so that no crowd pushes out who is known:
//            of the one from where most strangers came of late (comings.h; whoever came to be known is not counted),
//            and of the oldest among those who came seldom, so that a crowd that comes on and on pushes out itself;
//            among the known alone, of one of whoever has several; and is turned away only where all are known and
//            different. Of several of one it is the oldest that waits for no answer, else the oldest. Over time each
//            guest may ask as often as its rate says, with a burst to begin with; whoever asks more is told when to
//            come again. What is remembered of them is bounded, and forgotten once it means nothing.
// Threads:   any.
// Units:     times in milliseconds of a clock that never goes back.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>

#include "http/comings.h"

namespace perspective::http {

class Guests {
 public:
  struct Calls {  // from another thread, once at most each; must not block
    std::function<void()> on_stopping;
    std::function<void()> on_displaced;  // empty: is never displaced
  };
  // 0: turned away.
  std::size_t enter(std::size_t max_guests, std::string address, std::int64_t now_ms, Calls calls);
  // who: the same for all connections of one, and no address. Again where it is somebody else's now.
  void know(std::size_t guest, std::string who);
  void set_at_work(std::size_t guest, bool is_at_work);
  void leave(std::size_t guest);
  bool is_stopping() const { return is_stopping_; }
  void ask_to_leave();
  void wait_until_gone(int patience_ms);

 private:
  struct Guest {
    std::string who;
    bool is_known = false;
    bool is_at_work = false;
    bool is_leaving = false;
    Calls calls;
    Comings::Origin origin;
  };
  using Place = std::map<std::size_t, Guest>::iterator;
  Place oldest_of(const std::function<bool(const Guest&)>& is_meant);
  Place one_to_displace(std::size_t fair_share);
  Place most_frequent_stranger();
  bool displace_one(std::size_t fair_share);
  void give_up_share(const std::string& who);

  std::atomic<bool> is_stopping_ = false;
  std::mutex mutex_;
  std::condition_variable is_gone_;
  std::map<std::size_t, Guest> guests_;  // oldest first
  Comings comings_;
  std::map<std::string, std::size_t> shares_;  // of those that are not leaving
  std::size_t staying_ = 0;                    // those that are not leaving
  std::size_t last_ = 0;
};

// While its request is worked on.
class AtWork {
 public:
  AtWork(Guests& guests, std::size_t guest) : guests_(guests), guest_(guest) { guests_.set_at_work(guest_, true); }
  AtWork(const AtWork&) = delete;
  AtWork& operator=(const AtWork&) = delete;
  ~AtWork() { guests_.set_at_work(guest_, false); }

 private:
  Guests& guests_;
  std::size_t guest_;
};

struct Rate {
  int per_s = 0;  // 0: as often as they like
  int burst = 0;
};

class Rates {
 public:
  // 0: go on; else come again after so many seconds.
  int seconds_until_allowed(const std::string& who, const Rate& rate, std::int64_t now_ms);

 private:
  struct Bucket {
    double left = 0;
    std::int64_t filled_ms = 0;
  };
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace perspective::http
