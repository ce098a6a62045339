// Paper forms of an unlocked inspection: what two people keyed, side by side, and one answer of both.
#include <algorithm>
#include <utility>

#include "inspection/opened.h"
#include "inspection/sealing.h"
#include "paper/keying.h"

namespace perspective::inspection {
namespace {

const survey::Questionnaire* questionnaire_of(const std::vector<tally::Columns>& chapters,
                                              const survey::Submission& submission) {
  const auto found = std::ranges::find_if(
      chapters, [&](const auto& columns) { return columns.questionnaire().id == submission.questionnaire; });
  return found == chapters.end() ? nullptr : &found->questionnaire();
}

bool are_of_one_questionnaire(const std::vector<paper::Keyed>& keyed) {
  return std::ranges::all_of(
      keyed, [&](const auto& one) { return one.submission.questionnaire == keyed.front().submission.questionnaire; });
}

}  // namespace

struct Opened::Pair {
  store::Id form{};
  std::vector<std::string> keyers;
  std::vector<paper::Keyed> keyed;
};

Result<std::vector<Opened::Pair>> Opened::pairs() const {
  const auto keyings = store_.keyings(record_.package.inspection);
  if (!keyings) return std::unexpected(keyings.error());
  std::vector<Pair> pairs;
  for (const auto& keying : *keyings) {
    const auto plain = envelope::open(keying.body, key_);
    if (!plain) return in_context("what was keyed from a paper form", plain.error());
    auto keyed = paper::keyed_from(plain->text());
    if (!keyed) return std::unexpected(keyed.error());
    if (pairs.empty() || pairs.back().form != keying.form)
      pairs.push_back({.form = keying.form, .keyers = {}, .keyed = {}});
    pairs.back().keyers.push_back(keying.keyer);
    pairs.back().keyed.push_back(*std::move(keyed));
  }
  return pairs;
}

Result<std::vector<KeyedForm>> Opened::keyed_forms() const {
  const auto all = pairs();
  if (!all) return std::unexpected(all.error());
  std::vector<KeyedForm> forms;
  for (const auto& pair : *all) {
    const auto& first = pair.keyed.front();
    KeyedForm form{.reference = first.reference,
                   .questionnaire = first.submission.questionnaire,
                   .languages = {first.submission.language, pair.keyed.back().submission.language},
                   .keyers = pair.keyers,
                   .is_of_one_questionnaire = are_of_one_questionnaire(pair.keyed)};
    const auto* questionnaire = questionnaire_of(chapters_, first.submission);
    if (pair.keyed.size() == 2 && form.is_of_one_questionnaire && questionnaire != nullptr) {
      form.differences = paper::differences(*questionnaire, first.submission, pair.keyed.back().submission);
    }
    forms.push_back(std::move(form));
  }
  // By the letters, which are chance: not by the ids of envelopes.
  std::ranges::sort(forms, {}, &KeyedForm::reference);
  return forms;
}

using Settled = std::variant<Bytes, std::vector<std::size_t>>;

Result<Settled> Opened::settle(const store::Id& form, const paper::ThirdLook& third, const std::string& by) const {
  const auto all = pairs();
  if (!all) return std::unexpected(all.error());
  const auto pair = std::ranges::find(*all, form, &Pair::form);
  if (pair == all->end()) return fail(ErrorCode::not_found, "nothing is keyed of a form with these letters");
  if (pair->keyed.size() < 2) return fail(ErrorCode::conflict, "this form is keyed once: somebody else keys it again");
  if (!are_of_one_questionnaire(pair->keyed)) {
    return fail(ErrorCode::conflict, "it was keyed as two questionnaires: discard it, and key it again");
  }
  const auto& first = pair->keyed.front().submission;
  const auto& second = pair->keyed.back().submission;
  const auto* questionnaire = questionnaire_of(chapters_, first);
  if (questionnaire == nullptr) return fail(ErrorCode::corrupt, "a keyed form of no questionnaire of this inspection");
  const bool are_alike = first.language == second.language && paper::differences(*questionnaire, first, second).empty();
  if (!are_alike && std::ranges::find(pair->keyers, by) != pair->keyers.end()) {
    return fail(ErrorCode::refused, "you have keyed this form: a third person looks at where the two differ");
  }
  auto unasked = paper::unasked(*questionnaire, first, second, third);
  if (!unasked) return std::unexpected(unasked.error());
  if (!unasked->empty()) return Settled(*std::move(unasked));
  const auto submission = paper::settled(*questionnaire, first, second, third);
  if (!submission) return std::unexpected(submission.error());
  auto sealed = seal_padded(survey::to_json(*submission), record_.package.padded_bytes, record_.package);
  if (!sealed) return std::unexpected(sealed.error());
  return Settled(*std::move(sealed));
}

}  // namespace perspective::inspection
