#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/log.h"
#include "inspection/inspections.h"
#include "inspection/opened.h"
#include "inspection/record.h"
#include "inspection/section_texts.h"

namespace perspective::inspection {
namespace {

// As many as were typed, overwritten at the end.
class FourWords {
 public:
  explicit FourWords(std::string_view typed) {
    constexpr std::string_view kBetween = " \t\r\n,.;";
    for (auto begin = typed.find_first_not_of(kBetween); begin != std::string_view::npos;) {
      const auto end = std::min(typed.find_first_of(kBetween, begin), typed.size());
      words_.emplace_back(typed.substr(begin, end - begin));
      begin = typed.find_first_not_of(kBetween, end);
    }
  }
  FourWords(const FourWords&) = delete;
  FourWords& operator=(const FourWords&) = delete;
  ~FourWords() {
    for (auto& word : words_) wipe(word.data(), word.size());
  }
  const std::vector<std::string>& words() const { return words_; }

 private:
  std::vector<std::string> words_;
};

Result<std::vector<envelope::WordList>> lists_in(const std::filesystem::path& folder) {
  std::vector<envelope::WordList> lists;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (!entry.path().filename().string().ends_with(".words.txt")) continue;
    const auto text = read_text(entry.path());
    if (!text) return std::unexpected(text.error());
    auto list = envelope::WordList::parse(*text);
    if (!list) return in_context(entry.path().string(), list.error());
    lists.push_back(std::move(*list));
  }
  if (lists.empty()) return fail(ErrorCode::io, "there is no list of words in " + folder.string());
  return lists;
}

// A slip of the pen would be believed otherwise: the answer is the same for words that nothing has come under.
Result<void> check(const std::vector<std::string>& words, const std::vector<envelope::WordList>& lists) {
  if (words.size() != 4) return fail(ErrorCode::invalid, "four words are needed, with a space between each two");
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (std::ranges::any_of(lists, [&](const auto& list) { return list.has(words[i]); })) continue;
    return fail(ErrorCode::invalid, "word " + std::to_string(i + 1) + " is on no list of words: check how it is spelt");
  }
  return {};
}

void tell_of_too_many(const std::string& kiosk) {
  log::warning("kiosk " + kiosk + " has asked to take back more than " +
               std::to_string(protocol::kMostOfOneKiosk.most) +
               " answers: what it asks for now is refused, and it keeps that. Look at it, and revoke it if it is not "
               "what you set up");
}

}  // namespace

// After the answer to whoever took something back: how long it takes would tell whether it had been there.
void Inspections::follow_on_hands(const std::shared_ptr<Opened>& unlocked) {
  const auto work = [this, weak = std::weak_ptr(unlocked)] {
    const auto held = weak.lock();
    if (!held) return;
    if (auto followed = held->follow(); !followed) log::warning(followed.error().what);
    SectionTexts(*this).take_out_what_went(held->record().package.inspection);
  };
  if (!setting_.hands.offer) return work();
  setting_.hands.offer(work);  // full: with the next question
}

Result<void> Inspections::withdraw(std::string_view inspection, const SecretBytes& four_words,
                                   const store::NextEntry& entry) {
  const auto stored = store_.inspection(inspection);
  if (!stored) return std::unexpected(stored.error());
  const auto state = state_of(stored->head.state, stored->head.id);
  if (!state) return std::unexpected(state.error());
  if (!allowed_in(*state).withdrawals) {
    return fail(ErrorCode::conflict,
                is_past_fieldwork(*state)
                    ? "fieldwork of '" + stored->head.id + "' has ended: answers can no longer be taken back"
                    : "'" + stored->head.id + "' is a draft: it has no answers");
  }
  const auto record = record_from(stored->definition);
  if (!record) return std::unexpected(record.error());
  const auto lists = lists_in(setting_.assets / "texts");
  if (!lists) return std::unexpected(lists.error());
  const FourWords typed(four_words.text());
  if (auto checked = check(typed.words(), *lists); !checked) return checked;
  const auto id = envelope::derive_id(typed.words(), record->package.salt);
  if (!id) return std::unexpected(id.error());
  return withdraw(stored->head.id, {*id}, entry);
}

Result<void> Inspections::withdraw(const std::string& inspection, const std::vector<envelope::EnvelopeId>& ids,
                                   const store::NextEntry& entry) {
  const std::lock_guard lock(taking_back_);
  const auto stored = store_.envelopes(inspection, ids);
  if (!stored) return std::unexpected(stored.error());
  return take_back(inspection, ids, *stored, entry);
}

Result<std::vector<envelope::EnvelopeId>> Inspections::take_wishes(const std::string& inspection,
                                                                   const std::string& kiosk,
                                                                   const std::vector<envelope::EnvelopeId>& ids) {
  const std::lock_guard lock(taking_back_);
  const auto stored = store_.envelopes(inspection, ids);
  if (!stored) return std::unexpected(stored.error());
  const auto count = static_cast<std::int64_t>(ids.size());
  const auto granted = wish_ration_.take(kiosk, count, clock_.now_s());
  if (granted == Ration::Granted::yes) {
    auto taken = take_back(inspection, ids, *stored, {});
    if (taken) return std::vector<envelope::EnvelopeId>();
    wish_ration_.give_back(kiosk, count);  // it comes again
    return std::unexpected(taken.error());
  }
  if (granted == Ration::Granted::no_for_the_first_time) tell_of_too_many(kiosk);
  std::vector<envelope::EnvelopeId> had_come;
  for (const auto& envelope : *stored) had_come.push_back(envelope.id);
  // Nor does it fill the file with what it sent for that.
  const auto here = static_cast<std::int64_t>(had_come.size());
  if (refused_ration_.take(kiosk, here, clock_.now_s()) != Ration::Granted::yes) return ids;
  if (auto taken = take_back(inspection, had_come, *stored, {}); !taken) return std::unexpected(taken.error());
  return ids;
}

Result<void> Inspections::take_back(const std::string& inspection, const std::vector<envelope::EnvelopeId>& ids,
                                    const std::vector<store::Envelope>& had_come, const store::NextEntry& entry) {
  if (ids.empty()) return {};
  std::vector<store::Withdrawn> withdrawn;
  for (const auto& id : ids) withdrawn.push_back({inspection, id});
  std::vector<store::Withdrawn> known;
  for (const auto& envelope : had_come) known.push_back({inspection, envelope.id});
  if (auto kept = withdrawn_.add(withdrawn, known); !kept) return kept;
  if (auto removed = store_.withdraw(inspection, ids, entry); !removed) return removed;
  const auto unlocked = opened(inspection);
  if (unlocked && (*unlocked)->note_withdrawn(ids)) follow_on_hands(*unlocked);
  return {};
}

}  // namespace perspective::inspection
