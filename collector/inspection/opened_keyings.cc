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
  std::string reference;                // as far as anything of it can be read
  std::vector<std::string> keyers;      // nobody: it was discarded
  std::vector<std::string> unreadable;  // of them; also of no questionnaire of the inspection
  std::vector<paper::Keyed> keyed;      // what can be read
};

Result<std::vector<Opened::Pair>> Opened::pairs() const {
  const auto keyings = store_.keyings(record_.package.inspection);
  if (!keyings) return std::unexpected(keyings.error());
  std::vector<Pair> pairs;
  for (const auto& keying : *keyings) {
    if (pairs.empty() || pairs.back().form != keying.form) pairs.emplace_back().form = keying.form;
    auto& pair = pairs.back();
    if (!keying.is_discarded()) pair.keyers.push_back(keying.keyer);
    const auto plain = envelope::open(keying.body, key_);
    auto keyed = plain ? paper::keyed_from(plain->text()) : std::unexpected(plain.error());
    if (keyed) pair.reference = keyed->reference;
    if (keying.is_discarded()) continue;
    // One that cannot be read, or is of no questionnaire that is known here, keeps nobody from the others.
    if (keyed && questionnaire_of(chapters_, keyed->submission) != nullptr) {
      pair.keyed.push_back(*std::move(keyed));
    } else {
      pair.unreadable.push_back(keying.keyer);
    }
  }
  return pairs;
}

Result<std::vector<KeyedForm>> Opened::keyed_forms() const {
  const auto all = pairs();
  if (!all) return std::unexpected(all.error());
  std::vector<KeyedForm> forms;
  for (const auto& pair : *all) {
    KeyedForm form{.reference = pair.reference,
                   .questionnaire = {},
                   .languages = {},
                   .keyers = pair.keyers,
                   .is_of_one_questionnaire = are_of_one_questionnaire(pair.keyed),
                   .unreadable = pair.unreadable,
                   .form = pair.form};
    if (!pair.keyed.empty()) {
      const auto& first = pair.keyed.front().submission;
      const auto& second = pair.keyed.back().submission;
      form.questionnaire = first.questionnaire;
      form.languages = {first.language, second.language};
      const auto* questionnaire = questionnaire_of(chapters_, first);
      if (pair.keyed.size() == 2 && form.is_of_one_questionnaire && questionnaire != nullptr) {
        form.differences = paper::differences(*questionnaire, first, second);
      }
    }
    forms.push_back(std::move(form));
  }
  // By the letters, which are chance: not by the ids of envelopes.
  std::ranges::stable_sort(forms, {}, &KeyedForm::reference);
  return forms;
}

using Settled = std::variant<Bytes, std::vector<std::size_t>>;

Result<Settled> Opened::settle(const store::Id& form, const paper::ThirdLook& third, const std::string& by) const {
  const auto all = pairs();
  if (!all) return std::unexpected(all.error());
  const auto pair = std::ranges::find(*all, form, &Pair::form);
  if (pair == all->end()) return fail(ErrorCode::not_found, "nothing is keyed of a form with these letters");
  if (pair->keyers.empty()) return fail(ErrorCode::conflict, "what was keyed of this form is discarded: key it again");
  if (!pair->unreadable.empty()) {
    return fail(ErrorCode::conflict, "what " + pair->unreadable.front() +
                                         " keyed of this form cannot be read: discard it, and key it again");
  }
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
