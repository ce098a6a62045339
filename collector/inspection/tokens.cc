// Tokens: issuing them, and how they stand.
#include <algorithm>

#include "base/secret.h"
#include "inspection/inspections.h"
#include "inspection/record.h"
#include "inspection/results.h"
#include "report/slips.h"
#include "token/token.h"

namespace perspective::inspection {
namespace {

// Overwritten when the sheet is made: nothing else may remember them.
class Drawn {
 public:
  explicit Drawn(std::size_t count) {
    tokens_.reserve(count);
    while (tokens_.size() < count) tokens_.push_back(token::draw());
  }
  Drawn(const Drawn&) = delete;
  Drawn& operator=(const Drawn&) = delete;
  ~Drawn() {
    for (auto& token : tokens_) wipe(token.data(), token.size());
  }
  const std::vector<std::string>& tokens() const { return tokens_; }

 private:
  std::vector<std::string> tokens_;
};

Result<std::vector<protocol::TokenMark>> marks_of(const Drawn& drawn, const protocol::TokenTerms& terms) {
  std::vector<protocol::TokenMark> marks;
  for (const auto& token : drawn.tokens()) {
    const auto proof = protocol::prove(token, terms);
    if (!proof) return std::unexpected(proof.error());
    marks.push_back(protocol::mark_of(*proof));
  }
  return marks;
}

struct Asked {
  store::Inspection stored;
  Record record;
};

// The inspection, if so many tokens may be added to it.
Result<Asked> may_issue(store::Store& store, std::string_view inspection, std::size_t count) {
  auto stored = store.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  const std::string& id = stored->head.id;
  if (!record->package.tokens) return fail(ErrorCode::conflict, "a visit of '" + id + "' spends no token");
  const auto state = state_of(stored->head.state, id);
  if (!state) return std::unexpected(state.error());
  if (!allowed_in(*state).tokens) return fail(ErrorCode::conflict, "fieldwork of '" + id + "' has ended");
  if (count < 1 || count > Inspections::kMaxTokensAtOnce) {
    return fail(ErrorCode::invalid,
                "1 to " + std::to_string(Inspections::kMaxTokensAtOnce) + " tokens at once; ask again for more");
  }
  const auto issued = store.tokens(inspection);
  if (!issued) return std::unexpected(issued.error());
  if (issued->size() + count > protocol::kMaxTokens) {
    return fail(ErrorCode::conflict, "an inspection has at most " + std::to_string(protocol::kMaxTokens) + " tokens");
  }
  return Asked{std::move(*stored), std::move(*record)};
}

// In each of the inspection's languages that reports have; in English where they have none.
Result<std::vector<text::Catalogue>> slip_words(const std::filesystem::path& assets,
                                                const std::vector<std::string>& languages) {
  std::vector<text::Catalogue> words;
  for (const auto& language : languages) {
    auto phrases = report_phrases(assets, language);
    if (!phrases && phrases.error().code == ErrorCode::not_found) continue;
    if (!phrases) return std::unexpected(phrases.error());
    words.push_back(std::move(*phrases));
  }
  if (!words.empty()) return words;
  auto english = report_phrases(assets, "en");
  if (!english) return std::unexpected(english.error());
  words.push_back(std::move(*english));
  return words;
}

}  // namespace

Result<std::string> Inspections::issue_tokens(std::string_view inspection, std::size_t count, Sheet form,
                                              const store::NextEntry& entry) {
  const auto asked = may_issue(store_, inspection, count);
  if (!asked) return std::unexpected(asked.error());
  const auto words = slip_words(setting_.assets, asked->record.package.languages);
  if (!words) return std::unexpected(words.error());
  const Drawn drawn(count);
  const auto write = form == Sheet::pdf ? report::slips_pdf : report::slips;
  auto sheet = write(asked->record.package.area, drawn.tokens(), *words);
  if (!sheet) return sheet;
  const auto marks = marks_of(drawn, *asked->record.package.tokens);
  if (!marks) return std::unexpected(marks.error());

  // Only from here does anybody wait; the inspection may have changed meanwhile.
  const std::lock_guard lock(life_);
  auto now = may_issue(store_, inspection, count);
  if (!now) return std::unexpected(now.error());
  auto& [stored, record] = *now;
  record.package.version = stored.head.version + 1;
  auto package = signed_package(record.package, *marks);
  if (!package) return std::unexpected(package.error());
  stored.head.version = record.package.version;
  stored.package = std::move(*package);
  if (auto kept = store_.issue_tokens(stored, *marks, entry); !kept) return std::unexpected(kept.error());
  return sheet;
}

Result<Tokens> Inspections::tokens(std::string_view inspection) {
  const auto stored = store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  const auto counts = store_.token_counts(inspection);
  if (!counts) return std::unexpected(counts.error());
  const auto state = state_of(stored->head.state, stored->head.id);
  if (!state) return std::unexpected(state.error());
  return Tokens{!is_past_fieldwork(*state), record->package.tokens.has_value(), std::move(record->why_no_tokens),
                *counts};
}

}  // namespace perspective::inspection
