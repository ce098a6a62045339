// One respondent, from the choice of a language to the thanks: a pure state machine.
//
// Promise:   nothing is selected beforehand; back, talk, stop, a change of language or size never lose an answer.
//            Changing an answer from the check screen returns there, by way of questions that are newly asked.
//            An action that does not fit the present step changes nothing.
// Errors:    from_draft: corrupt or invalid; the error holds no answer.
// Ownership: shares the questionnaire, which never changes.
// Threads:   a plain value.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "survey/answers.h"
#include "survey/questionnaire.h"
#include "visit/action.h"
#include "visit/settings.h"

namespace perspective::visit {

enum class Step { language, yours, token, welcome, practice, question, check, sending, problem, thanks, ended };
enum class Over {
  talk,
  worker,        // what asking one means
  worker_asked,  // the screen asks for one
  stop,
  languages,
  yours,
  switches,
  find_switch,
  keyboard
};  // lies over the step until it is closed
// What is asked of somebody who looks for their switch. offered: they pressed something that is known for nothing else.
enum class Finding { offered, first, first_again, second, second_again, ready };
// What became of the token that is being typed. checking: whoever can tell is asked. The next four: not taken, and why.
// incomplete: it has a letter or number too few or a wrong one; foreign: it is whole, and no inspector had it.
enum class TokenState { typing, checking, incomplete, foreign, spent_before, not_kept };
// sent and deleted: outwardly the same. timed_out: nobody was there any more; nothing is sent, as with deleted.
// turned_away: it had only begun when the kiosk found that it could not keep it.
enum class Ending { sent, deleted, timed_out, turned_away };

// One that the kiosk gives out, as it is looked up: small letters without their accents.
struct ListedWord {
  std::string word;
  std::string folded;
};
using WordLists = std::map<std::string, std::vector<ListedWord>>;  // by language

struct Setting {  // which visit this is
  std::string inspection;
  std::shared_ptr<const survey::Questionnaire> questionnaire;
  std::vector<std::string> languages;  // those that the package and the kiosk both have; first is the default
  bool is_own_machine = true;          // the inspectorate's
  bool may_ask_worker = false;         // the inspection allows it
  bool asks_for_token = false;         // before the welcome, which spends it
  // Somebody takes answers back: all that is asked are four words, each of these. Null: an ordinary visit.
  std::shared_ptr<const WordLists> word_lists = nullptr;
  bool is_withdrawal() const { return word_lists != nullptr; }
  // A supervisor tries the kiosk out: the same screens, of which nothing is ever sealed, kept or counted. Its draft
  // belongs to no inspection, so that it is never brought back as somebody's visit.
  bool is_rehearsal = false;
};

class Visit {
 public:
  explicit Visit(Setting setting);

  void apply(const Action& action);

  const Setting& setting() const { return setting_; }
  const survey::Questionnaire& questionnaire() const { return *setting_.questionnaire; }
  const Settings& settings() const { return settings_; }
  Step step() const { return step_; }
  std::optional<Over> over() const { return over_; }
  std::size_t page() const { return page_; }          // of the welcome, from 0
  std::size_t position() const { return position_; }  // of the question, in the questionnaire's items
  bool is_changing() const { return is_changing_; }   // came from the check screen
  Finding finding() const { return finding_; }        // while over() is find_switch
  bool is_listening() const;                          // for a switch
  bool uses_keys() const { return uses_keys_; }
  int misses() const { return misses_; }                       // while practising
  bool is_hidden() const { return is_hidden_; }                // blank until the person wants it back
  int seconds_left() const { return seconds_left_; }           // of the warning before the time-out; 0: none is shown
  const std::string& explained() const { return explained_; }  // the hard word whose meaning is shown, or empty
  const survey::Answers& answers() const { return answers_; }
  const survey::Answers& practice_answers() const { return practice_; }
  const std::set<std::size_t>& reached() const { return reached_; }

  const survey::Item* item() const;  // that is asked now, practice too; null on other steps
  const survey::Answer* answer_to(std::string_view variable) const;  // null: none
  // The words of the item that is asked now, or the token, and the caret in them.
  Writing writing() const;
  KeyPage key_page() const { return key_page_; }
  bool is_capital_next() const;  // of the keyboard on the screen: a sentence begins, or Shift was pressed
  bool is_answered() const;      // the item that is asked now
  bool has_answers() const;      // on the route, not blank; never in a withdrawal: its words are none
  // Of a withdrawal: words that what is being written may become, at most so many; the four, as they were given out.
  std::vector<std::string> completions(std::size_t most) const;
  std::vector<std::string> words_given() const;
  bool can_stop() const;  // not while sending, not after

  // The token, checked and spent by whoever can: the state `checking` waits for one of these.
  TokenState token_state() const { return token_state_; }
  const std::string& typed_token() const { return token_; }  // symbols, as they stand on slips; in no draft
  void accept_token();                                       // and on to the welcome; forgets what was typed
  void refuse_token(TokenState why);

  // The end, done by whoever seals and puts: the step `sending` waits for one of finish_sending and fail_sending.
  std::optional<Ending> ending() const { return ending_; }
  const std::vector<std::string>& words() const { return words_; }  // the four; empty until drawn
  void keep_words(std::vector<std::string> words) { words_ = std::move(words); }
  void finish_sending();  // to the thanks; forgets every answer
  void fail_sending();    // to the problem; answers stay

  // Nobody seems to be there. `seconds` count down until stay() or time_out(), which forgets every answer.
  void warn(int seconds) { seconds_left_ = seconds; }
  void stay() { seconds_left_ = 0; }
  void time_out();

  // Everything that a crash must not take, for the keeper's memory file; JSON.
  std::string to_draft() const;
  static Result<Visit> from_draft(std::string_view draft, Setting setting);
  // Which inspection and questionnaire a draft belongs to.
  struct DraftOf {
    std::string inspection;
    std::string questionnaire;
    int version = 0;
  };
  static Result<DraftOf> draft_of(std::string_view draft);

 private:
  static constexpr std::size_t kAtEnd = static_cast<std::size_t>(-1);
  friend struct Draft;                                    // draft.cc
  friend struct Steps;                                    // steps.cc
  const ListedWord* listed(std::string_view text) const;  // null: no word of a list
  void forget_answers();                                  // overwrites them
  void enter_yours() { step_ = Step::yours; }
  void leave_yours();
  // token.cc
  bool is_typing_token() const;  // nothing is changed while somebody else looks at it
  void type_token(const Writing& now);
  void give_token();
  void enter_welcome(bool is_at_end);
  void enter_practice();
  void enter_question(std::size_t position);

  Setting setting_;
  Settings settings_;
  Step step_ = Step::language;
  std::optional<Over> over_;
  std::size_t page_ = 0;
  std::size_t position_ = 0;
  Finding finding_ = Finding::first;
  std::optional<Over> under_;         // what a switch that was only offered lies over
  std::optional<Control> candidate_;  // that was pressed once
  bool is_changing_ = false;
  bool uses_keys_ = false;
  int misses_ = 0;
  bool is_hidden_ = false;
  int seconds_left_ = 0;
  std::size_t changed_ = 0;  // the position that the change began at
  std::string explained_;
  std::size_t caret_ = kAtEnd;
  KeyPage key_page_ = KeyPage::letters;
  bool has_shift_ = false;
  std::string token_;
  TokenState token_state_ = TokenState::typing;
  bool has_token_ = false;  // spent one
  survey::Answers answers_;
  survey::Answers practice_;
  std::set<std::size_t> reached_;
  std::optional<Ending> ending_;
  std::vector<std::string> words_;
  Step before_sending_ = Step::check;  // where the problem screen goes back to
};

}  // namespace perspective::visit
