// Inside collector/http: an answer that comes once, whatever becomes of the handler.
//
// Promise:   `complete` is called with the first answer; with 500 where none ever came.
// Threads:   any may call answer().
#pragma once

#include <atomic>
#include <functional>
#include <utility>

#include "http/message.h"
#include "http/problem.h"

namespace perspective::http {

class Answering {
 public:
  using Complete = std::function<void(Response)>;
  explicit Answering(Complete complete) : complete_(std::move(complete)) {}
  Answering(const Answering&) = delete;
  Answering& operator=(const Answering&) = delete;
  ~Answering() { answer(problem(500, "The collector did not answer.")); }
  void answer(Response response) {
    if (!is_answered_.exchange(true)) complete_(std::move(response));
  }

 private:
  Complete complete_;
  std::atomic<bool> is_answered_ = false;
};

}  // namespace perspective::http
