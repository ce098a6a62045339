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

namespace perspective::resources {

namespace json = boost::json;

namespace {

struct Import {
  std::string inspection;
  std::string kiosk;
  std::vector<Bytes> batches;  // still to come
  protocol::CourierReceipts receipts;
  std::set<std::string> problems;
  http::Respond respond;
};

// As bodies of POSTs, in an order drawn here.
Result<std::vector<Bytes>> batches_of(const protocol::Bundle& bundle, std::size_t envelope_bytes) {
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
  const auto bundle = protocol::open_bundle(bytes, services.authority_pem);
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
  return std::make_shared<Import>(Import{.inspection = bundle->inspection,
                                         .kiosk = kiosk->id,
                                         .batches = std::move(*batches),
                                         .receipts = {.inspection = bundle->inspection, .outcomes = {}},
                                         .problems = {},
                                         .respond = {}});
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

http::Response answer_of(const Import& import) {
  return http::json_response(200, json::serialize(json::object{{"inspection", import.inspection},
                                                               {"receipts", protocol::to_json(import.receipts)},
                                                               {"problems", json::value_from(import.problems)}}));
}

void go_on(const Services& services, const std::shared_ptr<Import>& import) {
  if (import->batches.empty()) return import->respond(answer_of(*import));
  const Bytes batch = std::move(import->batches.back());
  import->batches.pop_back();
  services.intake->receive(import->inspection, import->kiosk, batch,
                           [&services, import](const intake::Reception& reception) {
                             if (reception.status != 200) {
                               return import->respond(http::problem(reception.status, reception.problem));
                             }
                             take(*import, reception);
                             go_on(services, import);
                           });
}

}  // namespace

http::Handler bundle_importer(const Services& services) {
  return [&services](http::Request request, const http::Respond& respond) {
    auto asked = std::make_shared<http::Request>(std::move(request));
    const bool is_taken = services.pool->offer([&services, asked, respond] {
      const auto import = checked(services, asked->bytes());
      if (!import) return respond(problem_of(import.error(), asked->peer));
      (*import)->respond = respond;
      go_on(services, *import);
    });
    if (!is_taken) respond(http::problem(503, "The collector is busy; try again soon."));
  };
}

}  // namespace perspective::resources
