// What inspectors added to comments: read from the store, joined with its comment, prepared and kept.
#include <algorithm>
#include <span>
#include <utility>

#include "base/log.h"
#include "comments/verbatim.h"
#include "inspection/opened.h"

namespace perspective::inspection {
namespace {

using Kind = Annotation::Kind;

std::unexpected<Error> no_such_comment() {
  return fail(ErrorCode::not_found,
              "there is no comment with this reference: its writer has taken it back, or the inspection was unlocked "
              "since; references of comments that nobody has worked on are new at each unlocking");
}

std::string place_name(std::string_view envelope, std::string_view questionnaire, std::string_view variable) {
  return std::string(envelope) + "/" + std::string(questionnaire) + "/" + std::string(variable);
}

}  // namespace

Result<void> Opened::read_annotations() {
  const auto annotations = store_.annotations(record_.package.inspection);
  if (!annotations) return std::unexpected(annotations.error());
  std::set<store::Id> there;
  for (const auto& stored : *annotations) {
    there.insert(stored.id);
    const auto digest = protocol::digest_of(stored.body);
    const auto known = kept_.find(stored.id);
    if (known != kept_.end() && known->second.digest == digest) continue;
    if (auto opened = open_kept(stored, digest); !opened) return opened;
  }
  std::erase_if(kept_, [&](const auto& kept) { return !there.contains(kept.first); });
  return link_kept();
}

Result<void> Opened::open_kept(const store::Annotation& stored, const protocol::Digest& digest) {
  auto record = open_annotation(stored.body, key_);
  if (!record) return in_context("what was added to a comment before", record.error());
  Kept kept{.id = stored.id, .digest = digest, .record = {}, .words = words_.keep(record->words), .taken_out = {}};
  for (const auto& [words, as] : record->replacements) kept.taken_out.push_back({words_.keep(words), as});
  wipe_words(*record);
  record->words.clear();
  record->replacements.clear();
  kept.record = *std::move(record);
  kept_.insert_or_assign(stored.id, std::move(kept));
  return {};
}

// Anew each time: another collector may have added, and another comment come.
Result<void> Opened::link_kept() {
  for (auto& written : written_) {
    written.quotation = written.chosen = written.read = written.codes = written.redaction = nullptr;
    written.translations.clear();
    written.concerns.clear();
  }
  if (kept_.empty()) return {};
  for (std::size_t i = places_.size(); i < written_.size(); ++i) {
    const auto& written = written_[i];
    places_.emplace(place_name(written.envelope, chapters_[written.chapter].questionnaire().id, written.item->variable),
                    i);
  }
  std::vector<const Kept*> in_time;
  for (const auto& [id, kept] : kept_) {
    if (!kept.record.envelope.empty()) in_time.push_back(&kept);
  }
  std::ranges::sort(in_time, {}, [](const Kept* kept) { return std::pair(kept->record.at_s, kept->id); });
  std::set<std::size_t> named;  // those that have a reference to keep
  for (const Kept* kept : in_time) {
    const auto& record = kept->record;
    const auto place = places_.find(place_name(record.envelope, record.questionnaire, record.variable));
    if (place == places_.end()) {
      if (auto removed = remove_if_withdrawn(*kept); !removed) return removed;
      continue;
    }
    link(*kept, place->second);
    if (record.reference.empty() || !named.insert(place->second).second) continue;
    const auto known = references_.emplace(record.reference, place->second).first;
    if (known->second == place->second) written_[place->second].reference = record.reference;
  }
  return {};
}

void Opened::link(const Kept& kept, std::size_t place) {
  auto& written = written_[place];
  switch (kept.record.kind) {
    case Kind::quotation:  // without its writer's consent nothing is printed
      written.quotation = &kept;
      written.chosen = written.may_be_quoted && !kept.words.empty() ? &kept : nullptr;
      break;
    case Kind::read:
      if (written.read == nullptr) written.read = &kept;
      break;
    case Kind::codes:
      written.codes = &kept;
      break;
    case Kind::redaction:
      written.redaction = &kept;
      break;
    case Kind::translation:
      written.translations[kept.record.language] = &kept;
      break;
    case Kind::concern:
      written.concerns.push_back(kept.record.concern);
      break;
    case Kind::all_read:
    case Kind::decision:
    case Kind::outcome:
      break;
  }
}

// Anybody with a kiosk may wish away what is theirs, and what nobody has.
void Opened::take_back(const std::vector<store::Id>& ids) {
  if (std::ranges::none_of(ids, [this](const auto& id) { return seen_.contains(id); })) return;
  for (const auto& [_, kept] : kept_) {
    const auto id = envelope::id_from_hex(kept.record.envelope);
    if (!id || std::ranges::find(ids, *id) == ids.end()) continue;
    // The answers are gone already; what could not be removed now is with the next question.
    if (auto removed = remove_if_withdrawn(kept); !removed) log::warning(removed.error().what);
  }
  const auto before = static_cast<std::int64_t>(seen_.size());
  take_out(ids);
  if (opened_as_of_) opened_as_of_->withdrawn += before - static_cast<std::int64_t>(seen_.size());
}

// As if they had never been opened here.
void Opened::take_out(const std::vector<store::Id>& gone) {
  std::set<store::Id> opened;
  for (const auto& id : gone) {
    if (seen_.erase(id) == 0) continue;
    opened.insert(id);
    take_out_of_columns(id);
  }
  if (!opened.empty()) take_out_of_comments(opened);
}

void Opened::take_out_of_columns(const store::Id& id) {
  for (std::size_t i = 0; i < chapters_.size(); ++i) {
    const auto found = std::ranges::find(counted_ids_[i], id);
    if (found == counted_ids_[i].end()) continue;
    chapters_[i].remove(static_cast<std::size_t>(found - counted_ids_[i].begin()));
    counted_ids_[i].erase(found);
    --counted_;
    return;
  }
  --set_aside_;
}

void Opened::take_out_of_comments(const std::set<store::Id>& gone) {
  const auto is_of_them = [&](const std::string& envelope) {
    const auto id = envelope::id_from_hex(envelope);
    return id && gone.contains(*id);
  };
  constexpr auto kGone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> places;  // of each, afterwards
  std::vector<Written> others;
  for (auto& written : written_) {
    const bool goes = is_of_them(written.envelope);
    places.push_back(goes ? kGone : others.size());
    if (goes) {
      words_.forget(written.text);
    } else {
      others.push_back(std::move(written));
    }
  }
  written_ = std::move(others);
  std::erase_if(references_, [&](const auto& reference) { return places[reference.second] == kGone; });
  for (auto& [_, place] : references_) place = places[place];
  places_.clear();  // they are linked anew with the next question
  std::erase_if(kept_, [&](const auto& each) {
    const auto& [id, kept] = each;
    if (kept.record.kind == Kind::concern || !is_of_them(kept.record.envelope)) return false;
    words_.forget(kept.words);
    for (const auto& taken : kept.taken_out) words_.forget(taken.words);
    return true;
  });
}

// It holds words of whoever took the answers back, or says something of them; which it belongs to only the key tells.
// That there was a concern, and what was done, must stay to be shown; it has none of the words.
Result<void> Opened::remove_if_withdrawn(const Kept& kept) {
  if (kept.record.kind == Kind::concern) return {};
  const auto id = envelope::id_from_hex(kept.record.envelope);
  if (!id) return {};
  const auto& inspection = record_.package.inspection;
  const auto withdrawn = store_.withdrawn_among(inspection, std::span(&*id, 1));
  if (!withdrawn) return std::unexpected(withdrawn.error());
  if (withdrawn->empty()) return {};
  return store_.remove_annotation(inspection, kept.id);
}

Result<std::size_t> Opened::place_of(std::string_view reference) const {
  const auto found = references_.find(reference);
  if (found == references_.end()) return no_such_comment();
  return found->second;
}

std::string Opened::without_taken_out(const Written& written, std::string_view text) const {
  if (written.redaction == nullptr) return std::string(text);
  std::vector<comments::Replacement> replacements;
  for (const auto& [words, as] : written.redaction->taken_out) replacements.push_back({std::string(words), as});
  auto printed = comments::redacted(text, replacements);
  for (auto& each : replacements) wipe(each.words.data(), each.words.size());
  return printed;
}

Result<std::string> Opened::printable_of(const Written& written, std::string_view words) const {
  auto whole = without_taken_out(written, written.text);
  if (words == written.text) return whole;
  auto found = comments::verbatim(whole, without_taken_out(written, words));
  if (!found.foreign.empty()) {
    return fail(
        ErrorCode::invalid,
        "\"" + found.foreign +
            "\" is not what the comment says there. A quotation has the comment's own words in their order, with "
            "... where some are left out; for [name] in the place of a name take the name out of the comment first");
  }
  if (found.words.empty()) return fail(ErrorCode::invalid, "a quotation has some words");
  return std::move(found.words);
}

Comment Opened::comment_of(const Written& written) const {
  Comment comment{.reference = written.reference,
                  .questionnaire = chapters_[written.chapter].questionnaire().id,
                  .variable = written.item->variable,
                  .language = written.language,
                  .text = std::string(written.text),
                  .may_be_quoted = written.may_be_quoted,
                  .is_chosen = written.chosen != nullptr};
  if (written.chosen != nullptr) {
    auto printed = printable_of(written, written.chosen->words);
    comment.chosen = Chosen{.words = std::nullopt,
                            .is_sic = written.chosen->record.is_sic,
                            .as_chosen = std::string(written.chosen->words)};
    if (printed) comment.chosen->words = *std::move(printed);
  }
  if (written.read != nullptr) {
    comment.read_by = written.read->record.by;
    comment.read_at_s = written.read->record.at_s;
  }
  if (written.codes != nullptr) comment.codes = written.codes->record.codes;
  if (written.redaction != nullptr && !written.redaction->taken_out.empty()) {
    comment.redacted = without_taken_out(written, written.text);
    for (const auto& [words, as] : written.redaction->taken_out) {
      comment.replacements.push_back({std::string(words), as});
    }
  }
  for (const auto& [language, kept] : written.translations) {
    comment.translations.push_back({language, std::string(kept->words), kept->record.name});
  }
  comment.concerns = written.concerns;
  return comment;
}

Result<void> Opened::catch_up_with_annotations() {
  if (auto absorbed = absorb_under_lock(); !absorbed) return std::unexpected(absorbed.error());
  return read_annotations();
}

Result<void> Opened::keep(const SealedWork& work, const store::NextEntry& entry) {
  if (work.annotation.body.empty()) return {};
  const std::lock_guard lock(work_);
  if (auto put = store_.put_annotation(record_.package.inspection, work.annotation, entry); !put) return put;
  return catch_up_with_annotations();  // and what was taken back meanwhile goes
}

Result<std::vector<Concern>> Opened::concerns() {
  const std::lock_guard lock(work_);
  if (auto caught_up = catch_up_with_annotations(); !caught_up) return std::unexpected(caught_up.error());
  std::vector<Concern> concerns;
  for (const auto& [id, kept] : kept_) {
    const auto& record = kept.record;
    if (record.kind != Kind::concern) continue;
    Concern concern{.reference = record.concern,
                    .lead = record.name,
                    .why = std::string(kept.words),
                    .raised_by = record.by,
                    .raised_at_s = record.at_s,
                    .comment = std::nullopt};
    const auto place = places_.find(place_name(record.envelope, record.questionnaire, record.variable));
    if (place != places_.end()) concern.comment = comment_of(written_[place->second]);
    for (const auto& [other, ruling] : kept_) {
      if (ruling.record.concern != record.concern || ruling.record.kind == Kind::concern) continue;
      auto& list = ruling.record.kind == Kind::decision ? concern.decisions : concern.outcomes;
      list.push_back({std::string(ruling.words), ruling.record.by, ruling.record.at_s});
    }
    std::ranges::stable_sort(concern.decisions, {}, &Ruling::at_s);
    std::ranges::stable_sort(concern.outcomes, {}, &Ruling::at_s);
    concerns.push_back(std::move(concern));
  }
  std::ranges::sort(concerns, {}, [](const Concern& each) { return std::pair(each.raised_at_s, each.reference); });
  return concerns;
}

}  // namespace perspective::inspection
