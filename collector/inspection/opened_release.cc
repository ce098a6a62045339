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

// Whoever answered after the release was frozen is in none of its numbers: words would say that somebody did.
Result<std::vector<Opened::ReleaseQuotation>> Opened::release_quotations(
    const std::string& language, const std::map<std::string, std::vector<store::Id>>& of) {
  const std::lock_guard lock(work_);
  if (auto caught_up = catch_up_with_annotations(); !caught_up) return std::unexpected(caught_up.error());
  std::map<std::string, std::size_t> writers;
  std::vector<ReleaseQuotation> all;
  for (const auto& written : written_) {
    if (written.chosen == nullptr || written.read == nullptr) continue;
    const auto counted = of.find(chapters_[written.chapter].questionnaire().id);
    const auto id = envelope::id_from_hex(written.envelope);
    if (counted == of.end() || !id || !std::ranges::binary_search(counted->second, *id)) continue;
    const auto writer = writers.emplace(written.envelope, writers.size()).first->second;
    auto quotation = quotation_of(written, language);
    const bool has_own_words = quotation.has_value();
    if (!quotation) quotation = {counted->first, written.item->variable, {}, {}};
    all.push_back({*std::move(quotation), writer, has_own_words});
  }
  return all;
}

Result<Opened::AllSaid> Opened::all_said(const std::string& language) {
  const std::lock_guard lock(work_);
  if (auto caught_up = catch_up_with_annotations(); !caught_up) return std::unexpected(caught_up.error());
  AllSaid all;
  std::string less = std::to_string(opened_as_of_->withdrawn);
  for (const auto& [id, kept] : kept_) {
    if (kept.record.kind == Annotation::Kind::redaction) less += to_hex(kept.digest);
  }
  for (const auto& written : written_) {
    const auto place =
        written.envelope + "/" + chapters_[written.chapter].questionnaire().id + "/" + written.item->variable;
    const auto whose = to_hex(protocol::digest_of(as_bytes(place)));
    const auto quotation = written.chosen != nullptr ? quotation_of(written, language) : std::nullopt;
    if (quotation) {
      all.said.push_back({whose, quotation->printed, true});
      if (!quotation->translation.empty()) all.said.push_back({whose, quotation->translation, true});
    }
    all.as_written.push_back({whose, std::string(written.text)});
    for (const auto& [_, translation] : written.translations)
      all.as_written.push_back({whose, std::string(translation->words)});
    if (written.chosen != nullptr && written.chosen->words != written.text) less += to_hex(written.chosen->digest);
    all.said.push_back({whose, without_taken_out(written, written.text), false});
    for (const auto& [_, translation] : written.translations)
      all.said.push_back({whose, without_taken_out(written, translation->words), false});
  }
  all.as_of = to_hex(protocol::digest_of(as_bytes(less)));
  return all;
}

Result<tally::CrossTab> Opened::cross_tab(const std::string& questionnaire, const std::string& rows,
                                          const std::string& columns, const std::vector<tally::Only>& only) {
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
