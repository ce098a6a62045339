#include "upload/courier.h"

#include <algorithm>

#include "base/file.h"
#include "base/log.h"
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

// How many of these the file of an earlier copy has not. A file that is none of ours holds nothing.
std::size_t count_new(const std::vector<outbox::Id>& ids, const fs::path& file, const protocol::Package& package,
                      std::string_view authority_pem) {
  std::error_code error;
  if (const auto size = fs::file_size(file, error); error || size > protocol::kMaxBundleBytes) return ids.size();
  const auto bytes = read_file(file);
  if (!bytes) return ids.size();
  const auto bundle = protocol::open_bundle(*bytes, authority_pem);
  if (!bundle || bundle->inspection != package.inspection) return ids.size();
  const auto held = protocol::decode_batch(bundle->envelopes, package.envelope_bytes, protocol::kMaxBundleEnvelopes);
  if (!held) return ids.size();
  return static_cast<std::size_t>(std::ranges::count_if(
      ids, [&](const auto& id) { return std::ranges::find(*held, id, &protocol::SealedEnvelope::id) == held->end(); }));
}

// Enough new ones, or no visit since all was last let go.
Result<bool> keep_back(outbox::Outbox& outbox, const protocol::Package& package, const fs::path& file,
                       std::string_view authority_pem) {
  const auto waiting = outbox.waiting();
  if (!waiting) return std::unexpected(waiting.error());
  const auto visited = outbox.visited();
  if (!visited) return std::unexpected(visited.error());
  const auto ids = waiting->find(package.inspection);
  const auto count = ids == waiting->end() ? 0 : count_new(ids->second, file, package, authority_pem);
  const auto visits = visited->find(package.inspection);
  const bool is_visited = visits != visited->end() && visits->second == outbox::Visits::since;
  return (count > 0 || is_visited) && count < package.smallest_batch;
}

Result<void> copy_one(outbox::Outbox& outbox, const Enrolment& enrolment, const protocol::Package& package,
                      const fs::path& file, Copied& copied) {
  const auto envelopes = waiting_of(outbox, package, protocol::kMaxBundleEnvelopes);
  if (!envelopes) return std::unexpected(envelopes.error());
  // Said to be so: it need not be hidden any more.
  if (envelopes->empty()) return outbox.forget_visits(package.inspection);
  const auto bundle =
      protocol::sign_bundle(package.inspection, *envelopes, enrolment.key_pem.text(), enrolment.certificate_pem);
  if (!bundle) return std::unexpected(bundle.error());
  const auto waiting = outbox.waiting();
  if (!waiting) return std::unexpected(waiting.error());
  const auto ids = waiting->find(package.inspection);
  copied.is_all &= ids == waiting->end() || ids->second.size() <= envelopes->size();
  if (auto written = write_on_stick(file, *bundle); !written) return written;
  copied.files.push_back(file);
  return {};
}

}  // namespace

Result<Copied> copy_to_stick(outbox::Outbox& outbox, const Enrolment& enrolment,
                             const std::vector<protocol::Package>& packages, const fs::path& folder, Few few) {
  Copied copied;
  for (const auto& package : packages) {
    const auto file = folder / ("perspective-" + enrolment.kiosk + "-" + package.inspection + ".bundle");
    if (few == Few::kept_back && package.is_fieldwork_open) {
      const auto are_too_few = keep_back(outbox, package, file, enrolment.authority_pem);
      if (!are_too_few) return std::unexpected(are_too_few.error());
      copied.are_few_kept_back |= *are_too_few;
      if (*are_too_few) continue;
    }
    // Before it is listed.
    if (auto let_go = outbox.let_go(package.inspection); !let_go) return std::unexpected(let_go.error());
    if (auto done = copy_one(outbox, enrolment, package, file, copied); !done) return std::unexpected(done.error());
  }
  return copied;
}

namespace {

// The collector writes them beside the bundle, under its name. Any other file is passed over.
Result<bool> take_all_receipts(outbox::Outbox& outbox, const Enrolment& enrolment,
                               const std::vector<protocol::Package>& packages, const fs::path& stick) {
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
    const auto taken = take_receipts(outbox, packages, file);
    if (!taken) log::warning(taken.error().what);
    is_any_taken |= taken && taken->is_any_settled;
  }
  return is_any_taken;
}

}  // namespace

readiness::StickNews use_stick(outbox::Outbox& outbox, const Enrolment& enrolment,
                               const std::vector<protocol::Package>& packages, const fs::path& stick) {
  readiness::StickNews news;
  const auto has_brought_back = take_all_receipts(outbox, enrolment, packages, stick);
  const auto copied = has_brought_back ? copy_to_stick(outbox, enrolment, packages, stick)
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

Result<Taken> take_receipts(outbox::Outbox& outbox, const std::vector<protocol::Package>& packages,
                            const fs::path& file) {
  std::error_code error;
  if (const auto size = fs::file_size(file, error); !error && size > kMaxReceiptsBytes) {
    return fail(ErrorCode::corrupt, "receipts: the file is none of ours");
  }
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  const auto receipts = protocol::courier_receipts_from_json(*text);
  if (!receipts) return std::unexpected(receipts.error());
  const auto package = std::ranges::find(packages, receipts->inspection, &protocol::Package::inspection);
  if (package == packages.end()) {
    return fail(ErrorCode::refused, "receipts: they are for an inspection that is not on this kiosk");
  }
  // What hides nothing may be forgotten with the last of it.
  if (!package->is_fieldwork_open || package->smallest_batch <= 1) {
    if (auto let_go = outbox.let_go(package->inspection); !let_go) return std::unexpected(let_go.error());
  }
  const auto waiting = outbox.draw_batch(
      SIZE_MAX, [&](const auto& inspection, const auto&) { return inspection == receipts->inspection; });
  if (!waiting) return std::unexpected(waiting.error());
  Taken taken;
  for (const auto& one : *waiting) {
    const auto outcome = std::ranges::find(receipts->outcomes, one.id, &protocol::Outcome::id);
    const auto settled = outcome == receipts->outcomes.end()
                             ? Result<bool>(false)
                             : settle(outbox, one, package->envelope_bytes, *outcome, package->receipt_key);
    if (!settled) return std::unexpected(settled.error());
    taken.is_any_left |= !*settled;
    taken.is_any_settled |= *settled;
  }
  return taken;
}

}  // namespace perspective::upload
