// What an inspector wants to add to a comment: checked, and sealed.
#include <algorithm>
#include <utility>

#include "base/random.h"
#include "comments/codes.h"
#include "inspection/opened.h"
#include "inspection/results.h"

namespace perspective::inspection {
namespace {

using Kind = Annotation::Kind;

constexpr std::size_t kReferenceBytes = 4;
constexpr std::size_t kMostWordsBytes = 2000;  // of an inspector
constexpr std::size_t kMostNameBytes = 200;
constexpr std::size_t kMostLabelBytes = 40;
constexpr std::size_t kMostReplacements = 50;

store::Id drawn_id() {
  store::Id id{};
  std::ranges::copy(random_bytes(id.size()), id.begin());
  return id;
}

Result<std::string> checked_words(const std::string& words, std::size_t most_bytes, const char* what) {
  if (words.size() > most_bytes) {
    return fail(ErrorCode::invalid, std::string(what) + " has at most " + std::to_string(most_bytes) + " bytes");
  }
  auto clean = survey::clean_text(words, most_bytes);
  if (clean.empty()) return fail(ErrorCode::invalid, std::string(what) + " is missing");
  return clean;
}

// In square brackets, so that nobody takes it for the writer's words: "a worker" becomes "[a worker]".
Result<std::string> bracketed(std::string_view as) {
  auto label = survey::clean_text(as, kMostNameBytes);
  if (label.starts_with('[') && label.ends_with(']')) label = label.substr(1, label.size() - 2);
  if (label.empty() || label.size() > kMostLabelBytes || label.find_first_of("[]\n") != std::string::npos) {
    return fail(ErrorCode::invalid,
                "what stands in the place of words is at most 40 bytes in square brackets, such as [a worker]");
  }
  return "[" + label + "]";
}

// Known while it is locked: how far it has come, and since when. The audit says the same in plain.
std::string count_of_concern(const Annotation& concern) {
  return std::string(kConcernCount) + day_of(concern.at_s) + " " + concern.concern;
}

}  // namespace

Result<void> Opened::choose(const Quotation& quotation, const store::NextEntry& entry) {
  const std::lock_guard lock(work_);
  if (auto caught_up = catch_up_with_annotations(); !caught_up) return caught_up;
  const auto place = place_of(quotation.reference);
  if (!place) return std::unexpected(place.error());
  const auto& comment = written_[*place];
  if (!comment.may_be_quoted) {
    return fail(ErrorCode::refused, "the person who wrote this did not say that it may be printed");
  }
  const auto max_bytes = std::get<survey::FreeText>(comment.item->kind).max_bytes;
  auto words = quotation.words ? survey::clean_text(*quotation.words, max_bytes) : std::string(comment.text);
  if (words.empty()) return fail(ErrorCode::invalid, "a quotation has some words");
  if (const auto printed = printable_of(comment, words); !printed) return std::unexpected(printed.error());
  return put_quotation(comment, std::move(words), quotation.is_sic, entry);
}

Result<void> Opened::choose_no_more(const std::string& reference, const store::NextEntry& entry) {
  const std::lock_guard lock(work_);
  if (auto caught_up = catch_up_with_annotations(); !caught_up) return caught_up;
  const auto place = place_of(reference);
  if (!place) return std::unexpected(place.error());
  const auto& comment = written_[*place];
  if (comment.chosen == nullptr) return fail(ErrorCode::conflict, "this comment is not chosen to be quoted");
  return put_quotation(comment, {}, false, entry);
}

// In the place of the one before. One that is taken back stays, without words: so it goes with its entry of the audit.
Result<void> Opened::put_quotation(const Written& comment, std::string words, bool is_sic,
                                   const store::NextEntry& entry) {
  const auto reference = comment.reference;
  Annotation record{.envelope = comment.envelope,
                    .questionnaire = chapters_[comment.chapter].questionnaire().id,
                    .variable = comment.item->variable,
                    .words = std::move(words),
                    .is_sic = is_sic,
                    .reference = reference};
  store::Annotation kept;
  kept.id = comment.quotation != nullptr ? comment.quotation->id : drawn_id();
  auto body = seal(record, record_.package);
  wipe_words(record);
  if (!body) return std::unexpected(body.error());
  kept.body = std::move(*body);
  if (auto put = store_.put_annotation(record_.package.inspection, kept, entry); !put) return put;
  // Taken back while it was chosen: then the choice, which holds its words, goes as well.
  if (auto caught_up = catch_up_with_annotations(); !caught_up) return caught_up;
  if (const auto still = place_of(reference); !still) return std::unexpected(still.error());
  return {};
}

Result<SealedWork> Opened::sealed(const Annotation& record, const store::Id& id,
                                  std::vector<store::PlainCount> counts) const {
  auto body = seal(record, record_.package);
  if (!body) return std::unexpected(body.error());
  SealedWork work{.annotation = {.id = id, .body = *std::move(body), .counts = std::move(counts)},
                  .reference = record.concern.empty() ? record.reference : record.concern,
                  .sha256 = {}};
  work.sha256 = to_hex(ByteView(protocol::digest_of(work.annotation.body)));
  return work;
}

Result<std::vector<comments::Replacement>> Opened::replacements_for(const Written& written, const Redact& redact,
                                                                    const GiveawayLists& lists) const {
  auto replacements = redact.replacements;
  const auto found = lists.by_language.find(written.language);
  const auto& labels = found == lists.by_language.end() ? lists.all : found->second;
  const auto likely = comments::giveaways(written.text, lists.all);
  for (auto& each : replacements) {
    if (each.words.empty() || comments::redacted(written.text, {{each.words, std::string()}}) == written.text) {
      return fail(ErrorCode::invalid, "some of the words to be taken out do not stand in the comment by themselves");
    }
    if (each.as.empty()) each.as = comments::label_of(each.words, written.text, likely, labels);
    auto in_brackets = bracketed(each.as);
    if (!in_brackets) return std::unexpected(in_brackets.error());
    each.as = *std::move(in_brackets);
  }
  if (redact.is_likely_too) {
    for (auto& each : comments::replacements_of(written.text, likely, labels)) {
      const auto is_named = std::ranges::find(replacements, each.words, &comments::Replacement::words);
      if (is_named == replacements.end()) replacements.push_back(std::move(each));
    }
  }
  if (redact.is_more && written.redaction != nullptr) {
    for (const auto& [words, as] : written.redaction->taken_out) {
      const auto is_named = std::ranges::find(replacements, words, &comments::Replacement::words);
      if (is_named == replacements.end()) replacements.push_back({std::string(words), as});
    }
  }
  if (replacements.empty() && !redact.may_be_nothing) {
    return fail(ErrorCode::invalid, "nothing is named that is to be taken out; what was taken out before stays so");
  }
  if (replacements.size() > kMostReplacements) return fail(ErrorCode::invalid, "that is too much to be taken out");
  return replacements;
}

Result<Annotation> Opened::record_for(const CommentWork& work, const Written& written,
                                      const GiveawayLists& lists) const {
  Annotation record{.envelope = written.envelope,
                    .questionnaire = chapters_[written.chapter].questionnaire().id,
                    .variable = written.item->variable,
                    .by = work.by,
                    .reference = written.reference};
  if (const auto* codes = std::get_if<SetCodes>(&work.what)) {
    auto checked = comments::clean_codes(codes->codes);
    if (!checked) return std::unexpected(checked.error());
    record.kind = Kind::codes;
    record.codes = *std::move(checked);
  } else if (const auto* redact = std::get_if<Redact>(&work.what)) {
    auto replacements = replacements_for(written, *redact, lists);
    if (!replacements) return std::unexpected(replacements.error());
    record.kind = Kind::redaction;
    record.replacements = *std::move(replacements);
  } else if (const auto* translate = std::get_if<Translate>(&work.what)) {
    if (auto checked = check_language(record_, translate->language); !checked) return std::unexpected(checked.error());
    auto words = checked_words(translate->words, kMostWordsBytes, "the translation");
    if (!words) return std::unexpected(words.error());
    auto translator = checked_words(translate->translator, kMostNameBytes, "the translator's name");
    if (!translator) return std::unexpected(translator.error());
    record.kind = Kind::translation;
    record.language = translate->language;
    record.words = *std::move(words);
    record.name = *std::move(translator);
  } else if (const auto* concern = std::get_if<RaiseConcern>(&work.what)) {
    auto lead = checked_words(concern->lead, kMostNameBytes, "the name of the safeguarding lead");
    if (!lead) return std::unexpected(lead.error());
    if (concern->why.size() > kMostWordsBytes) return fail(ErrorCode::invalid, "why: at most 2000 bytes");
    record.kind = Kind::concern;
    record.name = *std::move(lead);
    record.words = survey::clean_text(concern->why, kMostWordsBytes);
    record.concern = to_hex(random_bytes(kReferenceBytes));
  } else {
    record.kind = Kind::read;
  }
  return record;
}

Result<SealedWork> Opened::prepare(const CommentWork& work, std::int64_t now_s, const GiveawayLists& lists) {
  const std::lock_guard lock(work_);
  if (auto caught_up = catch_up_with_annotations(); !caught_up) return std::unexpected(caught_up.error());
  if (std::holds_alternative<Decide>(work.what) || std::holds_alternative<CloseConcern>(work.what)) {
    return prepare_ruling(work, {.by = work.by, .at_s = now_s});
  }
  const auto place = place_of(work.reference);
  if (!place) return std::unexpected(place.error());
  const auto& written = written_[*place];
  const bool is_read = std::holds_alternative<MarkRead>(work.what);
  if (is_read && written.read != nullptr) return SealedWork{.reference = written.reference};
  auto record = record_for(work, written, lists);
  if (!record) return std::unexpected(record.error());
  record->at_s = now_s;
  auto id = drawn_id();
  // What takes another's place goes under its id, so that the words of before are gone.
  if (record->kind == Kind::codes && written.codes != nullptr) id = written.codes->id;
  if (record->kind == Kind::redaction && written.redaction != nullptr) id = written.redaction->id;
  if (record->kind == Kind::translation) {
    const auto before = written.translations.find(record->language);
    if (before != written.translations.end()) id = before->second->id;
  }
  std::vector<store::PlainCount> counts;
  if (record->kind == Kind::concern) counts.push_back({count_of_concern(*record), kRaised});
  auto work_done = sealed(*record, id, std::move(counts));
  wipe_words(*record);
  return work_done;
}

Result<SealedWork> Opened::prepare_ruling(const CommentWork& work, Annotation record) const {
  const auto* const decide = std::get_if<Decide>(&work.what);
  const auto* const close = std::get_if<CloseConcern>(&work.what);
  const Annotation* concern = nullptr;
  bool is_decided = false;
  for (const auto& [id, kept] : kept_) {
    if (kept.record.concern != work.reference) continue;
    if (kept.record.kind == Kind::concern) concern = &kept.record;
    is_decided |= kept.record.kind == Kind::decision;
  }
  if (concern == nullptr || work.reference.empty()) {
    return fail(ErrorCode::not_found, "there is no concern with this reference: `comment concerns` lists them");
  }
  if (decide == nullptr && !is_decided) {
    return fail(ErrorCode::conflict, "nothing has been decided about this concern yet: decide first");
  }
  auto words = decide != nullptr ? checked_words(decide->words, kMostWordsBytes, "the decision")
                                 : checked_words(close->words, kMostWordsBytes, "the outcome");
  if (!words) return std::unexpected(words.error());
  record.kind = decide != nullptr ? Kind::decision : Kind::outcome;
  record.words = *std::move(words);
  record.concern = work.reference;
  auto id = drawn_id();
  auto ruling = sealed(record, id, {{count_of_concern(*concern), decide != nullptr ? kDecided : kClosed}});
  wipe_words(record);
  return ruling;
}

Result<std::int64_t> Opened::unread_comments() {
  const std::lock_guard lock(work_);
  if (auto caught_up = catch_up_with_annotations(); !caught_up) return std::unexpected(caught_up.error());
  return std::ranges::count_if(written_, [](const auto& each) { return each.read == nullptr; });
}

Result<std::optional<SealedWork>> Opened::prepare_all_read(const std::string& by, std::int64_t now_s) {
  const std::lock_guard lock(work_);
  if (auto caught_up = catch_up_with_annotations(); !caught_up) return std::unexpected(caught_up.error());
  const auto came = opened_as_of_->readable_ever;
  if (came == 0 || std::ranges::any_of(written_, [](const auto& each) { return each.read == nullptr; })) {
    return std::optional<SealedWork>();
  }
  const auto counts = store_.plain_counts(record_.package.inspection);
  if (!counts) return std::unexpected(counts.error());
  const auto read = std::ranges::find(*counts, std::string_view(kReadCount), &store::PlainCount::name);
  if (read != counts->end() && read->count >= came) return std::optional<SealedWork>();
  auto id = drawn_id();
  auto work = sealed({.kind = Kind::all_read, .by = by, .at_s = now_s}, id, {{std::string(kReadCount), came}});
  if (!work) return std::unexpected(work.error());
  return std::optional(*std::move(work));
}

}  // namespace perspective::inspection
