// What each action does to a visit.
#include <algorithm>
#include <utility>

#include "survey/routing.h"
#include "text/editing.h"
#include "token/token.h"
#include "visit/visit.h"

namespace perspective::visit {
namespace {

constexpr std::size_t kTypedBytes = 100;  // for a token, with what is left out of it

// At a character, not in the middle of one.
std::string cut(std::string text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text;
}

const survey::Option* find_option(const survey::Item& item, std::string_view id) {
  const auto& options = survey::options_of(item);
  const auto found = std::ranges::find(options, id, &survey::Option::id);
  return found == options.end() ? nullptr : &*found;
}

// The other way round for `option`; an exclusive one clears the others and is cleared by them.
std::vector<std::string> toggled(const survey::Item& item, const std::vector<std::string>& chosen,
                                 const survey::Option& option) {
  const bool is_on = std::ranges::find(chosen, option.id) != chosen.end();
  std::vector<std::string> result;
  for (const survey::Option& each : survey::options_of(item)) {
    const bool was_on = std::ranges::find(chosen, each.id) != chosen.end();
    const bool stays = was_on && (is_on || !(option.is_exclusive || each.is_exclusive));
    if (each.id == option.id ? !is_on : stays) result.push_back(each.id);
  }
  return result;
}

}  // namespace

struct Steps {
  Visit& visit;

  // A step takes part only while nothing lies over it.
  bool is_open() const { return !visit.over_; }
  bool is_asking() const { return is_open() && visit.item() != nullptr; }
  survey::Answers& answers() const { return visit.step_ == Step::practice ? visit.practice_ : visit.answers_; }

  void operator()(const ChooseLanguage& chosen) const {
    const auto& languages = visit.setting_.languages;
    if (std::ranges::find(languages, chosen.language) == languages.end()) return;
    visit.settings_.language = chosen.language;
    if (visit.over_ == Over::languages) visit.over_.reset();
    if (visit.step_ == Step::language && is_open()) visit.enter_yours();
  }
  void operator()(const ShowLanguages&) const { visit.over_ = Over::languages; }
  void operator()(const NextSize&) const { visit.settings_.size = next_size(visit.settings_.size); }
  void operator()(const ChangeSize& change) const {
    const int size = std::clamp(static_cast<int>(visit.settings_.size) + change.by, 0, kTextSizes - 1);
    visit.settings_.size = static_cast<TextSize>(size);
  }
  void operator()(const NextColours&) const { visit.settings_.colours = next_colours(visit.settings_.colours); }
  void operator()(const NextTypeface&) const { visit.settings_.typeface = next_typeface(visit.settings_.typeface); }
  void operator()(const SwitchSpacing&) const { visit.settings_.is_spaced = !visit.settings_.is_spaced; }
  void operator()(const ShowYours&) const { visit.over_ = Over::yours; }
  void operator()(const SwitchSound&) const {
    visit.settings_.sound.is_on = !visit.settings_.sound.is_on;
    if (!visit.settings_.sound.is_on) visit.settings_.is_speech_only = false;  // else nothing would be left
  }
  void operator()(const SwitchPicture&) const {
    visit.settings_.is_speech_only = visit.settings_.sound.is_on && !visit.settings_.is_speech_only;
  }
  void operator()(const SwitchAloud&) const { visit.settings_.sound.is_aloud = !visit.settings_.sound.is_aloud; }
  void operator()(const HeadphonesIn&) const { visit.settings_.sound.is_on = true; }
  void operator()(const HeadphonesOut&) const { visit.settings_.sound.is_aloud = false; }
  void operator()(const ChangeRate& change) const {
    int& rate = visit.settings_.sound.rate;
    rate = std::clamp(rate + change.by, 0, static_cast<int>(kRates_percent.size()) - 1);
  }
  void operator()(const ChangeVolume& change) const {
    int& volume = visit.settings_.sound.volume;
    volume = std::clamp(volume + change.by, 0, kVolumes - 1);
  }
  void operator()(const ShowSwitches&) const { visit.over_ = Over::switches; }
  void operator()(const FindSwitch&) const {
    forget_switches();
    visit.under_.reset();
    find(Finding::first);
  }
  void operator()(const OfferSwitch& pressed) const {
    if (visit.step_ == Step::sending || visit.settings_.input.has_switch()) return;
    visit.settings_.input.select = pressed.control;
    visit.under_ = visit.over_;
    find(Finding::offered);
  }
  void operator()(const KeepSwitch&) const {
    if (visit.over_ == Over::find_switch && visit.finding_ == Finding::offered) find(Finding::second);
  }
  void operator()(const OnlyOneSwitch&) const {
    if (visit.is_listening() && visit.settings_.input.has_switch()) find(Finding::ready);
  }
  void operator()(const DropSwitches&) const {
    forget_switches();
    if (visit.over_ == Over::find_switch) leave_finding();
  }
  // Twice the same: it is meant, and it works. The first one once more, where a second is asked for: there is none.
  void operator()(const PressSwitch& pressed) const {
    if (!visit.is_listening()) return;
    Input& input = visit.settings_.input;
    if (input.select == pressed.control) return find(Finding::ready);
    const bool is_first = !input.has_switch();
    if (visit.candidate_ != pressed.control) {
      find(is_first ? Finding::first_again : Finding::second_again);
      visit.candidate_ = pressed.control;
      return;
    }
    (is_first ? input.select : input.move) = pressed.control;
    find(is_first ? Finding::second : Finding::ready);
  }
  void leave_finding() const {
    visit.over_ = visit.under_;
    visit.under_.reset();
  }
  void find(Finding finding) const {
    visit.over_ = Over::find_switch;
    visit.finding_ = finding;
    visit.candidate_.reset();
  }
  void forget_switches() const {
    visit.settings_.input.select.reset();
    visit.settings_.input.move.reset();
    visit.candidate_.reset();
  }
  void operator()(const ChangePace& change) const { step(visit.settings_.input.pace, change.by, kPaces_ms.size()); }
  void operator()(const ChangeIgnored& change) const {
    step(visit.settings_.input.ignored, change.by, kIgnored_ms.size());
  }
  void operator()(const ChangeHeld& change) const { step(visit.settings_.input.held, change.by, kHeld_ms.size()); }
  static void step(int& index, int by, std::size_t count) {
    index = std::clamp(index + by, 0, static_cast<int>(count) - 1);
  }
  void operator()(const UseKeys&) const { visit.uses_keys_ = true; }
  void operator()(const Miss&) const {
    if (is_open() && visit.step_ == Step::practice) ++visit.misses_;
  }
  void operator()(const HideScreen&) const { visit.is_hidden_ = true; }
  void operator()(const ShowScreen&) const { visit.is_hidden_ = false; }
  void operator()(const ShowTalk&) const { visit.over_ = Over::talk; }
  void operator()(const ShowWorker&) const {
    if (visit.over_ == Over::talk && visit.setting_.may_ask_worker) visit.over_ = Over::worker;
  }
  void operator()(const AskWorker&) const {
    if (visit.over_ == Over::worker) visit.over_ = Over::worker_asked;
  }
  void operator()(const ShowStop&) const {
    if (visit.can_stop()) visit.over_ = Over::stop;
  }
  // What was only offered is not kept: whoever pressed by accident goes on as before.
  void operator()(const Close&) const {
    if (visit.over_ == Over::worker) return (*this)(ShowTalk{});
    if (visit.over_ != Over::find_switch) return visit.over_.reset();
    if (visit.finding_ == Finding::offered) forget_switches();
    leave_finding();
  }

  void operator()(const Next&) const {
    if (!is_open()) return;
    if (visit.step_ == Step::yours) {
      visit.leave_yours();
    } else if (visit.step_ == Step::token) {
      visit.give_token();
    } else if (visit.step_ == Step::welcome) {
      if (visit.page_ + 1 < visit.questionnaire().welcome.size()) {
        ++visit.page_;
      } else {
        visit.enter_practice();
      }
    } else if (visit.is_answered()) {
      leave_item();
    }
  }
  void operator()(const Skip&) const {
    if (!is_asking() || visit.setting_.is_withdrawal()) return;
    answers().erase(visit.item()->variable);
    leave_item();
  }
  void leave_item() const {
    visit.explained_.clear();
    if (visit.step_ == Step::practice) {
      go_to_or_check(survey::next_on_route(visit.questionnaire(), visit.answers_, std::nullopt));
    } else if (visit.is_changing_) {
      return_to_check();
    } else {
      go_to_or_check(survey::next_on_route(visit.questionnaire(), visit.answers_, visit.position_));
    }
  }
  void go_to_or_check(std::optional<std::size_t> position) const {
    if (position) {
      visit.enter_question(*position);
    } else {
      enter_check();
    }
  }
  void enter_check() const {
    visit.step_ = Step::check;
    visit.is_changing_ = false;
  }
  // By way of questions that the change made relevant and that were never shown.
  void return_to_check() const {
    for (const std::size_t position : survey::route(visit.questionnaire(), visit.answers_)) {
      if (!visit.reached_.contains(position)) return visit.enter_question(position);
    }
    enter_check();
  }

  void operator()(const Back&) const {
    if (!is_open()) return (*this)(Close{});
    visit.explained_.clear();
    switch (visit.step_) {
      case Step::yours:
        if (visit.setting_.languages.size() > 1) visit.step_ = Step::language;
        return;
      case Step::token:
        if (visit.is_typing_token()) visit.enter_yours();
        return;
      case Step::welcome:
        return back_in_welcome();
      case Step::practice:
        return visit.enter_welcome(true);
      case Step::question:
        return visit.is_changing_ ? back_in_change() : back_on_route(visit.position_);
      case Step::check:
        return back_on_route(visit.questionnaire().items.size());
      case Step::problem:
        visit.step_ = visit.before_sending_;
        return;
      default:
        return;
    }
  }
  void back_in_welcome() const {
    if (visit.page_ > 0) {
      --visit.page_;
    } else {
      visit.enter_yours();
    }
  }
  // From a question that the change brought, towards the changed one; from that, to the check screen.
  void back_in_change() const {
    const auto before = survey::previous_on_route(visit.questionnaire(), visit.answers_, visit.position_);
    if (visit.position_ > visit.changed_ && before && *before >= visit.changed_) return visit.enter_question(*before);
    return_to_check();
  }
  void back_on_route(std::size_t position) const {
    const auto before = survey::previous_on_route(visit.questionnaire(), visit.answers_, position);
    if (before) {
      visit.enter_question(*before);
    } else if (visit.questionnaire().practice) {
      visit.step_ = Step::practice;
    } else {
      visit.enter_welcome(true);
    }
  }

  void operator()(const Choose& chosen) const {
    if (!is_asking()) return;
    const survey::Item& item = *visit.item();
    const survey::Option* option = find_option(item, chosen.option);
    if (option == nullptr) return;
    if (!std::holds_alternative<survey::MultipleChoice>(item.kind)) {
      answers().insert_or_assign(item.variable, survey::Choice{option->id});
      return;
    }
    const survey::Answer* before = visit.answer_to(item.variable);
    const auto* choices = before == nullptr ? nullptr : std::get_if<survey::Choices>(before);
    auto now = toggled(item, choices == nullptr ? std::vector<std::string>{} : choices->options, *option);
    if (now.empty()) {
      answers().erase(item.variable);
    } else {
      answers().insert_or_assign(item.variable, survey::Choices{std::move(now)});
    }
  }
  // The keyboard on the screen lies over a question and writes its answer.
  const survey::FreeText* words_asked() const {
    const bool is_asked = visit.item() != nullptr && (is_open() || visit.over_ == Over::keyboard);
    return is_asked ? std::get_if<survey::FreeText>(&visit.item()->kind) : nullptr;
  }
  void keep(Writing now) const {
    visit.caret_ = now.caret;
    if (now.text.empty()) {
      answers().erase(visit.item()->variable);
    } else {
      answers().insert_or_assign(visit.item()->variable, survey::Words{std::move(now.text)});
    }
  }
  void operator()(const Write& written) const {
    if (visit.is_typing_token()) return visit.type_token({.text = written.text, .caret = written.text.size()});
    const survey::FreeText* asked = words_asked();
    if (asked == nullptr) return;
    std::string text = cut(text::composed(written.text), asked->max_bytes);
    const std::size_t end = text.size();
    keep({.text = std::move(text), .caret = end});
  }
  void operator()(const Insert& insert) const {
    if (visit.is_typing_token())
      return insert.text == "\n" ? visit.give_token() : visit.type_token(after(visit.writing(), insert, kTypedBytes));
    const survey::FreeText* asked = words_asked();
    if (asked == nullptr) return;
    keep(after(visit.writing(), insert, asked->max_bytes));
    visit.has_shift_ = false;
    // One letter with an accent, or one sign and a space: then the letters again.
    const bool is_done =
        visit.key_page_ == KeyPage::accents || (visit.key_page_ == KeyPage::signs && insert.text == " ");
    if (is_done) visit.key_page_ = KeyPage::letters;
  }
  void operator()(const Erase& erase) const {
    if (visit.is_typing_token()) return visit.type_token(after(visit.writing(), erase));
    if (words_asked() != nullptr) keep(after(visit.writing(), erase));
  }
  void operator()(const MoveCaret& move) const {
    if (visit.is_typing_token()) return visit.type_token(after(visit.writing(), move));
    if (words_asked() != nullptr) keep(after(visit.writing(), move));
  }
  void operator()(const PlaceCaret& place) const {
    if (visit.is_typing_token()) {
      return visit.type_token(after(visit.writing(), PlaceCaret{token::place_in_symbols(place.at)}));
    }
    if (words_asked() != nullptr) keep(after(visit.writing(), place));
  }
  void operator()(const ShowKeyboard&) const {
    if (words_asked() == nullptr) return;
    visit.over_ = Over::keyboard;
    visit.key_page_ = KeyPage::letters;
    visit.has_shift_ = false;
  }
  void operator()(const ShowKeys& keys) const {
    visit.key_page_ = visit.key_page_ == keys.page ? KeyPage::letters : keys.page;
  }
  void operator()(const Shift&) const { visit.has_shift_ = !visit.has_shift_; }
  void operator()(const NextKeyOrder&) const {
    KeyOrder& keys = visit.settings_.keys;
    keys = keys == KeyOrder::alphabet ? KeyOrder::typewriter : KeyOrder::alphabet;
  }
  void operator()(const Explain& hard) const {
    if (is_asking()) visit.explained_ = visit.explained_ == hard.word ? std::string() : hard.word;
  }
  void operator()(const Change& change) const {
    if (!is_open() || visit.step_ != Step::check) return;
    const std::size_t position = visit.questionnaire().position(change.variable);
    const auto route = survey::route(visit.questionnaire(), visit.answers_);
    if (std::ranges::find(route, position) == route.end()) return;
    visit.is_changing_ = true;
    visit.changed_ = position;
    visit.enter_question(position);
  }

  void operator()(const Send&) const {
    const bool from_stop = visit.over_ == Over::stop && visit.has_answers();
    const bool from_step = is_open() && (visit.step_ == Step::check || visit.step_ == Step::problem);
    if (visit.setting_.is_withdrawal() && visit.words_given().size() < visit.questionnaire().items.size()) return;
    if (from_stop || from_step) end(Ending::sent);
  }
  void operator()(const Delete&) const {
    if (visit.over_ != Over::stop) return;
    visit.forget_answers();
    end(Ending::deleted);
  }
  void end(Ending ending) const {
    if (visit.step_ != Step::problem) visit.before_sending_ = visit.step_;
    visit.over_.reset();
    visit.ending_ = ending;
    visit.step_ = Step::sending;
  }
  void operator()(const Finish&) const {
    if (is_open() && visit.step_ == Step::thanks) visit.step_ = Step::ended;
  }
};

void Visit::apply(const Action& action) {
  if (step_ == Step::ended) return;
  const bool is_of_headphones =
      std::holds_alternative<HeadphonesIn>(action) || std::holds_alternative<HeadphonesOut>(action);
  if (is_hidden_ && !std::holds_alternative<ShowScreen>(action) && !is_of_headphones) return;  // nothing unseen
  std::visit(Steps{*this}, action);
}

}  // namespace perspective::visit
