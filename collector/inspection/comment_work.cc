#include "inspection/comment_work.h"

#include <utility>

#include "base/file.h"
#include "base/log.h"
#include "inspection/inspections.h"
#include "inspection/opened.h"

namespace perspective::inspection {
namespace {

// Somebody may be in danger: that is read, and acted on, also once nothing else of it changes any more.
bool is_safeguarding(const CommentWork& work) {
  return std::holds_alternative<MarkRead>(work.what) || std::holds_alternative<RaiseConcern>(work.what) ||
         std::holds_alternative<Decide>(work.what) || std::holds_alternative<CloseConcern>(work.what);
}

}  // namespace

// One that cannot be read finds nothing: comments are shown all the same.
GiveawayLists Inspections::giveaway_lists() const {
  GiveawayLists lists;
  for (const char* const language : {"en", "cy"}) {
    const auto path = setting_.assets / "comments" / (std::string(language) + ".json");
    const auto text = read_text(path);
    auto words = text ? comments::GiveawayWords::parse(*text) : std::unexpected(text.error());
    if (!words) {
      log::warning("names in comments are found with fewer words: " + path.string() + ": " + words.error().what);
      continue;
    }
    if (lists.all.labels.empty()) lists.all.labels = words->labels;
    lists.all.add(*words);
    lists.by_language.emplace(language, *std::move(words));
  }
  return lists;
}

Result<std::shared_ptr<Opened>> Inspections::quotable(std::string_view inspection) {
  auto found = used(inspection);
  if (!found) return found;
  const auto head = store_.head(inspection);
  if (!head) return std::unexpected(head.error());
  const auto state = state_of(head->state, head->id);
  if (!state) return std::unexpected(state.error());
  if (allowed_in(*state).quotations) return found;
  return fail(ErrorCode::conflict, "'" + head->id + "' is " + std::string(to_text(*state)) + ": it stays as it is");
}

Result<SealedWork> Inspections::prepare(std::string_view inspection, const CommentWork& work) {
  const auto found = is_safeguarding(work) ? used(inspection) : quotable(inspection);
  if (!found) return std::unexpected(found.error());
  return (*found)->prepare(work, clock_.now_s(), giveaway_lists());
}

Result<void> Inspections::keep(std::string_view inspection, const SealedWork& work, const store::NextEntry& entry) {
  const auto found = used(inspection);
  if (!found) return std::unexpected(found.error());
  return (*found)->keep(work, entry);
}

Result<std::int64_t> Inspections::unread_comments(std::string_view inspection) {
  const auto found = opened(inspection);
  if (!found) return std::unexpected(found.error());
  return (*found)->unread_comments();
}

Result<std::vector<Concern>> Inspections::concerns(std::string_view inspection) {
  const auto found = used(inspection);
  if (!found) return std::unexpected(found.error());
  return (*found)->concerns();
}

Result<std::optional<SealedWork>> Inspections::prepare_all_read(std::string_view inspection, const std::string& by) {
  const auto found = used(inspection);
  if (!found) return std::unexpected(found.error());
  return (*found)->prepare_all_read(by, clock_.now_s());
}

}  // namespace perspective::inspection
