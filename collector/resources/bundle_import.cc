#include "resources/bundle_import.h"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <set>
#include <utility>

#include "base/random.h"
#include "http/problem.h"
#include "protocol/bundle.h"
#include "protocol/enrolment.h"
#include "protocol/limits.h"
#include "protocol/token_report.h"
#include "resources/audit_api.h"
#include "resources/fair_lane.h"

namespace perspective::resources {

namespace json = boost::json;

namespace {

struct Import {
  std::string kiosk;
  protocol::Bundle bundle;
  std::vector<Bytes> batches;  // still to come
  protocol::CourierReceipts receipts;
  std::set<std::string> problems;
  http::Peer peer;
  http::Respond respond;
};

// As bodies of POSTs, in an order drawn here.
Result<std::vector<Bytes>> batches_of(const protocol::Bundle& bundle, std::size_t envelope_bytes) {
  if (bundle.envelopes.empty()) return std::vector<Bytes>();
  auto envelopes = protocol::decode_batch(bundle.envelopes, envelope_bytes, protocol::kMaxBundleEnvelopes);
  if (!envelopes) return fail(ErrorCode::invalid, "bundle: " + envelopes.error().what);
  shuffle(*envelopes);
  std::vector<Bytes> batches;
  for (std::size_t i = 0; i < envelopes->size(); i += protocol::kMaxBatchEnvelopes) {
    const auto first = envelopes->begin() + static_cast<std::ptrdiff_t>(i);
    const auto count = std::min(protocol::kMaxBatchEnvelopes, envelopes->size() - i);
    batches.push_back(protocol::encode_batch({first, first + static_cast<std::ptrdiff_t>(count)}));
  }
  return batches;
}

Result<std::shared_ptr<Import>> checked(const Services& services, ByteView bytes) {
  auto bundle = protocol::open_bundle(bytes, services.authority_pem);
  if (!bundle) return std::unexpected(bundle.error());
  const auto serial = protocol::serial_of(bundle->kiosk_certificate_pem);
  if (!serial) return std::unexpected(serial.error());
  const auto kiosk = services.kiosks->kiosk(*serial);
  if (!kiosk) return in_context("bundle", kiosk.error());
  if (!inspection::may_serve(*kiosk, bundle->inspection)) {
    return fail(ErrorCode::refused, "bundle: its kiosk was not invited to that inspection");
  }
  const auto envelope_bytes = services.inspections->envelope_bytes(bundle->inspection);
  if (!envelope_bytes) return std::unexpected(envelope_bytes.error());
  auto batches = batches_of(*bundle, *envelope_bytes);
  if (!batches) return std::unexpected(batches.error());
  auto import = std::make_shared<Import>();
  import->kiosk = kiosk->id;
  import->receipts.inspection = bundle->inspection;
  import->bundle = *std::move(bundle);
  import->batches = std::move(*batches);
  return import;
}

void take(Import& import, const intake::Reception& reception) {
  for (const auto& outcome : reception.outcomes) {
    if (outcome.receipt) {
      import.receipts.outcomes.push_back(outcome);
    } else {
      import.problems.insert(outcome.problem);
    }
  }
}

// As the same kiosk's requests would do it, and in their order.
Result<void> take_tokens(const Services& services, Import& import) {
  const auto& tokens = import.bundle.tokens;
  for (auto first = tokens.begin(); first != tokens.end();) {
    const auto count = std::min<std::ptrdiff_t>(protocol::kMaxBatchTokens, tokens.end() - first);
    const auto body = protocol::encode_tokens({first, first + count});
    const auto spent = services.intake->spend(import.bundle.inspection, import.kiosk, body);
    if (!spent) return std::unexpected(spent.error());
    if (!*spent) import.problems.insert("its tokens: this kiosk has brought too many");
    first += count;
  }
  return {};
}

Result<void> take_ledger(const Services& services, Import& import) {
  if (!import.bundle.ledger) return {};
  auto taken = services.inspections->take_ledger(import.bundle.inspection, import.kiosk, *import.bundle.ledger);
  if (taken || taken.error().code != ErrorCode::conflict) return taken;
  import.problems.insert("the counts of its visits: " + taken.error().what);
  return {};
}

Result<http::Response> finish(const Services& services, Import& import) {
  const std::string& inspection = import.bundle.inspection;
  if (auto taken = take_tokens(services, import); !taken) return std::unexpected(taken.error());
  if (auto taken = take_ledger(services, import); !taken) return std::unexpected(taken.error());
  const auto has_ended = services.inspections->has_fieldwork_ended(inspection);
  if (!has_ended) return std::unexpected(has_ended.error());
  if (*has_ended) {
    const auto word = services.intake->say_fieldwork_ended(inspection);
    if (!word) return std::unexpected(word.error());
    import.receipts.end_of_fieldwork = *word;
  }
  return http::json_response(200, json::serialize(json::object{{"inspection", inspection},
                                                               {"receipts", protocol::to_json(import.receipts)},
                                                               {"has_fieldwork_ended", *has_ended},
                                                               {"has_ledger", import.bundle.ledger.has_value()},
                                                               {"problems", json::value_from(import.problems)}}));
}

void go_on(const Services& services, const std::shared_ptr<Import>& import) {
  if (import->batches.empty()) {
    auto response = finish(services, *import);
    return import->respond(response ? *std::move(response) : problem_of(response.error(), import->peer));
  }
  const Bytes batch = std::move(import->batches.back());
  import->batches.pop_back();
  services.intake->receive(import->bundle.inspection, import->kiosk, batch,
                           [&services, import](const intake::Reception& reception) {
                             if (reception.status != 200) {
                               return import->respond(http::problem(reception.status, reception.problem));
                             }
                             take(*import, reception);
                             // This may be the store's own thread; what follows asks the store and waits for it.
                             if (!services.pool->offer([&services, import] { go_on(services, import); })) {
                               import->respond(http::problem(503, "The collector is busy; try again soon."));
                             }
                           });
}

}  // namespace

// The first of it reads the whole bundle, which takes long; the rest is as what kiosks send.
http::Handler bundle_importer(const Services& services) {
  return [&services](http::Request request, const http::Respond& respond) {
    auto asked = std::make_shared<http::Request>(std::move(request));
    const bool is_taken = services.lane->offer(person_of(asked->peer), [&services, asked, respond] {
      // It may take a minute to come.
      const auto still_may = for_those_who_still_may(
          services, people::Right::run_service, [](const auto&) -> Result<http::Response> { return http::Response{}; });
      const auto allowed = answer_of(still_may, *asked);
      if (allowed.status != 200) return respond(allowed);
      const auto import = checked(services, asked->bytes());
      if (!import) return respond(problem_of(import.error(), asked->peer));
      const auto event =
          event_of(*asked, "bundle imported", (*import)->receipts.inspection, {{"kiosk", (*import)->kiosk}});
      // Before anything of it is stored: broken off, it was begun.
      if (auto head = services.audit->append(event); !head) return respond(problem_of(head.error(), asked->peer));
      (*import)->respond = respond;
      (*import)->peer = asked->peer;
      go_on(services, *import);
    });
    if (!is_taken) respond(http::problem(503, FairLane::kFull));
  };
}

}  // namespace perspective::resources
