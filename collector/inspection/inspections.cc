#include "inspection/inspections.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "inspection/creation.h"
#include "inspection/opened.h"
#include "inspection/published.h"
#include "inspection/reconciliation.h"
#include "inspection/record.h"
#include "inspection/releases.h"
#include "inspection/results.h"
#include "inspection/section_texts.h"

namespace perspective::inspection {
Inspections::Inspections(store::Store& store, store::WithdrawnFile& withdrawn, keys::KeyCabinet& keys,
                         const Clock& clock, Setting setting)
    : store_(store), withdrawn_(withdrawn), keys_(keys), clock_(clock), setting_(std::move(setting)) {}

Inspections::~Inspections() = default;

Result<Bytes> Inspections::signed_package(protocol::Package package,
                                          const std::vector<protocol::TokenMark>& new_tokens) {
  if (package.tokens) {
    auto marks = store_.tokens(package.inspection);
    if (!marks) return std::unexpected(marks.error());
    marks->insert(marks->end(), new_tokens.begin(), new_tokens.end());
    std::ranges::sort(*marks);
    package.tokens->marks = std::move(*marks);
  }
  return protocol::sign_package(package, setting_.package_key_pem, setting_.package_certificate_pem);
}

Result<void> Inspections::create(const NewInspection& inspection, const store::NextEntry& entry) {
  const auto questionnaires = check(inspection);
  if (!questionnaires) return std::unexpected(questionnaires.error());
  auto record = record_of(inspection, *questionnaires);
  if (!record) return std::unexpected(record.error());

  // Nobody but for other keys waits while the passphrases are derived; another collector on the same store may make the
  // same meanwhile, or publish a questionnaire, so it is looked at once more.
  const std::lock_guard one_at_a_time(key_turn_);
  if (auto checked = check_is_new(*record); !checked) return checked;
  auto certificates = keys_.make_inspection(inspection.id, inspection.passphrase.text(),
                                            inspection.recovery_passphrase.text(), clock_.now_s());
  if (!certificates) return std::unexpected(certificates.error());
  record->package.inspection_certificate = std::move(certificates->inspection);
  record->package.recovery_certificate = std::move(certificates->recovery);
  auto added = add(inspection, *std::move(record), entry);
  if (added || added.error().code != ErrorCode::conflict) return added;
  // Nothing is sealed for them, and they are in the way of whoever brings the keys of the other, or tries once more.
  if (auto discarded = keys_.discard(inspection.id); !discarded) log::warning(discarded.error().what);
  return added;
}

Result<void> Inspections::check_is_new(const Record& record) {
  const auto& id = record.package.inspection;
  if (store_.head(id)) return fail(ErrorCode::conflict, "there is an inspection '" + id + "' already");
  return check_published(store_, record);
}

Result<void> Inspections::add(const NewInspection& inspection, Record record, const store::NextEntry& entry) {
  const std::lock_guard lock(life_);
  if (auto checked = check_is_new(record); !checked) return checked;
  record.package.receipt_key = setting_.receipt_public_key;
  auto package = signed_package(record.package);
  if (!package) return std::unexpected(package.error());
  const auto state = inspection.is_draft ? State::draft : State::open;
  store::InspectionHead head{.id = inspection.id,
                             .area = inspection.area,
                             .state = std::string(to_text(state)),
                             .version = record.package.version,
                             .envelope_bytes = record.package.envelope_bytes,
                             .is_accepting = allowed_in(state).envelopes};
  return store_.add_inspection({std::move(head), to_json(record), std::move(*package)}, entry);
}

Result<void> Inspections::advance(std::string_view inspection, State to, const store::NextEntry& entry) {
  const std::lock_guard lock(life_);
  auto stored = store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  auto& head = stored->head;
  const auto from = state_of(head.state, head.id);
  if (!from) return std::unexpected(from.error());
  if (auto checked = check_step(*from, to); !checked) return in_context("'" + head.id + "'", checked.error());
  if (to == State::draft_report) {
    if (auto checked = check_no_form_waits(inspection); !checked)
      return in_context("'" + head.id + "'", checked.error());
  }
  auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  if (to == State::fieldwork_ended) {
    head.version += 1;
    record->package.version = head.version;
    record->package.is_fieldwork_open = false;
    auto package = signed_package(record->package);
    if (!package) return std::unexpected(package.error());
    stored->package = *std::move(package);
  }
  if (to == State::published) {
    auto made = Releases(*this).to_publish(inspection);
    if (!made) return std::unexpected(made.error());
    if (!made->release.empty()) {
      auto texts = SectionTexts(*this).to_publish(inspection);
      if (!texts) return in_context("'" + head.id + "'", texts.error());
      stored->made_from = *std::move(texts);
    }
    record->release = std::move(made->release);
    record->dates.published_on = day_of(clock_.now_s());
    stored->made_from.push_back(std::move(made->made_from));
    stored->definition = to_json(*record);
  }
  head.state = to_text(to);
  // What an earlier version closed stays so.
  head.is_accepting = allowed_in(to).envelopes && (to == State::open || head.is_accepting);
  if (auto updated = store_.update_inspection(*stored, entry); !updated) return updated;
  if (to == State::published || to == State::destroyed) forget(inspection);
  return {};
}

Result<Unlocked> Inspections::counted_now(std::string_view inspection) {
  const auto found = used(inspection);
  if (!found) return std::unexpected(found.error());
  return (*found)->absorb();
}

Result<std::string> Inspections::tally_json(std::string_view inspection, std::string_view language) {
  const auto found = used(inspection);
  if (!found) return std::unexpected(found.error());
  return (*found)->tally_json(setting_.assets, std::string(language));
}

Result<std::string> Inspections::tally_text(std::string_view inspection, std::string_view language) {
  const auto found = used(inspection);
  if (!found) return std::unexpected(found.error());
  return (*found)->tally_text(setting_.assets, std::string(language));
}

Result<std::string> Inspections::section(std::string_view inspection, std::string_view kind,
                                         std::string_view language) {
  if (kind != "full") return fail(ErrorCode::invalid, "the only kind of section is 'full'");
  const auto found = used(inspection);
  if (!found) return std::unexpected(found.error());
  return (*found)->section(setting_.assets, std::string(language));
}

Result<report::Document> Inspections::full_document(std::string_view inspection, std::string_view language) {
  const auto found = used(inspection);
  if (!found) return std::unexpected(found.error());
  return (*found)->full_document(setting_.assets, std::string(language));
}

Result<tally::CrossTab> Inspections::cross_tab(std::string_view inspection, const CrossTabWanted& wanted) {
  const auto found = used(inspection);
  if (!found) return std::unexpected(found.error());
  return (*found)->cross_tab(wanted.questionnaire, wanted.rows, wanted.columns, wanted.only);
}

Result<std::vector<Comment>> Inspections::comments(std::string_view inspection) {
  const auto found = used(inspection);
  if (!found) return std::unexpected(found.error());
  auto comments = (*found)->comments();
  if (!comments) return comments;
  const auto lists = giveaway_lists();
  for (auto& comment : *comments) comment.giveaways = comments::giveaways(comment.text, lists.all);
  return comments;
}

Result<void> Inspections::choose(std::string_view inspection, const Quotation& quotation,
                                 const store::NextEntry& entry) {
  const auto found = quotable(inspection);
  if (!found) return std::unexpected(found.error());
  return (*found)->choose(quotation, entry);
}

Result<void> Inspections::choose_no_more(std::string_view inspection, const std::string& reference,
                                         const store::NextEntry& entry) {
  const auto found = quotable(inspection);
  if (!found) return std::unexpected(found.error());
  return (*found)->choose_no_more(reference, entry);
}

Result<void> Inspections::take_ledger(std::string_view inspection, const std::string& kiosk, const Ledger& ledger) {
  const auto head = store_.head(inspection);
  if (!head) return std::unexpected(head.error());
  const auto state = state_of(head->state, head->id);
  if (!state) return std::unexpected(state.error());
  if (!allowed_in(*state).ledgers) {
    return fail(ErrorCode::conflict,
                "fieldwork of '" + head->id + "' is still open: kiosks tell how it went at its end");
  }
  return store_.put_ledger(inspection, {kiosk, ledger});
}

Result<report::Reconciliation> Inspections::reconciliation(std::string_view inspection) {
  std::optional<Unlocked> unlocked;
  if (const auto found = opened(inspection)) {  // no reading of answers: it keeps nothing unlocked
    const auto absorbed = (*found)->absorb();
    if (!absorbed) return std::unexpected(absorbed.error());
    unlocked = *absorbed;
  }
  return reconcile(store_, inspection, unlocked);
}

Result<std::string> Inspections::reconciliation_text(std::string_view inspection, std::string_view language) {
  const auto sides = reconciliation(inspection);
  if (!sides) return std::unexpected(sides.error());
  const auto stored = store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  const auto chosen = language.empty() ? report_language(setting_.assets, *record) : std::string(language);
  if (!chosen) return std::unexpected(chosen.error());
  if (auto checked = check_language(*record, *chosen); !checked) return std::unexpected(checked.error());
  const auto phrases = report_phrases(setting_.assets, *chosen);
  if (!phrases) return std::unexpected(phrases.error());
  return report::reconciliation_text(*sides, stored->head.area, stored->head.id, *phrases);
}

bool Inspections::note_arrivals(const std::string& inspection, const std::vector<envelope::EnvelopeId>& ids) {
  const std::lock_guard lock(mutex_);
  const auto found = opened_.find(inspection);
  if (found == opened_.end()) return false;
  return found->second.opened->note(ids);
}

Result<void> Inspections::absorb(std::string_view inspection) {
  std::shared_ptr<Opened> found;
  {
    const std::lock_guard lock(mutex_);
    const auto place = opened_.find(inspection);
    if (place == opened_.end()) return {};
    found = place->second.opened;
  }
  return found->follow();
}

Result<void> Inspections::follow(std::string_view inspection, bool is_withdrawal, const std::vector<store::Id>& ids) {
  if (is_withdrawal && !ids.empty()) {
    std::vector<store::Withdrawn> withdrawn;
    for (const auto& id : ids) withdrawn.push_back({std::string(inspection), id});
    if (auto kept = withdrawn_.add(withdrawn); !kept) return kept;
  } else if (is_withdrawal) {
    const auto known = store_.withdrawn();
    if (!known) return std::unexpected(known.error());
    if (auto kept = withdrawn_.add(*known); !kept) return kept;
  }
  std::vector<std::string> unlocked;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, opened] : opened_)
      if (inspection.empty() || id == inspection) unlocked.push_back(id);
  }
  for (const auto& id : unlocked) {
    if (auto absorbed = absorb(id); !absorbed) return absorbed;
    if (is_withdrawal) SectionTexts(*this).take_out_what_went(id);
  }
  return {};
}

Result<bool> Inspections::has_fieldwork_ended(std::string_view inspection) {
  const auto head = store_.head(inspection);
  if (!head) return std::unexpected(head.error());
  const auto state = state_of(head->state, head->id);
  if (!state) return std::unexpected(state.error());
  return is_past_fieldwork(*state);
}

Result<std::size_t> Inspections::envelope_bytes(std::string_view inspection) {
  const auto head = store_.head(inspection);
  if (!head) return std::unexpected(head.error());
  return head->envelope_bytes;
}

Result<Inspections::SignedPackage> Inspections::package(std::string_view inspection) {
  auto stored = store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto state = state_of(stored->head.state, stored->head.id);
  if (!state) return std::unexpected(state.error());
  if (!allowed_in(*state).kiosks)
    return fail(ErrorCode::not_found, "'" + stored->head.id + "' is not for kiosks yet, or any more");
  return SignedPackage{stored->head.version, std::move(stored->package)};
}

Result<std::vector<Inspections::PackageName>> Inspections::packages_for(const store::Kiosk& kiosk) {
  std::vector<PackageName> names;
  const auto add = [&](const std::string& inspection, bool is_offered) -> Result<void> {
    auto head = store_.head(inspection);
    if (!head) return std::unexpected(head.error());
    const auto state = state_of(head->state, head->id);
    if (!state) return std::unexpected(state.error());
    if (!allowed_in(*state).kiosks) return {};
    names.push_back({std::move(head->id), head->version, is_offered});
    return {};
  };
  for (const auto& inspection : kiosk.inspections) {
    if (auto added = add(inspection, true); !added) return std::unexpected(added.error());
  }
  for (const auto& inspection : kiosk.disallowed) {
    if (auto added = add(inspection, false); !added) return std::unexpected(added.error());
  }
  return names;
}

}  // namespace perspective::inspection
