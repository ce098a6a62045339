// A collector in memory behind the Transport interface: it does what the real one does, unless a test tells it to
// answer otherwise. It refuses what the real one refuses.
//
// Threads: send() from one, the rest before or after; interrupt(), answer_at(), tag_answers() and what counts from any.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "protocol/batch.h"
#include "protocol/receipt.h"
#include "protocol/token_report.h"
#include "protocol/withdrawal.h"
#include "upload/transport.h"

namespace perspective::upload {

class ScriptedCollector final : public Transport {
 public:
  using Handler = std::function<Result<Answer>(const Request&)>;

  // The next requests are answered by these; then by the collector itself.
  void then(Handler handler) { script_.push_back(std::move(handler)); }
  void then_answer(int status, std::string body = {}, std::map<std::string, std::string> headers = {}) {
    then([=](const Request&) { return Answer{status, headers, Bytes(body.begin(), body.end())}; });
  }
  void then_fail(ErrorCode code) {
    then([=](const Request&) -> Result<Answer> { return fail(code, "scripted", true); });
  }
  void answer_at(const std::string& path, Answer answer) {
    const std::lock_guard lock(mutex_);
    pages_[path] = std::move(answer);
  }
  // What each answer to a batch says of the list of packages.
  void tag_answers(const std::string& tag) {
    const std::lock_guard lock(mutex_);
    tag_ = tag;
  }

  Result<Answer> send(const Request& request) override {
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    arrived_.notify_all();
    if (!script_.empty()) {
      const auto handler = std::move(script_.front());
      script_.pop_front();
      return handler(request);
    }
    if (request.path.ends_with("/envelopes")) return take_batch(request);
    if (request.path.ends_with("/tokens")) return takes_tokens ? take_tokens(request) : Answer{503, {}, {}};
    const std::lock_guard lock(mutex_);
    const auto page = pages_.find(request.path);
    return page == pages_.end() ? Answer{404, {}, {}} : page->second;
  }

  // A request that waits for it, for ever, until the client gives up.
  void then_hang() {
    then([this](const Request&) -> Result<Answer> {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [this] { return is_interrupted_; });
      return fail(ErrorCode::unreachable, "interrupted", true);
    });
  }
  void interrupt() override {
    {
      const std::lock_guard lock(mutex_);
      is_interrupted_ = true;
    }
    arrived_.notify_all();
  }
  bool await_requests(std::size_t count) {
    std::unique_lock lock(mutex_);
    return arrived_.wait_for(lock, std::chrono::seconds(20), [&] { return requests_.size() >= count; });
  }
  std::size_t asked(std::string_view end_of_path) {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(
        std::ranges::count_if(requests_, [&](const auto& one) { return one.path.ends_with(end_of_path); }));
  }
  std::size_t batches() { return asked("/envelopes"); }

  std::size_t lists() {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::ranges::count(requests_, "/v1/packages", &Request::path));
  }
  std::vector<std::string> headers_of_request(std::size_t number) {
    const std::lock_guard lock(mutex_);
    return requests_.at(number).headers;
  }

  static std::size_t envelope_bytes() { return 100; }
  Bytes receipt_key() const { return key_.public_key(); }
  const protocol::ReceiptKey& key() const { return key_; }
  protocol::Receipt receipt_for(const protocol::SealedEnvelope& one) const {
    return key_.sign(one.id, protocol::digest_of(one.body)).value();
  }
  static std::vector<protocol::SealedEnvelope> batch_in(const Request& request) {
    return protocol::decode_batch(request.body, envelope_bytes()).value();
  }

  std::map<envelope::EnvelopeId, Bytes> stored;
  std::set<envelope::EnvelopeId> withdrawn;
  std::map<std::string, std::set<protocol::TokenProof>> spent;  // by inspection
  std::atomic<bool> takes_tokens = true;

  // Changes what the collector says of each envelope, before it is sent.
  std::function<void(protocol::Outcome&)> twist = [](protocol::Outcome&) {};
  const std::vector<Request>& requests() const { return requests_; }

 private:
  Result<Answer> take_batch(const Request& request) {
    std::vector<protocol::Outcome> outcomes;
    for (const auto& one : batch_in(request)) {
      auto outcome = take(one);
      twist(outcome);
      outcomes.push_back(std::move(outcome));
    }
    const auto json = protocol::encode_outcomes(outcomes);
    const std::lock_guard lock(mutex_);
    const std::map<std::string, std::string> tag{{"perspective-packages", tag_}};
    return Answer{200, tag_.empty() ? std::map<std::string, std::string>() : tag, Bytes(json.begin(), json.end())};
  }

  Result<Answer> take_tokens(const Request& request) {
    constexpr std::string_view kBefore = "/v1/inspections/";
    const auto inspection = request.path.substr(kBefore.size(), request.path.rfind('/') - kBefore.size());
    const auto proofs = protocol::decode_tokens(request.body).value();
    spent[inspection].insert(proofs.begin(), proofs.end());
    const auto receipt = protocol::sign_tokens(key_, inspection, request.body).value();
    const auto json = protocol::encode_token_receipt(receipt);
    return Answer{200, {}, Bytes(json.begin(), json.end())};
  }

  protocol::Outcome take(const protocol::SealedEnvelope& one) {
    if (protocol::is_withdrawal(one.body)) {
      withdrawn.insert(one.id);
      stored.erase(one.id);
    }
    if (withdrawn.contains(one.id)) return {one.id, 410, receipt_for(one), "withdrawn"};
    const auto [there, is_new] = stored.try_emplace(one.id, one.body);
    if (there->second != one.body) return {one.id, 409, std::nullopt, "another"};
    return {one.id, is_new ? 201 : 200, receipt_for(one), ""};
  }

  protocol::ReceiptKey key_ = protocol::ReceiptKey::parse(protocol::ReceiptKey::generate_pem().value()).value();
  std::deque<Handler> script_;
  std::string tag_;
  std::map<std::string, Answer> pages_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<Request> requests_;
  bool is_interrupted_ = false;
};

}  // namespace perspective::upload
