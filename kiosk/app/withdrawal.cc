// What somebody is asked who takes their answers back.
#include <algorithm>

#include "app/offer.h"
#include "text/editing.h"

namespace perspective::app {
namespace {

constexpr int kFour = 4;
constexpr std::size_t kMaxWordBytes = 1000;  // so many that nobody is told how many are left

survey::Questionnaire four_words(const survey::Questionnaire& like) {
  survey::Questionnaire asked;
  asked.id = "withdrawal";
  asked.welcome = {"welcome"};
  asked.helplines = like.helplines;
  asked.talk = like.talk;
  for (int number = 1; number <= kFour; ++number) {
    survey::Item& item = asked.items.emplace_back();
    item.variable = "word_" + std::to_string(number);
    item.kind = survey::FreeText{kMaxWordBytes};
  }
  return asked;
}

std::shared_ptr<const visit::WordLists> listed(const std::map<std::string, envelope::WordList>& lists) {
  visit::WordLists all;
  for (const auto& [language, list] : lists) {
    for (const auto& word : list.words()) all[language].push_back({word, text::folded(word)});
  }
  return std::make_shared<const visit::WordLists>(std::move(all));
}

const Questions* model_for(const Offer& offer, const Assets& assets) {
  for (const auto& [name, inspection] : offer) {
    if (!inspection.is_open || !inspection.takes_withdrawals) continue;
    for (const auto& [id, questions] : inspection.questionnaires) {
      const auto& languages = questions.setting.languages;
      const auto is_here = [&](const auto& language) { return assets.withdrawal.contains(language); };
      if (!questions.fault && std::ranges::any_of(languages, is_here)) return &questions;
    }
  }
  return nullptr;
}

}  // namespace

std::optional<Questions> read_withdrawal(const Offer& offer, const Assets& assets) {
  const Questions* model = model_for(offer, assets);
  if (model == nullptr) return std::nullopt;
  Questions questions;
  questions.setting = model->setting;
  questions.setting.inspection.clear();
  questions.setting.asks_for_token = false;
  questions.setting.may_ask_worker = false;
  questions.setting.languages.clear();
  for (const std::string& language : model->setting.languages) {
    const auto own = assets.withdrawal.find(language);
    if (own == assets.withdrawal.end()) continue;
    questions.setting.languages.push_back(language);
    questions.words.emplace(language, model->words.at(language).with(own->second));
  }
  for (const auto& named : model->languages) {
    if (questions.words.contains(named.language)) questions.languages.push_back(named);
  }
  auto asked = four_words(*model->setting.questionnaire);
  asked.languages = questions.setting.languages;
  questions.setting.questionnaire = std::make_shared<const survey::Questionnaire>(std::move(asked));
  questions.setting.word_lists = listed(assets.word_lists);
  return questions;
}

}  // namespace perspective::app
