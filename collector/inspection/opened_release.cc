// What a release is made of, as it is now.
#include <algorithm>

#include "inspection/opened.h"

namespace perspective::inspection {

Result<Opened::Counted> Opened::counted() {
  const std::lock_guard lock(work_);
  if (auto absorbed = absorb_under_lock(); !absorbed) return std::unexpected(absorbed.error());
  Counted counted{.questionnaires = {}, .tallies = tallies(), .responses = {}};
  for (std::size_t i = 0; i < chapters_.size(); ++i) {
    const auto& questionnaire = chapters_[i].questionnaire();
    counted.questionnaires.push_back(questionnaire);
    auto ids = counted_ids_[i];
    std::ranges::sort(ids);
    counted.responses.emplace(questionnaire.id, std::move(ids));
  }
  return counted;
}

Result<std::vector<report::Quotation>> Opened::release_quotations(const std::string& language) {
  const std::lock_guard lock(work_);
  if (auto caught_up = catch_up_with_annotations(); !caught_up) return std::unexpected(caught_up.error());
  return quotations(language, Quotable::read_too);
}

Result<tally::CrossTab> Opened::cross_tab(const std::string& questionnaire, const std::string& rows,
                                          const std::string& columns, const std::optional<tally::Only>& only) {
  const std::lock_guard lock(work_);
  if (auto absorbed = absorb_under_lock(); !absorbed) return std::unexpected(absorbed.error());
  const auto chapter = std::ranges::find_if(
      chapters_, [&](const tally::Columns& each) { return each.questionnaire().id == questionnaire; });
  if (chapter == chapters_.end()) {
    return fail(ErrorCode::not_found, "this inspection has no questionnaire '" + questionnaire + "'");
  }
  return tally::cross_tab(*chapter, rows, columns, only);
}

Result<SecretBytes> Opened::open_sealed(ByteView sealed) const { return envelope::open(sealed, key_); }

}  // namespace perspective::inspection
