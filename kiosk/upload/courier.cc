#include "upload/courier.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/file.h"
#include "base/log.h"
#include "base/random.h"
#include "protocol/bundle.h"
#include "protocol/limits.h"
#include "upload/settlement.h"
#include "upload/stick.h"

namespace perspective::upload {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxReceiptsBytes = 1024 * 1024;  // 500 have some 110 KiB

// Those of the package's size: another would make the collector refuse all of them.
Result<std::vector<protocol::SealedEnvelope>> waiting_of(outbox::Outbox& outbox, const protocol::Package& package,
                                                         std::size_t most) {
  auto drawn =
      outbox.draw_batch(most, [&](const auto& inspection, const auto&) { return inspection == package.inspection; });
  if (!drawn) return std::unexpected(drawn.error());
  std::vector<protocol::SealedEnvelope> envelopes;
  for (const auto& one : *drawn) {
    auto sent = as_sent(one, package.envelope_bytes);
    if (sent.body.size() == package.envelope_bytes) envelopes.push_back(std::move(sent));
  }
  return envelopes;
}

// What the file of an earlier copy has already. A file that is none of ours holds nothing.
struct Held {
  std::set<outbox::Id> envelopes;
  std::set<outbox::TokenProof> tokens;
};

Held held_in(const fs::path& file, const protocol::Package& package, std::string_view authority_pem) {
  std::error_code error;
  if (const auto size = fs::file_size(file, error); error || size > protocol::kMaxBundleBytes) return {};
  const auto bytes = read_file(file);
  if (!bytes) return {};
  const auto bundle = protocol::open_bundle(*bytes, authority_pem);
  if (!bundle || bundle->inspection != package.inspection) return {};
  Held held{{}, {bundle->tokens.begin(), bundle->tokens.end()}};
  const auto envelopes =
      protocol::decode_batch(bundle->envelopes, package.envelope_bytes, protocol::kMaxBundleEnvelopes);
  if (!envelopes) return held;
  for (const auto& one : *envelopes) held.envelopes.insert(one.id);
  return held;
}

// Enough new ones, or no visit since all was last copied.
Result<bool> keep_back(outbox::Outbox& outbox, const protocol::Package& package, const Held& held) {
  const auto waiting = outbox.waiting();
  if (!waiting) return std::unexpected(waiting.error());
  const auto visited = outbox.visited();
  if (!visited) return std::unexpected(visited.error());
  const auto ids = waiting->find(package.inspection);
  const auto is_new = [&](const auto& id) { return !held.envelopes.contains(id); };
  const auto count = ids == waiting->end() ? 0 : static_cast<std::size_t>(std::ranges::count_if(ids->second, is_new));
  const auto visits = visited->find(package.inspection);
  const bool is_visited = visits != visited->end() && visits->second != outbox::Visits::copied;
  return (count > 0 || is_visited) && count < package.smallest_batch;
}

Result<protocol::Cargo> cargo_of(outbox::Outbox& outbox, const protocol::Package& package) {
  auto envelopes = waiting_of(outbox, package, protocol::kMaxBundleEnvelopes);
  if (!envelopes) return std::unexpected(envelopes.error());
  protocol::Cargo cargo{.inspection = package.inspection, .envelopes = std::move(*envelopes)};
  auto tokens = outbox.tokens();
  if (!tokens) return std::unexpected(tokens.error());
  cargo.tokens = std::move((*tokens)[package.inspection].proofs);
  shuffle(cargo.tokens);
  if (package.is_fieldwork_open) return cargo;
  // As by network (ledger_report.h): when all is over, and also where nobody sat down.
  auto ledgers = outbox.ledgers();
  if (!ledgers) return std::unexpected(ledgers.error());
  const Ledger& ledger = (*ledgers)[package.inspection];
  if (ledger.in_progress() == 0 && ledger.waiting == 0) cargo.ledger = ledger;
  return cargo;
}

Result<void> copy_one(outbox::Outbox& outbox, const Enrolment& enrolment, const protocol::Package& package,
                      const Held& held, const fs::path& file, Copied& copied) {
  const auto cargo = cargo_of(outbox, package);
  if (!cargo) return std::unexpected(cargo.error());
  if (cargo->envelopes.empty()) {
    // Said to be so: it need not be hidden any more.
    if (auto forgotten = outbox.forget_visits(package.inspection); !forgotten) return forgotten;
  }
  const bool has_new_token =
      std::ranges::any_of(cargo->tokens, [&](const auto& token) { return !held.tokens.contains(token); });
  if (cargo->envelopes.empty() && !cargo->ledger && !has_new_token) return {};
  const auto bundle = protocol::sign_bundle(*cargo, enrolment.key_pem.text(), enrolment.certificate_pem);
  if (!bundle) return std::unexpected(bundle.error());
  const auto waiting = outbox.waiting();
  if (!waiting) return std::unexpected(waiting.error());
  const auto ids = waiting->find(package.inspection);
  copied.is_all &= ids == waiting->end() || ids->second.size() <= cargo->envelopes.size();
  if (auto written = write_on_stick(file, *bundle); !written) return written;
  copied.files.push_back(file);
  return {};
}

Result<protocol::CourierReceipts> receipts_in(const fs::path& file) {
  std::error_code error;
  if (const auto size = fs::file_size(file, error); !error && size > kMaxReceiptsBytes) {
    return fail(ErrorCode::corrupt, "receipts: the file is none of ours");
  }
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  return protocol::courier_receipts_from_json(*text);
}

}  // namespace

Result<Copied> copy_to_stick(outbox::Outbox& outbox, const Enrolment& enrolment,
                             const std::vector<protocol::Package>& packages, const fs::path& folder, Few few) {
  Copied copied;
  for (const auto& package : packages) {
    const auto file = folder / ("perspective-" + enrolment.kiosk + "-" + package.inspection + ".bundle");
    const auto held = held_in(file, package, enrolment.authority_pem);
    if (few == Few::kept_back && package.is_fieldwork_open) {
      const auto are_too_few = keep_back(outbox, package, held);
      if (!are_too_few) return std::unexpected(are_too_few.error());
      copied.are_few_kept_back |= *are_too_few;
      if (*are_too_few) continue;
    }
    // Before it is listed.
    if (auto let_go = outbox.let_go(package.inspection, outbox::Visits::copied); !let_go) {
      return std::unexpected(let_go.error());
    }
    if (auto done = copy_one(outbox, enrolment, package, held, file, copied); !done)
      return std::unexpected(done.error());
  }
  return copied;
}

namespace {

// The collector writes them beside the bundle, under its name. Any other file is passed over.
Result<bool> take_all_receipts(outbox::Outbox& outbox, const Enrolment& enrolment, const PackageShelf& shelf,
                               const fs::path& stick) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(stick, error), end; !error && entry != end; entry.increment(error)) {
    const bool is_ours = entry->path().filename().string().starts_with("perspective-" + enrolment.kiosk + "-");
    std::error_code unknown;
    if (is_ours && entry->path().extension() == ".receipts" && entry->is_regular_file(unknown)) {
      files.push_back(entry->path());
    }
  }
  if (error) return fail(ErrorCode::io, stick.string() + ": " + error.message());
  bool is_any_taken = false;
  for (const auto& file : files) {
    const auto taken = take_receipts(outbox, shelf, file);
    if (!taken) log::warning(taken.error().what);
    is_any_taken |= taken && taken->is_any_settled;
  }
  return is_any_taken;
}

}  // namespace

readiness::StickNews use_stick(outbox::Outbox& outbox, const Enrolment& enrolment, const PackageShelf& shelf,
                               const fs::path& stick) {
  readiness::StickNews news;
  const auto has_brought_back = take_all_receipts(outbox, enrolment, shelf, stick);
  const auto copied = has_brought_back ? copy_to_stick(outbox, enrolment, shelf.load().packages, stick)
                                       : Result<Copied>(std::unexpected(has_brought_back.error()));
  if (!copied) {
    log::error(copied.error().what);
    news.fate = readiness::StickFate::not_working;
    return news;
  }
  news.has_brought_back = *has_brought_back;
  news.has_copy = !copied->files.empty();
  news.do_few_wait = copied->are_few_kept_back;
  news.does_more_wait = !copied->is_all;
  return news;
}

Result<Taken> take_receipts(outbox::Outbox& outbox, const PackageShelf& shelf, const fs::path& file) {
  const auto receipts = receipts_in(file);
  if (!receipts) return std::unexpected(receipts.error());
  if (receipts->end_of_fieldwork) {
    const auto ended = shelf.end_fieldwork(receipts->inspection, *receipts->end_of_fieldwork);
    if (!ended && ended.error().code != ErrorCode::refused) return std::unexpected(ended.error());
  }
  const auto packages = shelf.load().packages;
  const auto package = std::ranges::find(packages, receipts->inspection, &protocol::Package::inspection);
  if (package == packages.end()) {
    return fail(ErrorCode::refused, "receipts: they are for an inspection that is not on this kiosk");
  }
  Taken taken{.has_fieldwork_ended = !package->is_fieldwork_open};
  // What hides nothing may be forgotten with the last of it.
  if (taken.has_fieldwork_ended || package->smallest_batch <= 1) {
    if (auto let_go = outbox.let_go(package->inspection); !let_go) return std::unexpected(let_go.error());
  }
  const auto settle_one = [&](const outbox::Envelope& one) {
    const auto outcome = std::ranges::find(receipts->outcomes, one.id, &protocol::Outcome::id);
    return outcome == receipts->outcomes.end()
               ? Result<bool>(false)
               : settle(outbox, one, package->envelope_bytes, *outcome, package->receipt_key);
  };
  const auto waiting = outbox.draw_batch(
      SIZE_MAX, [&](const auto& inspection, const auto&) { return inspection == receipts->inspection; });
  if (!waiting) return std::unexpected(waiting.error());
  for (const auto& one : *waiting) {
    const auto settled = settle_one(one);
    if (!settled) return std::unexpected(settled.error());
    taken.is_any_left |= !*settled;
    taken.is_any_settled |= *settled;
  }
  // On the stick before the network refused it: withdrawn since, or taken in after all.
  const auto set_aside = outbox.set_aside();
  if (!set_aside) return std::unexpected(set_aside.error());
  for (const auto& one : *set_aside) {
    const auto settled = one.inspection == receipts->inspection ? settle_one(one) : Result<bool>(false);
    if (!settled) return std::unexpected(settled.error());
    taken.is_any_settled |= *settled;
  }
  return taken;
}

}  // namespace perspective::upload
