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

}  // namespace

Opened::Opened(store::Store& store, Record record, const std::vector<survey::Questionnaire>& questionnaires,
               envelope::OpeningKey key, Hands hands)
    : store_(store), record_(std::move(record)), key_(std::move(key)), hands_(std::move(hands)) {
  chapters_.reserve(questionnaires.size());  // Written points into them
  for (const auto& questionnaire : questionnaires) chapters_.emplace_back(questionnaire);
  counted_ids_.resize(chapters_.size());
}

// What comes while many are opened finds nobody who would wait for that.
Result<Unlocked> Opened::absorb() {
  constexpr int kRounds = 3;
  const std::lock_guard lock(work_);
  auto unlocked = absorb_under_lock();
  for (int round = 1; round < kRounds && unlocked && has_news(); ++round) unlocked = absorb_under_lock();
  return unlocked;
}

Result<void> Opened::follow() {
  {
    const std::lock_guard lock(news_);
    is_promised_ = false;
  }
  const std::unique_lock lock(work_, std::try_to_lock);
  if (!lock) return {};
  if (auto absorbed = absorb_under_lock(); !absorbed) return std::unexpected(absorbed.error());
  return {};
}

bool Opened::note(const std::vector<envelope::EnvelopeId>& ids) {
  const std::lock_guard lock(news_);
  noted_.insert(noted_.end(), ids.begin(), ids.end());
  return !std::exchange(is_promised_, true);
}

bool Opened::note_withdrawn(const std::vector<envelope::EnvelopeId>& ids) {
  const std::lock_guard lock(news_);
  withdrawn_.insert(withdrawn_.end(), ids.begin(), ids.end());
  return !std::exchange(is_promised_, true);
}

bool Opened::has_news() {
  const std::lock_guard lock(news_);
  return !noted_.empty() || !withdrawn_.empty();
}

Result<Unlocked> Opened::absorb_under_lock() {
  std::vector<store::Id> withdrawn;
  {
    const std::lock_guard lock(news_);
    withdrawn.swap(withdrawn_);
    is_promised_ = false;
  }
  take_back(withdrawn);
  // The sums after what was noted, and before all else: what changes meanwhile is in them the next time.
  const auto noted = read_noted();
  if (!noted) return std::unexpected(noted.error());
  const auto now = sums();
  if (!now) return std::unexpected(now.error());
  const auto expected = opened_as_of_.value_or(Sums{});
  if (!opened_as_of_ ||
      *now != Sums{expected.stored_ever + *noted, expected.readable_ever + *noted, expected.withdrawn}) {
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
  Sums sums{.withdrawn = *withdrawn};
  for (const auto& day : *days) {
    sums.stored_ever += day.envelopes;
    sums.readable_ever += day.day.empty() ? 0 : day.envelopes;
  }
  return sums;
}

Result<void> Opened::catch_up() {
  if (!opened_as_of_) {
    if (auto done = read_all(); !done) return done;
    return read_annotations();
  }
  const auto ids = store_.envelope_ids(record_.package.inspection);
  if (!ids) return std::unexpected(ids.error());
  std::vector<store::Id> gone;
  std::ranges::set_difference(seen_, *ids, std::back_inserter(gone));
  take_out(gone);
  std::vector<store::Id> missing;
  std::ranges::set_difference(*ids, seen_, std::back_inserter(missing));
  if (auto done = read(missing); !done) return std::unexpected(done.error());
  // What was added to comments that are gone goes from the store.
  return gone.empty() ? Result<void>() : read_annotations();
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
    const std::lock_guard lock(news_);
    noted.swap(noted_);
  }
  auto taken = read(noted);
  if (taken) return taken;
  const std::lock_guard lock(news_);  // for the next time
  noted_.insert(noted_.end(), noted.begin(), noted.end());
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
    const bool counts = submitted && count(*submitted);
    (counts ? counted_ : set_aside_) += 1;
    if (counts) counted_ids_[submitted->chapter].push_back(envelope.id);
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
    written.language = submission.language;
    written.envelope = submission.envelope;
    written.chapter = chapter;
    written.item = questionnaire.item(variable);
    written.text = words_.keep(words->text);
    written.may_be_quoted = quotable;
    references_.emplace(written.reference, written_.size());
    written_.push_back(std::move(written));
  }
}

std::string Opened::draw_reference() {
  for (;;) {
    auto reference = to_hex(random_bytes(kReferenceBytes));
    if (!references_.contains(reference)) return reference;
  }
}

Result<std::vector<Comment>> Opened::comments() {
  const std::lock_guard lock(work_);
  if (auto absorbed = absorb_under_lock(); !absorbed) return std::unexpected(absorbed.error());
  if (auto read = read_annotations(); !read) return std::unexpected(read.error());
  std::vector<Comment> comments;
  comments.reserve(written_.size());
  for (const auto& written : written_) comments.push_back(comment_of(written));
  shuffle(comments);
  std::ranges::stable_partition(comments, [](const auto& comment) { return comment.read_by.empty(); });
  return comments;
}

}  // namespace perspective::inspection
