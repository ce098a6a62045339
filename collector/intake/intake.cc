#include "intake/intake.h"

#include <atomic>
#include <memory>
#include <numeric>
#include <set>
#include <utility>

#include "base/log.h"
#include "base/random.h"
#include "protocol/end_of_fieldwork.h"
#include "protocol/withdrawal.h"

namespace perspective::intake {
namespace {

constexpr std::string_view kLater =
    "the collector can not store anything at the moment; keep the envelopes and try later";

constexpr std::string_view kTooManyWishes =
    "this kiosk has asked to take back too many answers; keep this wish and ask again later, and have an "
    "administrator look at the kiosk";

constexpr std::string_view kTooManyAnswers =
    "this kiosk has brought too many answers; keep this one and try again later, and have an administrator look at "
    "the kiosk";

Reception refusal(int status, std::string problem) { return {status, std::move(problem), {}}; }

// The operator reads what went wrong; the kiosk only has to know that it keeps its copies.
Reception later(const Error& error) {
  log::error("intake: " + error.what);
  return refusal(503, std::string(kLater));
}

int status_of(store::PutOutcome outcome) {
  switch (outcome) {
    case store::PutOutcome::stored:
      return 201;
    case store::PutOutcome::repeated:
      return 200;
    case store::PutOutcome::conflicting:
      return 409;
    case store::PutOutcome::withdrawn:
      return 410;
    case store::PutOutcome::not_accepting:
      return 422;
  }
  return 503;
}

std::string problem_of(store::PutOutcome outcome) {
  switch (outcome) {
    case store::PutOutcome::conflicting:
      return "another envelope with this id is stored";
    case store::PutOutcome::withdrawn:
      return "this envelope was withdrawn";
    case store::PutOutcome::not_accepting:
      return "the inspection is closed";
    default:
      return {};
  }
}

// With one, the kiosk may drop its copy.
bool earns_receipt(store::PutOutcome outcome) {
  return outcome == store::PutOutcome::stored || outcome == store::PutOutcome::repeated ||
         outcome == store::PutOutcome::withdrawn;
}

// So few are answered on the store's own thread: to wake another one would take longer.
constexpr std::size_t kAnsweredAtOnce = 4;

}  // namespace

// One batch on its way: who asked, what was in it, and where in the body each envelope of the shuffled batch stood.
struct Intake::Delivery {
  struct Entry {
    envelope::EnvelopeId id{};
    protocol::Digest digest{};
    std::size_t position = 0;
  };
  std::string inspection;
  std::string kiosk;
  std::vector<Entry> entries;              // in the store's (shuffled) order
  std::vector<Entry> withdrawn;            // done already, but for these:
  std::set<envelope::EnvelopeId> refused;  // wishes
  std::vector<Entry> held_back;            // envelopes that the kiosk may not leave here
  Done done;
  // The receipts are signed while the store commits. Whoever comes to an end last answers.
  Result<std::vector<protocol::Receipt>> receipts = {};  // of the entries, then of what was withdrawn
  Result<std::vector<store::PutOutcome>> stored = {};
  std::atomic<int> under_way = 2;

  Delivery(std::string of, std::string from, Done when_done)
      : inspection(std::move(of)), kiosk(std::move(from)), done(std::move(when_done)) {}
  bool is_last() { return under_way.fetch_sub(1) == 1; }
};

Intake::Intake(store::Store& store, protocol::ReceiptKey key, const Clock& clock, Run run, OnArrival on_arrival,
               Withdraw withdraw, RunWishes run_wishes, Ration::Bounds of_one_kiosk)
    : store_(store),
      key_(std::move(key)),
      clock_(clock),
      run_(std::move(run)),
      on_arrival_(std::move(on_arrival)),
      withdraw_(std::move(withdraw)),
      run_wishes_(std::move(run_wishes)),
      answers_(of_one_kiosk),
      tokens_(of_one_kiosk) {}

void Intake::receive(std::string_view inspection, std::string_view kiosk, ByteView body, Done done) {
  const auto head = store_.head(inspection);
  if (!head && head.error().code == ErrorCode::not_found) return done(refusal(422, head.error().what));
  if (!head) return done(later(head.error()));
  auto decoded = protocol::decode_batch(body, head->envelope_bytes);
  if (!decoded) return done(refusal(413, decoded.error().what));

  store::Batch batch{head->id, std::string(kiosk), day_of(clock_.now_s()), {}};
  auto delivery = std::make_shared<Delivery>(head->id, std::string(kiosk), std::move(done));
  std::vector<std::size_t> order(decoded->size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  shuffle(order);
  for (const auto position : order) {
    auto& envelope = (*decoded)[position];
    const auto digest = protocol::digest_of(envelope.body);
    if (protocol::is_withdrawal(envelope.body)) {
      delivery->withdrawn.push_back({envelope.id, digest, position});
      continue;
    }
    delivery->entries.push_back({envelope.id, digest, position});
    batch.envelopes.push_back({envelope.id, digest, std::move(envelope.body)});
  }
  if (delivery->withdrawn.empty() || !run_wishes_) return take(delivery, std::move(batch));
  auto waiting = std::make_shared<store::Batch>(std::move(batch));
  const bool is_taken =
      run_wishes_(std::string(kiosk), [this, delivery, waiting] { take(delivery, std::move(*waiting)); });
  if (!is_taken) delivery->done(refusal(503, "too much of what this kiosk takes back waits already"));
}

// Of a batch all or none: a kiosk of people has some in a day, and is far from this. Repeats, too: they come again.
void Intake::hold_back_what_is_too_much(Delivery& delivery, store::Batch& batch) {
  const auto granted = answers_.take(delivery.kiosk, std::ssize(delivery.entries), clock_.now_s());
  if (granted == Ration::Granted::yes) return;
  if (granted == Ration::Granted::no_for_the_first_time) {
    log::warning("kiosk " + delivery.kiosk + " has brought too many answers: what it brings now is refused, and it " +
                 "keeps that. Look at it, and revoke it if it is not what you set up");
  }
  delivery.held_back = std::exchange(delivery.entries, {});
  batch.envelopes.clear();
}

void Intake::take(const std::shared_ptr<Delivery>& delivery, store::Batch batch) {
  if (auto withdrawn = withdraw(*delivery); !withdrawn) return delivery->done(later(withdrawn.error()));
  hold_back_what_is_too_much(*delivery, batch);
  store_.put(std::move(batch), [this, delivery](Result<std::vector<store::PutOutcome>> stored) {
    delivery->stored = std::move(stored);
    if (!delivery->is_last()) return;
    if (delivery->entries.size() <= kAnsweredAtOnce) return finish(*delivery);
    run_([this, delivery] { finish(*delivery); });
  });
  delivery->receipts = receipts_for(*delivery);
  if (delivery->is_last()) finish(*delivery);
}

// Of those too that will not earn one; those go nowhere.
Result<std::vector<protocol::Receipt>> Intake::receipts_for(const Delivery& delivery) const {
  std::vector<protocol::Receipt> receipts;
  receipts.reserve(delivery.entries.size() + delivery.withdrawn.size());
  for (const auto* const entries : {&delivery.entries, &delivery.withdrawn}) {
    for (const auto& entry : *entries) {
      auto receipt = key_.sign(entry.id, entry.digest);
      if (!receipt) return std::unexpected(receipt.error());
      receipts.push_back(*receipt);
    }
  }
  return receipts;
}

Result<void> Intake::withdraw(Delivery& delivery) const {
  if (delivery.withdrawn.empty()) return {};
  std::vector<envelope::EnvelopeId> ids;
  for (const auto& entry : delivery.withdrawn) ids.push_back(entry.id);
  const auto refused = withdraw_(delivery.inspection, delivery.kiosk, ids);
  if (!refused) return std::unexpected(refused.error());
  delivery.refused.insert(refused->begin(), refused->end());
  return {};
}

void Intake::finish(const Delivery& delivery) {
  const auto& stored = delivery.stored;
  std::vector<envelope::EnvelopeId> arrived;
  for (std::size_t i = 0; stored && i < stored->size(); ++i) {
    if ((*stored)[i] == store::PutOutcome::stored) arrived.push_back(delivery.entries[i].id);
  }
  answers_.give_back(delivery.kiosk, std::ssize(delivery.entries) - std::ssize(arrived));  // that stay not once more
  if (!stored) return delivery.done(later(stored.error()));
  if (!arrived.empty()) on_arrival_(delivery.inspection, arrived);
  // Stored they are; asked again, the kiosk gets its receipts.
  if (!delivery.receipts) return delivery.done(later(delivery.receipts.error()));
  delivery.done(answer(delivery));
}

Reception Intake::answer(const Delivery& delivery) {
  auto entries = delivery.entries;
  auto outcomes = *delivery.stored;
  entries.insert(entries.end(), delivery.withdrawn.begin(), delivery.withdrawn.end());
  outcomes.resize(entries.size(), store::PutOutcome::withdrawn);
  Reception reception;
  reception.outcomes.resize(entries.size() + delivery.held_back.size());
  for (const auto& entry : delivery.held_back) {
    reception.outcomes[entry.position] = {entry.id, 429, std::nullopt, std::string(kTooManyAnswers)};
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& entry = entries[i];
    auto& outcome = reception.outcomes[entry.position];
    if (i >= delivery.entries.size() && delivery.refused.contains(entry.id)) {
      outcome = {entry.id, 429, std::nullopt, std::string(kTooManyWishes)};
      continue;
    }
    outcome = {entry.id, status_of(outcomes[i]), std::nullopt, problem_of(outcomes[i])};
    if (earns_receipt(outcomes[i])) outcome.receipt = (*delivery.receipts)[i];
  }
  return reception;
}

Result<protocol::Receipt> Intake::say_fieldwork_ended(std::string_view inspection) const {
  return protocol::sign_end_of_fieldwork(key_, inspection);
}

}  // namespace perspective::intake
