// A bad line to a collector: by chance a request is lost before it arrives, or its answer after, or one envelope of a
// batch is refused for good.
//
// Threads: one.
#pragma once

#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "protocol/batch.h"
#include "protocol/withdrawal.h"
#include "simulation/collector.h"
#include "upload/transport.h"

namespace perspective::simulation {

class Line final : public upload::Transport {
 public:
  Line(Collector& collector, std::mt19937_64& chance) : collector_(collector), chance_(chance) {}

  Result<upload::Answer> send(const upload::Request& request) override {
    if (is_lost()) return fail(ErrorCode::unreachable, "lost on the way there", true);
    auto answer = request.path.ends_with("/envelopes") ? take_batch(request) : ask(request, request.body);
    if (is_lost()) return fail(ErrorCode::unreachable, "lost on the way back", true);
    return answer;
  }

  Collector& collector() { return collector_; }
  bool is_good = false;
  std::set<envelope::EnvelopeId> on_sticks;  // a collector that has one of these from a stick would not refuse it

 private:
  bool is_lost() { return !is_good && chance_() % 10 == 0; }

  upload::Answer ask(const upload::Request& request, ByteView body) {
    const auto response = collector_.ask(request.method, request.path, body);
    return {response.status, {}, Bytes(response.body.begin(), response.body.end())};
  }

  // Not what it has, or may come to have: the answer to the first may have been lost, and a collector says the same
  // again.
  bool is_refused(const protocol::SealedEnvelope& one) {
    return !is_good && chance_() % 40 == 0 && !protocol::is_withdrawal(one.body) && !on_sticks.contains(one.id) &&
           collector_.store().envelopes(kInspection, std::vector{one.id})->empty();
  }

  upload::Answer take_batch(const upload::Request& request) {
    auto batch = protocol::decode_batch(request.body, kEnvelopeBytes).value();
    if (!is_refused(batch.back())) return ask(request, request.body);
    std::vector<protocol::Outcome> outcomes{{batch.back().id, 409, std::nullopt, "refused"}};
    batch.pop_back();
    if (!batch.empty()) {
      const auto answer = ask(request, protocol::encode_batch(batch));
      const auto stored = protocol::decode_outcomes(as_text(answer.body)).value();
      outcomes.insert(outcomes.end(), stored.begin(), stored.end());
    }
    const auto json = protocol::encode_outcomes(outcomes);
    return {200, {}, Bytes(json.begin(), json.end())};
  }

  Collector& collector_;
  std::mt19937_64& chance_;
};

}  // namespace perspective::simulation
