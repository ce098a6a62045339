#include "screen/screen.h"

#include <algorithm>
#include <set>

#include "support/trial_visit.h"

namespace perspective::screen {
namespace {

class AScreen : public trial::Trial {
 protected:
  bool has(std::string_view id) const { return screen().item(id) != nullptr; }
  Item item(std::string_view id) const {
    const Screen now = screen();
    EXPECT_NE(now.item(id), nullptr) << id << " on " << now.id;
    return now.item(id) == nullptr ? Item{} : *now.item(id);
  }
  void expect_sound(const Screen& now) const {
    std::set<std::string> ids;
    for (const Item& each : now.items) {
      EXPECT_TRUE(ids.insert(each.id).second) << each.id << " twice on " << now.id;
      EXPECT_FALSE(each.spoken.empty()) << each.id << " on " << now.id;
      EXPECT_EQ(each.label.find("\u00ab"), std::string::npos) << each.label << " on " << now.id;
      EXPECT_EQ(each.spoken.find("\u00ab"), std::string::npos) << each.spoken << " on " << now.id;
    }
    for (const char* id : {"bar.language", "bar.size", "bar.colours", "bar.yours", "bar.again", "bar.pause", "bar.hide",
                           "bar.talk", "bar.stop"}) {
      EXPECT_NE(now.item(id), nullptr) << id << " on " << now.id;
    }
  }
};

TEST_F(AScreen, OnWhichAWorkerIsAskedShowsNoQuestionAndNoAnswer) {
  auto allowed = trial::setting();
  allowed.may_ask_worker = true;
  visit_ = visit::Visit(allowed);
  to_questions();
  act(visit::Choose{"up"}, visit::ShowTalk{});
  EXPECT_NE(screen().item("talk.worker"), nullptr);
  act(visit::ShowWorker{}, visit::AskWorker{});
  for (const Item& item : screen().items) {
    EXPECT_EQ(item.label.find("Which way"), std::string::npos) << item.id;
    EXPECT_NE(item.label, "Up") << item.id;
  }
}

TEST_F(AScreen, SaysNothingOfAWorkerWhereNoneMayBeAsked) {
  act(visit::ChooseLanguage{"en"}, visit::ShowTalk{});
  EXPECT_EQ(screen().item("talk.worker"), nullptr);
}

TEST_F(AScreen, HasOneIdAnItemAndSomethingToSayForEachInEveryStepAndLanguage) {
  for (const char* language : {"en", "cy"}) {
    auto setting = trial::setting();
    setting.may_ask_worker = true;
    visit_ = visit::Visit(setting);
    const auto step = [&](const auto& action) {
      act(action);
      expect_sound(screen());
    };
    expect_sound(screen());
    step(visit::ChooseLanguage{language});
    step(visit::ShowTalk{});
    step(visit::ShowWorker{});
    step(visit::AskWorker{});
    step(visit::Close{});
    step(visit::ShowYours{});
    step(visit::SwitchSound{});
    step(visit::Close{});
    step(visit::Next{});
    step(visit::Next{});
    step(visit::Next{});
    step(visit::Skip{});
    step(visit::Explain{"hard"});
    step(visit::ShowStop{});
    step(visit::Close{});
    step(visit::Choose{"down"});
    step(visit::Next{});
    step(visit::Skip{});
    step(visit::Choose{"red"});
    step(visit::Next{});
    step(visit::Write{std::string(30, 'x')});
    step(visit::Next{});
    step(visit::Send{});
    visit_.fail_sending();
    expect_sound(screen());
    step(visit::Send{});
    visit_.finish_sending();
    expect_sound(screen());
  }
}

TEST_F(AScreen, OffersTheOtherLanguageInItsOwnName) {
  act(visit::ChooseLanguage{"en"});
  EXPECT_EQ(item("bar.language").label, "Cymraeg");
  EXPECT_EQ(item("bar.language").language, "cy");
}

TEST_F(AScreen, NamesTheHelplineInTheWelcome) {
  act(visit::ChooseLanguage{"en"}, visit::Next{}, visit::Next{});
  EXPECT_EQ(screen().id, "welcome.2");
  EXPECT_EQ(item("text").label,
            "Call Helpline on 0800\u00a0"
            "1111.");
}

TEST_F(AScreen, PromisesLessOnAServicesMachine) {
  act(visit::ChooseLanguage{"en"}, visit::Next{});
  EXPECT_EQ(item("text").label, "First line.");
  visit::Setting setting = trial::setting();
  setting.is_own_machine = false;
  visit_ = visit::Visit(setting);
  act(visit::ChooseLanguage{"en"}, visit::Next{});
  EXPECT_EQ(item("text").label, "On a service's machine.");
}

TEST_F(AScreen, SaysAQuestionByItsTwin) {
  to_questions();
  EXPECT_EQ(screen().id, "question.a");
  EXPECT_EQ(item("heading").label, "Which way?");
  EXPECT_EQ(item("heading").spoken, "Which way, said.");
  EXPECT_EQ(item("progress").label, "Question 1 of about 3");
}

TEST_F(AScreen, SelectsWhatIsChosenAndOnlyThenGoesOn) {
  to_questions();
  EXPECT_FALSE(item("option.up").selected);
  EXPECT_FALSE(item("next").enabled);
  EXPECT_TRUE(item("skip").enabled);
  act(visit::Choose{"up"});
  EXPECT_TRUE(item("option.up").selected);
  EXPECT_TRUE(item("next").enabled);
}

TEST_F(AScreen, TellsWhatAPictureShowsWithoutMakingTheSpeechLonger) {
  to_questions();
  EXPECT_EQ(item("option.up").picture, "arrow");
  EXPECT_EQ(item("option.up").picture_alt, "An arrow");
  EXPECT_EQ(item("option.up").spoken, "Up");
}

TEST_F(AScreen, SaysOfAPictureWhatItAddsToTheWords) {
  to_questions();
  act(visit::Choose{"down"}, visit::Next{});
  EXPECT_EQ(item("option.down").picture_alt, "A way");
  EXPECT_EQ(item("option.down").spoken, "Near. The picture shows stairs");
}

TEST_F(AScreen, ShowsACautionBesideTheAnswerThatCallsForIt) {
  to_questions();
  EXPECT_FALSE(has("note.1"));
  act(visit::Choose{"down"});
  EXPECT_EQ(item("note.1").label, "Mind the step.");
}

TEST_F(AScreen, ExplainsAHardWordOnRequest) {
  to_questions();
  EXPECT_FALSE(has("meaning.hard.text"));
  act(visit::Explain{"hard"});
  EXPECT_EQ(item("meaning.hard.text").label, "A path.");
  act(visit::Explain{"hard"});
  EXPECT_FALSE(has("meaning.hard.text"));
}

TEST_F(AScreen, TellsWhenABoxIsNearlyFull) {
  to_questions();
  act(visit::Choose{"up"}, visit::Next{}, visit::Skip{});
  EXPECT_EQ(item("words").max_bytes, 40U);
  act(visit::Write{std::string(39, 'x')});
  EXPECT_EQ(item("left").label, trial::words().say("kiosk.entry.left", {{"count", std::int64_t{1}}}));
  act(visit::Write{std::string(40, 'x')});
  EXPECT_EQ(item("left").label, trial::words().say("kiosk.entry.full"));
}

TEST_F(AScreen, ListsEachAnswerWithAButtonThatSaysWhichQuestion) {
  answer_up_and_skip_the_rest();
  EXPECT_EQ(item("answer.a").value, "Up");
  EXPECT_EQ(item("answer.c").value, trial::words().say("kiosk.check.skipped"));
  EXPECT_FALSE(has("answer.b"));
  EXPECT_NE(item("change.a").spoken.find("Which way, said."), std::string::npos);
}

TEST_F(AScreen, ShowsTheSameThanksToWhoeverSendsAndWhoeverDeletes) {
  const auto thanks = [this](const auto& action) {
    visit_ = visit::Visit(trial::setting());
    to_questions();
    act(visit::Choose{"up"}, visit::ShowStop{}, action);
    visit_.keep_words({"one", "two", "three", "four"});
    visit_.finish_sending();
    std::string all = screen().id;
    for (const Item& each : screen().items)
      all += "\n" + each.id + each.label + each.spoken + (each.enabled ? "+" : "-");
    return all;
  };
  const std::string sent = thanks(visit::Send{});
  EXPECT_EQ(sent, thanks(visit::Delete{}));
  EXPECT_NE(sent.find("word.4four"), std::string::npos);
}

TEST_F(AScreen, ShowsNumbersWithTheDayTheyWereCheckedAndSaysThemDigitByDigit) {
  act(visit::ChooseLanguage{"en"}, visit::ShowTalk{});
  EXPECT_EQ(item("helpline.1").value,
            "0800\u00a0"
            "1111");
  EXPECT_EQ(item("helpline.1").spoken, "Helpline: 0 8 0 0, 1 1 1 1");
  EXPECT_NE(item("helpline.1.checked").label.find("2026-11-22"), std::string::npos);
}

TEST_F(AScreen, SaysTheNumberInASentenceDigitByDigitToo) {
  act(visit::ChooseLanguage{"en"}, visit::Next{}, visit::Next{});
  EXPECT_EQ(item("text").label,
            "Call Helpline on 0800\u00a0"
            "1111.");
  EXPECT_NE(item("text").spoken.find("0 8 0 0, 1 1 1 1."), std::string::npos);
}

TEST_F(AScreen, PutsMoreIntoTheFootOnlyWhereTheWindowNeedsIt) {
  to_questions();
  EXPECT_EQ(with_more(screen(), More::none, trial::words()).item("more"), nullptr);
  const Screen more = with_more(screen(), More::on, trial::words());
  ASSERT_NE(more.item("more"), nullptr);
  EXPECT_EQ(more.item("more")->place, Place::foot);
}

TEST_F(AScreen, OffersWhatHelpsBeforeTheFirstWordIsReadAndLaterToo) {
  act(visit::ChooseLanguage{"en"});
  EXPECT_EQ(screen().id, "yours");
  EXPECT_FALSE(item("bar.yours").enabled);
  to_questions();
  const std::string asked = screen().id;
  act(visit::ShowYours{});
  EXPECT_EQ(screen().id, "yours");
  act(visit::Close{});
  EXPECT_EQ(screen().id, asked);
}

TEST_F(AScreen, SaysWhatCanBeSetWithHowItIsNowAndWhatEachButtonDoes) {
  act(visit::ChooseLanguage{"en"}, visit::ChangeSize{1}, visit::NextColours{}, visit::SwitchSpacing{});
  EXPECT_EQ(item("yours.size").spoken, "Text size: 3 of 5");
  EXPECT_EQ(item("yours.size.more").spoken, "Larger text");
  EXPECT_EQ(item("yours.colours").spoken, "Colours: black on white");
  EXPECT_EQ(item("yours.spacing").value, "more");
  act(visit::ChangeSize{5});
  EXPECT_FALSE(item("yours.size.more").enabled);
  EXPECT_TRUE(item("yours.size.less").enabled);
}

TEST_F(AScreen, AsksForSpeedAndLoudnessOnlyOfWhoeverListens) {
  act(visit::ChooseLanguage{"en"});
  EXPECT_FALSE(has("sound.rate"));
  act(visit::SwitchSound{});
  EXPECT_EQ(item("sound.rate").spoken, "Speed: 4 of 7");
}

TEST_F(AScreen, HasTheSameControlsInTheBarWithAndWithoutSpeech) {
  to_questions();
  const auto bar = [](const Screen& of) {
    std::vector<std::string> ids;
    for (const Item& each : of.items) {
      if (each.place == Place::bar) ids.push_back(each.id);
    }
    return ids;
  };
  for (const Speech speech : {Speech::on, Speech::paused, Speech::no_headphones, Speech::no_sound}) {
    EXPECT_EQ(bar(with_speech(screen(), speech, trial::words())), bar(screen()));
  }
  EXPECT_FALSE(item("bar.pause").enabled);
  EXPECT_TRUE(with_speech(screen(), Speech::on, trial::words()).item("bar.pause")->enabled);
}

class PractisingOn : public AScreen {
 protected:
  void SetUp() override { act(visit::ChooseLanguage{"en"}, visit::Next{}, visit::Next{}, visit::Next{}); }
};

TEST_F(PractisingOn, AScreenSaysWhichKeysThereAreOnlyToWhoeverUsesThem) {
  ASSERT_EQ(screen().id, "practice");
  EXPECT_FALSE(has("way"));
  act(visit::UseKeys{});
  EXPECT_NE(item("way.2").label.find("Enter"), std::string::npos);
  act(visit::Skip{});
  EXPECT_FALSE(has("way"));
}

TEST_F(PractisingOn, AScreenSaysHowToUseTheSwitchThatThereIs) {
  act(visit::UseKeys{}, visit::OfferSwitch{{.number = 30}}, visit::KeepSwitch{}, visit::OnlyOneSwitch{},
      visit::Close{});
  EXPECT_EQ(item("way").label, trial::words().say("kiosk.practice.one_switch").substr(0, item("way").label.size()));
}

TEST_F(PractisingOn, AScreenThatIsHardToHitOffersLargerOnes) {
  act(visit::Miss{}, visit::Miss{});
  EXPECT_FALSE(has("larger"));
  act(visit::Miss{});
  ASSERT_TRUE(has("larger"));
  act(std::get<visit::Action>(item("larger").action));
  EXPECT_EQ(visit_.settings().size, visit::TextSize::large);
}

TEST_F(PractisingOn, AScreenOffersToReadOnlyToWhoeverIsNotReadTo) {
  EXPECT_TRUE(has("offer.sound"));
  EXPECT_TRUE(std::holds_alternative<SayAgain>(screen().item("read")->action));
  act(visit::SwitchSound{});
  EXPECT_FALSE(has("offer.sound"));
  EXPECT_FALSE(has("read"));
}

}  // namespace
}  // namespace perspective::screen
