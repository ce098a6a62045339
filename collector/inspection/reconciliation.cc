#include "inspection/reconciliation.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "inspection/kiosks.h"
#include "inspection/record.h"

namespace perspective::inspection {
namespace {

using report::Reconciliation;

constexpr int kLooks = 3;  // what comes in between two reads of the store is no gap

using CameIn = std::map<std::string, std::int64_t>;  // by kiosk

Result<CameIn> came_in(store::Store& store, std::string_view inspection) {
  const auto counts = store.daily_counts(inspection);
  if (!counts) return std::unexpected(counts.error());
  CameIn sums;
  for (const auto& day : *counts) sums[day.kiosk] += day.envelopes;
  return sums;
}

Result<void> read_collector(store::Store& store, std::string_view inspection, const std::optional<Unlocked>& opened,
                            CameIn& sums, Reconciliation::Collector& collector) {
  auto came = came_in(store, inspection);
  if (!came) return std::unexpected(came.error());
  sums = *std::move(came);
  const auto stored = store.count_envelopes(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto withdrawn = store.count_withdrawn(inspection);
  if (!withdrawn) return std::unexpected(withdrawn.error());
  collector = {};
  for (const auto& [kiosk, envelopes] : sums) collector.accepted += envelopes;
  if (opened) {
    collector.counted = opened->counted;
    collector.set_aside = opened->set_aside;
  }
  collector.still_sealed = std::max<std::int64_t>(0, *stored - collector.counted - collector.set_aside);
  collector.withdrawn = *withdrawn;
  if (const auto nobodys = sums.find(""); nobodys != sums.end()) collector.known_by_withdrawal = nobodys->second;
  return {};
}

Result<void> add_kiosks(store::Store& store, std::string_view inspection, const CameIn& sums, Reconciliation& all) {
  const auto kiosks = store.kiosks();
  if (!kiosks) return std::unexpected(kiosks.error());
  const auto ledgers = store.ledgers(inspection);
  if (!ledgers) return std::unexpected(ledgers.error());
  const auto tokens = store.tokens_by_kiosk(inspection);
  if (!tokens) return std::unexpected(tokens.error());
  for (const auto& kiosk : *kiosks) {
    if (!may_serve(kiosk, inspection)) continue;
    Reconciliation::Kiosk one{.name = kiosk.name.empty() ? kiosk.id : kiosk.name + " (" + kiosk.id + ")",
                              .is_revoked = kiosk.is_revoked,
                              .told = {},
                              .came_in = 0,
                              .tokens = 0};
    const auto told = std::ranges::find(*ledgers, kiosk.id, &store::KioskLedger::kiosk);
    if (told != ledgers->end()) one.told = told->ledger;
    if (const auto found = sums.find(kiosk.id); found != sums.end()) one.came_in = found->second;
    const auto took = std::ranges::find(*tokens, kiosk.id, &store::KioskTokens::kiosk);
    if (took != tokens->end()) one.tokens = took->tokens;
    all.kiosks.push_back(std::move(one));
  }
  return {};
}

Result<void> add_paper(store::Store& store, std::string_view inspection, const CameIn& sums, Reconciliation& all) {
  const std::string paper(store::kOnPaper);
  if (const auto found = sums.find(paper); found != sums.end()) all.paper.counted = found->second;
  const auto keyings = store.keyings(inspection);
  if (!keyings) return std::unexpected(keyings.error());
  std::set<store::Id> forms;
  for (const auto& keying : *keyings) forms.insert(keying.form);
  all.paper.waiting = static_cast<std::int64_t>(forms.size());
  const auto tokens = store.tokens_by_kiosk(inspection);
  if (!tokens) return std::unexpected(tokens.error());
  const auto took = std::ranges::find(*tokens, paper, &store::KioskTokens::kiosk);
  if (took != tokens->end()) all.paper.tokens = took->tokens;
  return {};
}

Result<void> add_tokens(store::Store& store, std::string_view inspection, Reconciliation& all) {
  const auto stored = store.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  if (!record->package.tokens) return {};
  const auto counts = store.token_counts(inspection);
  if (!counts) return std::unexpected(counts.error());
  all.tokens = {.issued = counts->issued,
                .spent = counts->spent,
                .spent_twice = counts->spent_twice,
                .never_issued = counts->never_issued};
  return {};
}

}  // namespace

Result<Reconciliation> reconcile(store::Store& store, std::string_view inspection,
                                 const std::optional<Unlocked>& opened) {
  const auto head = store.head(inspection);
  if (!head) return std::unexpected(head.error());
  Reconciliation all;
  const auto state = state_of(head->state, head->id);
  if (!state) return std::unexpected(state.error());
  all.has_fieldwork_ended = is_past_fieldwork(*state);
  if (!all.has_fieldwork_ended) return all;
  CameIn sums;
  for (int look = 0; look < kLooks; ++look) {
    if (auto read = read_collector(store, inspection, opened, sums, all.collector); !read) {
      return std::unexpected(read.error());
    }
    if (all.collector.accepted == all.collector.accounted_for()) break;
  }
  if (auto added = add_kiosks(store, inspection, sums, all); !added) return std::unexpected(added.error());
  if (auto added = add_paper(store, inspection, sums, all); !added) return std::unexpected(added.error());
  if (auto added = add_tokens(store, inspection, all); !added) return std::unexpected(added.error());
  return all;
}

}  // namespace perspective::inspection
