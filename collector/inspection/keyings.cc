// What people key from paper forms, until each form is one answer among the others.
#include <algorithm>
#include <future>
#include <memory>
#include <set>
#include <span>
#include <utility>

#include "inspection/inspections.h"
#include "inspection/opened.h"
#include "inspection/record.h"
#include "inspection/sealing.h"
#include "paper/reference.h"
#include "protocol/receipt.h"
#include "protocol/token_proof.h"
#include "token/token.h"

namespace perspective::inspection {
namespace {

struct Named {
  store::Inspection stored;
  Record record;
  State state = State::draft;
  std::string reference;
  envelope::EnvelopeId form{};
};

// The form of that inspection which carries these letters; its envelope's id follows from them as from four words.
Result<Named> named(store::Store& store, std::string_view inspection, std::string_view reference) {
  auto stored = store.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  const auto state = state_of(stored->head.state, stored->head.id);
  if (!state) return std::unexpected(state.error());
  auto read = paper::read_reference(reference, record->package.salt);
  if (!read) {
    return fail(ErrorCode::invalid,
                "these are not the letters of a form of this inspection: one is wrong or missing, or it is another's");
  }
  const auto form = envelope::derive_id(paper::words_of(*read), record->package.salt);
  if (!form) return std::unexpected(form.error());
  return Named{*std::move(stored), *std::move(record), *state, *std::move(read), *form};
}

Result<bool> is_taken_back(store::Store& store, const Named& form) {
  const auto withdrawn = store.withdrawn_among(form.stored.head.id, std::span(&form.form, 1));
  if (!withdrawn) return std::unexpected(withdrawn.error());
  return !withdrawn->empty();
}

Result<std::optional<store::Digest>> mark_of_token(store::Store& store, const Named& form, std::string_view typed) {
  if (typed.empty()) return std::nullopt;
  const auto& terms = form.record.package.tokens;
  if (!terms) return fail(ErrorCode::invalid, "no visit of this inspection spends a token");
  auto token = token::read(typed);
  if (!token) return fail(ErrorCode::invalid, "this is no token: a letter or figure is wrong or missing");
  const auto proof = protocol::prove(*token, *terms);
  wipe(token->data(), token->size());
  if (!proof) return std::unexpected(proof.error());
  const auto mark = protocol::mark_of(*proof);
  const auto issued = store.tokens(form.stored.head.id);
  if (!issued) return std::unexpected(issued.error());
  if (std::ranges::binary_search(*issued, mark)) return mark;
  return fail(ErrorCode::refused, "this token is not one of this inspection's");
}

Result<survey::Submission> submission_of(const Named& form, const PaperKeying& keying) {
  const auto& questionnaires = form.record.package.questionnaires;
  const auto found = questionnaires.find(keying.questionnaire);
  if (found == questionnaires.end()) {
    return fail(ErrorCode::not_found, "this inspection has no questionnaire '" + keying.questionnaire + "'");
  }
  if (!found->second.texts.contains(keying.language)) {
    return fail(ErrorCode::not_found, "this questionnaire is not in '" + keying.language + "'");
  }
  const auto questionnaire = survey::Questionnaire::parse(found->second.definition);
  if (!questionnaire) return std::unexpected(questionnaire.error());
  return paper::submission_of(
      *questionnaire, keying.answers,
      {.envelope = envelope::to_hex(form.form), .inspection = form.stored.head.id, .language = keying.language});
}

Result<Bytes> sealed(const Named& form, survey::Submission submission) {
  const auto& package = form.record.package;
  const std::size_t padded = package.padded_bytes + paper::kReferenceLineBytes;
  return seal_padded(paper::to_text({form.reference, std::move(submission)}), padded, package);
}

constexpr std::size_t kMaxReasonBytes = 300;

// What there is of one form, before it is counted.
struct Waits {
  std::vector<std::string> keyers;  // whose keyings stand
  std::vector<std::string> gone;    // whose keyings were discarded
  std::vector<std::string> rows;    // all, as they are stored
  std::string since;                // the day on which it was first keyed
  bool keyed_by(const std::string& who) const { return std::ranges::find(keyers, who) != keyers.end(); }
  bool was_keyed_by(const std::string& who) const {
    return keyed_by(who) || std::ranges::find(gone, who) != gone.end();
  }
};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const auto end = std::min(text.find('\n', start), text.size());
    lines.emplace_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

Result<Waits> waits_of(store::Store& store, const Named& form) {
  const auto keyings = store.keyings(form.stored.head.id);
  if (!keyings) return std::unexpected(keyings.error());
  Waits waits;
  for (const auto& keying : *keyings) {
    if (keying.form != form.form) continue;
    // Of before days were kept: too early rather than too late.
    const std::string day = keying.day.empty() ? std::string(kLongAgo) : keying.day;
    waits.since = waits.rows.empty() ? day : std::min(waits.since, day);
    waits.rows.push_back(keying.keyer);
    if (keying.is_discarded()) {
      waits.gone = lines_of(std::string_view(keying.keyer).substr(store::kDiscarded.size()));
    } else {
      waits.keyers.push_back(keying.keyer);
    }
  }
  return waits;
}

std::unexpected<Error> refused(const char* why) { return fail(ErrorCode::refused, why); }

// paper/README.md says why.
Result<void> check_discard(const Waits& waits, const PaperDiscard& discard) {
  if (waits.rows.empty()) return fail(ErrorCode::not_found, "nothing is keyed of a form with these letters");
  if (!discard.is_for_good && waits.keyers.empty()) {
    return fail(ErrorCode::conflict, "it is discarded already, and waits to be keyed again");
  }
  if (!discard.may_read_answers) {
    if (discard.is_for_good) return refused("that a form is not keyed again at all is an inspector's to say");
    if (waits.keyers.size() == 1 && waits.keyed_by(discard.by)) return {};
    return refused("you can discard what you alone have keyed: ask an inspector who has not keyed it");
  }
  const bool is_alone =
      discard.is_for_good ? waits.was_keyed_by(discard.by) : waits.keyers.size() > 1 && waits.keyed_by(discard.by);
  if (is_alone) return refused("you have keyed this form: an inspector who has not discards it");
  return {};
}

// Says that it waits; nothing that was keyed is in it.
Result<store::Keying> discarded(const Named& form, const Waits& waits) {
  std::set<std::string> who(waits.keyers.begin(), waits.keyers.end());
  who.insert(waits.gone.begin(), waits.gone.end());
  std::string keyer(store::kDiscarded);
  for (const auto& each : who) keyer += (keyer.size() > store::kDiscarded.size() ? "\n" : "") + each;
  auto body = sealed(form, {});
  if (!body) return std::unexpected(body.error());
  return store::Keying{.form = form.form, .keyer = std::move(keyer), .body = *std::move(body), .day = waits.since};
}

// Waits for the commit.
Result<store::PutOutcome> put(store::Store& store, store::Batch batch) {
  const auto committed = std::make_shared<std::promise<Result<std::vector<store::PutOutcome>>>>();
  auto outcome = committed->get_future();
  store.put(std::move(batch), [committed](Result<std::vector<store::PutOutcome>> outcomes) {
    committed->set_value(std::move(outcomes));
  });
  const auto outcomes = outcome.get();
  if (!outcomes) return std::unexpected(outcomes.error());
  return outcomes->front();
}

}  // namespace

Result<int> Inspections::key_paper(std::string_view inspection, const PaperKeying& keying, const std::string& keyer,
                                   const store::NextEntry& entry) {
  const auto form = named(store_, inspection, keying.reference);
  if (!form) return std::unexpected(form.error());
  if (!allowed_in(form->state).envelopes) {
    return fail(ErrorCode::conflict,
                "'" + form->stored.head.id + "' takes no answers: it is " + std::string(to_text(form->state)));
  }
  auto submission = submission_of(*form, keying);
  if (!submission) return std::unexpected(submission.error());
  const auto token = mark_of_token(store_, *form, keying.token);
  if (!token) return std::unexpected(token.error());
  auto body = sealed(*form, *std::move(submission));
  if (!body) return std::unexpected(body.error());
  const store::Keying kept{.form = form->form, .keyer = keyer, .body = *std::move(body), .day = day_of(clock_.now_s())};
  if (auto put = store_.put_keying(form->stored.head.id, kept, *token, entry); !put)
    return std::unexpected(put.error());
  const auto all = store_.keyings(form->stored.head.id);
  if (!all) return std::unexpected(all.error());
  return static_cast<int>(
      std::ranges::count_if(*all, [&](const auto& each) { return each.form == form->form && !each.is_discarded(); }));
}

Result<PaperStanding> Inspections::paper_standing(std::string_view inspection) {
  const auto keyings = store_.keyings(inspection);
  if (!keyings) return std::unexpected(keyings.error());
  std::map<store::Id, int> times;
  for (const auto& keying : *keyings) times[keying.form] += keying.is_discarded() ? 0 : 1;
  PaperStanding standing;
  for (const auto& [form, count] : times) {
    ++(count == 0 ? standing.discarded : count == 1 ? standing.keyed_once : standing.keyed_twice);
  }
  const auto unlocked = used(inspection);
  if (!unlocked && unlocked.error().code == ErrorCode::refused) return standing;
  if (!unlocked) return std::unexpected(unlocked.error());
  auto forms = (*unlocked)->keyed_forms();
  if (!forms) return std::unexpected(forms.error());
  standing.forms = *std::move(forms);
  return standing;
}

// The answer first, under the one id that the form can have; then what was keyed goes. Whoever dies in between is
// followed by somebody who finds the answer there, and it is the same one.
Result<PaperSettlement> Inspections::settle_paper(std::string_view inspection, const PaperSettling& settling,
                                                  const store::NextEntry& entry) {
  const auto form = named(store_, inspection, settling.reference);
  if (!form) return std::unexpected(form.error());
  const auto unlocked = used(inspection);
  if (!unlocked) return std::unexpected(unlocked.error());
  const auto waits = waits_of(store_, *form);
  if (!waits) return std::unexpected(waits.error());
  auto settled = (*unlocked)->settle(form->form, settling.third, settling.by);
  if (!settled && settled.error().code == ErrorCode::not_found) {
    const auto is_gone = is_taken_back(store_, *form);
    if (!is_gone) return std::unexpected(is_gone.error());
    if (*is_gone) return PaperSettlement{.is_taken_back = true};
  }
  if (!settled) return std::unexpected(settled.error());
  if (auto* const unasked = std::get_if<std::vector<std::size_t>>(&*settled)) {
    return PaperSettlement{.unasked = std::move(*unasked)};
  }
  auto& body = std::get<Bytes>(*settled);
  const auto& id = form->stored.head.id;
  store::Batch batch{
      .inspection = id, .kiosk = std::string(store::kOnPaper), .day = day_of(clock_.now_s()), .envelopes = {}};
  const auto digest = protocol::digest_of(body);
  batch.envelopes.push_back({.id = form->form, .digest = digest, .body = std::move(body)});
  const auto outcome = put(store_, std::move(batch));
  if (!outcome) return std::unexpected(outcome.error());
  if (*outcome == store::PutOutcome::not_accepting) {
    return fail(ErrorCode::conflict, "'" + id + "' takes no more answers");
  }
  // What was keyed went with its tombstone.
  if (*outcome == store::PutOutcome::withdrawn) return PaperSettlement{.is_taken_back = true};
  // Its words wait since it was first keyed, not since now. Counted once it is there: whoever has read so many has read
  // it.
  const auto days = store_.daily_counts(id);
  if (!days) return std::unexpected(days.error());
  std::int64_t came = 0;
  for (const auto& day : *days) came += day.envelopes;
  const store::AfterKeyings after{
      .keyers = {}, .instead = {}, .counts = {{std::string(kPaperCount) + waits->since, came}}};
  if (auto removed = store_.remove_keyings(id, form->form, after, entry); !removed) {
    return std::unexpected(removed.error());
  }
  if (*outcome == store::PutOutcome::stored) note_arrivals(id, {form->form});
  return PaperSettlement{.is_counted = true};
}

Result<void> Inspections::discard_paper(std::string_view inspection, const PaperDiscard& discard,
                                        const store::NextEntry& entry) {
  if (survey::clean_text(discard.why, kMaxReasonBytes).empty() || discard.why.size() > kMaxReasonBytes) {
    return fail(ErrorCode::invalid, "say why, in 300 bytes at most: the reason is kept in the audit");
  }
  const auto form = named(store_, inspection, discard.reference);
  if (!form) return std::unexpected(form.error());
  const auto waits = waits_of(store_, *form);
  if (!waits) return std::unexpected(waits.error());
  if (auto may = check_discard(*waits, discard); !may) return may;
  store::AfterKeyings after{.keyers = waits->rows, .instead = {}, .counts = {}};
  if (!discard.is_for_good) {
    auto left = discarded(*form, *waits);
    if (!left) return std::unexpected(left.error());
    after.instead = *std::move(left);
  }
  return store_.remove_keyings(inspection, form->form, after, entry);
}

Result<void> Inspections::withdraw_paper(std::string_view inspection, std::string_view reference,
                                         const store::NextEntry& entry) {
  const auto form = named(store_, inspection, reference);
  if (!form) return std::unexpected(form.error());
  if (!allowed_in(form->state).withdrawals) {
    return fail(ErrorCode::conflict, "answers to '" + form->stored.head.id +
                                         "' can be taken back only while its "
                                         "fieldwork is open");
  }
  return withdraw(form->stored.head.id, {form->form}, entry);
}

Result<void> Inspections::check_no_form_waits(std::string_view inspection) {
  const auto keyings = store_.keyings(inspection);
  if (!keyings) return std::unexpected(keyings.error());
  std::set<store::Id> forms;
  for (const auto& keying : *keyings) forms.insert(keying.form);
  if (forms.empty()) return {};
  return fail(ErrorCode::conflict,
              "paper forms that are keyed and neither counted nor discarded for good: " + std::to_string(forms.size()) +
                  ". They could not be counted afterwards, nor could anybody read what was written on them: settle "
                  "them, or discard them for good, first");
}

}  // namespace perspective::inspection
