#include "inspection/opened.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/random.h"
#include "protocol/open_submission.h"
#include "survey/routing.h"

namespace perspective::inspection {
namespace {

constexpr std::size_t kPage = 256;
constexpr std::size_t kReferenceBytes = 4;

// Where the definition says so, and only there.
bool may_be_quoted(const survey::Submission& submission, const survey::Questionnaire& questionnaire) {
  if (!questionnaire.consent) return false;
  return survey::value_of(submission.answers, questionnaire.consent->variable) == questionnaire.consent->option;
}

void wipe_words(survey::Submission& submission) {
  for (auto& [variable, answer] : submission.answers) {
    if (auto* words = std::get_if<survey::Words>(&answer)) wipe(words->text.data(), words->text.size());
  }
}

std::unexpected<Error> no_such_comment() {
  return fail(ErrorCode::not_found,
              "there is no comment with this reference; references are new at each unlocking, and after answers were "
              "taken back");
}

}  // namespace

Opened::Opened(store::Store& store, Record record, const std::vector<survey::Questionnaire>& questionnaires,
               envelope::OpeningKey key, Hands hands)
    : store_(store), record_(std::move(record)), key_(std::move(key)), hands_(std::move(hands)) {
  chapters_.reserve(questionnaires.size());  // Written points into them
  for (const auto& questionnaire : questionnaires) chapters_.emplace_back(questionnaire);
}

Result<Unlocked> Opened::absorb() {
  const std::lock_guard lock(work_);
  return absorb_under_lock();
}

void Opened::start_anew() {
  const std::lock_guard lock(work_);
  forget_under_lock();
}

void Opened::forget_under_lock() {
  for (auto& chapter : chapters_) chapter.clear();
  written_.clear();  // its views point into the words
  words_ = {};
  references_.clear();
  seen_.clear();
  counted_ = 0;
  set_aside_ = 0;
  opened_as_of_.reset();
}

void Opened::note(const std::vector<envelope::EnvelopeId>& ids) {
  const std::lock_guard lock(arrivals_);
  noted_.insert(noted_.end(), ids.begin(), ids.end());
}

Result<Unlocked> Opened::absorb_under_lock() {
  // The sums after what was noted, and before all else: what changes meanwhile is in them the next time.
  const auto noted = read_noted();
  if (!noted) return std::unexpected(noted.error());
  const auto now = sums();
  if (!now) return std::unexpected(now.error());
  const auto expected = opened_as_of_.value_or(Sums{});
  if (!opened_as_of_ || *now != Sums{expected.stored_ever + *noted, expected.withdrawn}) {
    if (auto caught_up = catch_up(); !caught_up) return std::unexpected(caught_up.error());
  }
  opened_as_of_ = *now;
  return Unlocked{counted_, set_aside_};
}

Result<Opened::Sums> Opened::sums() const {
  const auto& inspection = record_.package.inspection;
  const auto days = store_.daily_counts(inspection);
  if (!days) return std::unexpected(days.error());
  const auto withdrawn = store_.count_withdrawn(inspection);
  if (!withdrawn) return std::unexpected(withdrawn.error());
  Sums sums{.stored_ever = 0, .withdrawn = *withdrawn};
  for (const auto& day : *days) sums.stored_ever += day.envelopes;
  return sums;
}

// Columns only grow: where one is to go, the others are opened anew.
Result<void> Opened::catch_up() {
  if (opened_as_of_) {
    const auto ids = store_.envelope_ids(record_.package.inspection);
    if (!ids) return std::unexpected(ids.error());
    if (std::ranges::includes(*ids, seen_)) {
      std::vector<store::Id> missing;
      std::ranges::set_difference(*ids, seen_, std::back_inserter(missing));
      if (auto done = read(missing); !done) return std::unexpected(done.error());
      return {};
    }
    forget_under_lock();
  }
  if (auto done = read_all(); !done) return done;
  return read_annotations();
}

Result<void> Opened::read_all() {
  std::optional<store::Id> last;
  const auto taken = take_all([&]() -> Result<Page> {
    auto page = store_.envelopes(record_.package.inspection, last, kPage);
    if (page && !page->empty()) last = page->back().id;
    return page;
  });
  if (!taken) return std::unexpected(taken.error());
  return {};
}

Result<std::int64_t> Opened::read_noted() {
  std::vector<store::Id> noted;
  {
    const std::lock_guard lock(arrivals_);
    noted.swap(noted_);
  }
  auto taken = read(noted);
  if (!taken) note(noted);  // for the next time
  return taken;
}

Result<std::int64_t> Opened::read(const std::vector<store::Id>& ids) {
  std::size_t begin = 0;
  return take_all([&]() -> Result<Page> {
    // Of a page that was withdrawn meanwhile nothing is there: on to the next.
    while (begin < ids.size()) {
      const auto end = std::min(begin + kPage, ids.size());
      const std::vector<store::Id> some(ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                        ids.begin() + static_cast<std::ptrdiff_t>(end));
      begin = end;
      auto page = store_.envelopes(record_.package.inspection, some);
      if (!page || !page->empty()) return page;
    }
    return Page{};
  });
}

// Who is done with a page asks for the next, while the others are at theirs.
Result<std::int64_t> Opened::take_all(const std::function<Result<Page>()>& next) {
  std::mutex asking;
  Result<Page> first = next();
  if (!first) return std::unexpected(first.error());
  Page page = *std::move(first);
  const bool is_worth_calling = page.size() == kPage;
  bool is_over = page.empty();
  std::optional<Error> failed;
  std::int64_t taken = 0;
  const auto ask = [&](std::int64_t done) {
    const std::lock_guard lock(asking);
    taken += done;
    if (!page.empty()) return std::exchange(page, {});
    if (is_over) return Page{};
    auto asked = next();
    if (!asked) failed = asked.error();
    is_over = !asked || asked->empty();
    return asked ? *std::move(asked) : Page{};
  };
  together(is_worth_calling ? hands_ : Hands{}, [&] {
    for (auto mine = ask(0); !mine.empty();) mine = ask(take(mine));
  });
  if (failed) return std::unexpected(*failed);
  return taken;
}

std::int64_t Opened::take(const Page& envelopes) {
  std::int64_t taken = 0;
  for (const auto& envelope : envelopes) {
    {
      const std::lock_guard lock(taking_);
      if (!seen_.insert(envelope.id).second) continue;
    }
    auto submitted = open(envelope);
    const std::lock_guard lock(taking_);
    ++taken;
    (submitted && count(*submitted) ? counted_ : set_aside_) += 1;
  }
  return taken;
}

std::optional<Opened::Submitted> Opened::open(const store::Envelope& envelope) const {
  auto submission = protocol::open_submission(envelope.body, envelope.id, record_.package.inspection, key_);
  if (!submission) return std::nullopt;
  const auto chapter = std::ranges::find_if(
      chapters_, [&](const auto& columns) { return columns.questionnaire().id == submission->questionnaire; });
  if (chapter == chapters_.end() || chapter->questionnaire().version != submission->version) return std::nullopt;
  if (!survey::check(*submission, chapter->questionnaire())) {
    wipe_words(*submission);
    return std::nullopt;
  }
  return Submitted{*std::move(submission), static_cast<std::size_t>(chapter - chapters_.begin())};
}

bool Opened::count(Submitted& submitted) {
  auto& submission = submitted.submission;
  const bool counts = chapters_[submitted.chapter].append(submission).has_value();
  if (counts) keep_words(submission, submitted.chapter);
  wipe_words(submission);
  return counts;
}

void Opened::keep_words(survey::Submission& submission, std::size_t chapter) {
  const auto& questionnaire = chapters_[chapter].questionnaire();
  const bool quotable = may_be_quoted(submission, questionnaire);
  for (const auto& [variable, answer] : submission.answers) {
    const auto* words = std::get_if<survey::Words>(&answer);
    if (words == nullptr) continue;
    Written written;
    written.reference = draw_reference();
    written.envelope = submission.envelope;
    written.chapter = chapter;
    written.item = questionnaire.item(variable);
    written.text = words_.keep(words->text);
    written.may_be_quoted = quotable;
    written_.push_back(std::move(written));
  }
}

std::string Opened::draw_reference() {
  for (;;) {
    auto reference = to_hex(random_bytes(kReferenceBytes));
    if (references_.insert(reference).second) return reference;
  }
}

Opened::Written* Opened::written(std::string_view envelope, std::string_view questionnaire, std::string_view variable) {
  const auto found = std::ranges::find_if(written_, [&](const Written& written) {
    return written.envelope == envelope && written.item->variable == variable &&
           chapters_[written.chapter].questionnaire().id == questionnaire;
  });
  return found == written_.end() ? nullptr : &*found;
}

Result<void> Opened::read_annotations() {
  const auto annotations = store_.annotations(record_.package.inspection);
  if (!annotations) return std::unexpected(annotations.error());
  for (const auto& stored : *annotations) {
    auto choice = open_annotation(stored.body, key_);
    if (!choice) return in_context("a quotation that was chosen before", choice.error());
    auto* comment = written(choice->envelope, choice->questionnaire, choice->variable);
    // Without its writer's consent nothing is printed.
    if (comment != nullptr && comment->may_be_quoted) {
      comment->annotation = stored.id;
      if (comment->printed != choice->words) comment->printed = words_.keep(choice->words);
      comment->is_sic = choice->is_sic;
    }
    wipe(choice->words.data(), choice->words.size());
    if (comment != nullptr) continue;
    if (auto removed = remove_if_withdrawn(choice->envelope, stored.id); !removed) return removed;
  }
  return {};
}

// A quotation holds words of whoever took the answers back; which it belongs to only the key tells.
Result<void> Opened::remove_if_withdrawn(const std::string& envelope, const store::Id& annotation) {
  const auto id = envelope::id_from_hex(envelope);
  if (!id) return {};
  const auto withdrawn = store_.withdrawn();
  if (!withdrawn) return std::unexpected(withdrawn.error());
  const auto& inspection = record_.package.inspection;
  if (!std::ranges::binary_search(*withdrawn, store::Withdrawn{inspection, *id})) return {};
  return store_.remove_annotation(inspection, annotation);
}

Result<std::vector<Comment>> Opened::comments() {
  const std::lock_guard lock(work_);
  if (auto absorbed = absorb_under_lock(); !absorbed) return std::unexpected(absorbed.error());
  if (auto read = read_annotations(); !read) return std::unexpected(read.error());
  std::vector<Comment> comments;
  comments.reserve(written_.size());
  for (const auto& written : written_) {
    comments.push_back({.reference = written.reference,
                        .questionnaire = chapters_[written.chapter].questionnaire().id,
                        .variable = written.item->variable,
                        .text = std::string(written.text),
                        .may_be_quoted = written.may_be_quoted,
                        .is_chosen = written.annotation.has_value()});
  }
  shuffle(comments);
  return comments;
}

Result<void> Opened::choose(const Quotation& quotation, const store::NextEntry& entry) {
  const std::lock_guard lock(work_);
  if (auto absorbed = absorb_under_lock(); !absorbed) return std::unexpected(absorbed.error());
  const auto comment = std::ranges::find(written_, quotation.reference, &Written::reference);
  if (comment == written_.end()) return no_such_comment();
  if (!comment->may_be_quoted) {
    return fail(ErrorCode::refused, "the person who wrote this did not say that it may be printed");
  }
  const auto max_bytes = std::get<survey::FreeText>(comment->item->kind).max_bytes;
  auto printed = quotation.words ? survey::clean_text(*quotation.words, max_bytes) : std::string(comment->text);
  if (printed.empty()) return fail(ErrorCode::invalid, "a quotation has some words");
  store::Annotation kept;
  if (comment->annotation) kept.id = *comment->annotation;
  if (!comment->annotation) std::ranges::copy(random_bytes(kept.id.size()), kept.id.begin());
  auto sealed = seal({.envelope = comment->envelope,
                      .questionnaire = chapters_[comment->chapter].questionnaire().id,
                      .variable = comment->item->variable,
                      .words = printed,
                      .is_sic = quotation.is_sic},
                     record_.package);
  if (!sealed) return std::unexpected(sealed.error());
  kept.body = std::move(*sealed);
  if (auto put = store_.put_annotation(record_.package.inspection, kept, entry); !put) return put;
  comment->annotation = kept.id;
  comment->printed = words_.keep(printed);
  comment->is_sic = quotation.is_sic;
  wipe(printed.data(), printed.size());
  // Taken back while it was chosen: then the choice, which holds its words, goes as well.
  if (auto absorbed = absorb_under_lock(); !absorbed) return std::unexpected(absorbed.error());
  const auto still = std::ranges::find(written_, quotation.reference, &Written::reference);
  if (still == written_.end()) return no_such_comment();
  return {};
}

}  // namespace perspective::inspection
