#include "staff/desk.h"

#include <algorithm>

#include "access/focus.h"
#include "support/trial_visit.h"

namespace perspective::staff {
namespace {

using screen::Role;

const std::vector<Offered> kTwo = {{.inspection = "one", .questionnaire = "x", .title = "X", .area = "Here"},
                                   {.inspection = "one", .questionnaire = "y", .title = "Y", .area = "Here"}};

screen::Screen shown(const Desk& desk, const Facts& facts = {.offered = kTwo, .status = {}, .sound = Sound::headphones},
                     const std::string& language = "en") {
  return screen_of(desk, facts, trial::words(language));
}

Desk before_y() {
  Desk desk;
  desk.page = Page::before;
  desk.chosen = {"one", "y"};
  return desk;
}

std::string whole(const screen::Screen& screen) {
  std::string all;
  for (const auto& item : screen.items) all += item.id + "|" + item.label + "|" + item.value + "|" + item.spoken + "\n";
  return all;
}

TEST(ThePinScreen, HasAKeyForEachDigitAndSaysOnlyHowManyWereTyped) {
  Desk desk{.page = Page::pin, .has_pin = true};
  for (int digit = 0; digit <= 9; ++digit) {
    const auto pad = shown(desk);
    const auto* key = pad.item("key." + std::to_string(digit));
    ASSERT_NE(key, nullptr) << digit;
    EXPECT_EQ(key->action, screen::Action(screen::StaffAction(screen::TypeDigit{digit})));
  }
  desk.typed = 3;
  EXPECT_EQ(shown(desk).item("typed")->label, "● ● ●");
  EXPECT_EQ(shown(desk).item("typed")->spoken, "3 numbers typed");
}

TEST(ThePinScreen, TakesNoPinThatIsTooShort) {
  Desk desk{.page = Page::pin, .has_pin = true};
  EXPECT_FALSE(shown(desk).item("key.erase")->enabled);
  for (desk.typed = 0; desk.typed < kLeastPinDigits; ++desk.typed) EXPECT_FALSE(shown(desk).item("key.enter")->enabled);
  EXPECT_TRUE(shown(desk).item("key.enter")->enabled);
  EXPECT_TRUE(shown(desk).item("key.erase")->enabled);
}

TEST(ThePinScreen, SaysWhatBecameOfIt) {
  Desk desk{.page = Page::pin, .has_pin = true};
  EXPECT_EQ(shown(desk).item("news"), nullptr);
  desk.news = PinNews::wrong;
  EXPECT_EQ(shown(desk).item("news")->label, "That is not the PIN.\nTry again.");
  desk.news = PinNews::locked;
  desk.locked_min = 1;
  EXPECT_TRUE(shown(desk).item("news")->label.ends_with("in one minute."));
  desk.locked_min = 60;
  EXPECT_TRUE(shown(desk).item("news")->label.ends_with("in 60 minutes."));
  EXPECT_NE(shown(desk, {}, "cy").item("news")->label.find("60"), std::string::npos);
}

TEST(ThePinScreen, IsAPadWhereEveryKeyboardDigitFindsItsKey) {
  const auto pad = shown({.page = Page::pin, .has_pin = true, .typed = 6});
  EXPECT_TRUE(access::has_number_pad(pad));
  EXPECT_EQ(access::pressed_by(pad, std::nullopt, 7), "key.7");
  EXPECT_EQ(access::pressed_by(pad, "key.3", 10), "key.0");
  EXPECT_EQ(access::primary_button(pad), "key.enter");
  EXPECT_EQ(access::back_button(pad), "key.erase");
  EXPECT_FALSE(access::has_number_pad(shown({})));
}

TEST(ThePinScreen, ShowsNothingOfTheInspection) {
  const auto all = whole(shown({.page = Page::pin, .has_pin = true}));
  for (const auto& each : kTwo) EXPECT_EQ(all.find(each.title + "|"), std::string::npos);
  EXPECT_EQ(all.find("status|"), std::string::npos);
}

TEST(BeforeAVisit, BothStatementsAreThereInBothLanguagesAndStartIsTheVisitThatWasChosen) {
  for (const auto* language : {"en", "cy"}) {
    const auto now = shown(before_y(), {.offered = kTwo, .status = {}, .sound = Sound::headphones}, language);
    EXPECT_EQ(now.id, "before");
    EXPECT_EQ(now.item("heading")->label, "Y");
    EXPECT_EQ(now.item("guardian")->label, trial::words(language).say("kiosk.before.guardian.local"));
    EXPECT_EQ(now.item("willing")->label, trial::words(language).say("kiosk.before.willing"));
    ASSERT_NE(now.item("start"), nullptr);
    EXPECT_EQ(now.item("start")->action, screen::Action(screen::StartVisit{"one", "y"}));
    ASSERT_NE(now.item("practise"), nullptr);
    EXPECT_EQ(now.item("practise")->action, screen::Action(screen::StartVisit{"one", "y", true}));
    EXPECT_EQ(access::back_button(now), "back");
  }
}

TEST(BeforeAVisit, AsksOfAParentOrCarerWhatTheInspectionSays) {
  const auto shown_with = [](Guardian guardian) {
    auto offered = kTwo;
    offered.at(1).guardian = guardian;
    return shown(before_y(), {.offered = offered, .status = {}, .sound = Sound::headphones});
  };
  EXPECT_EQ(shown_with(Guardian::informed).item("guardian")->label, "A parent or carer has been told.");
  EXPECT_EQ(shown_with(Guardian::consent).item("guardian")->label, "A parent or carer has said yes.");
  EXPECT_EQ(shown_with(Guardian::consent).item("text")->label, "Press “Start” only if both are true.");
  const auto none = shown_with(Guardian::not_needed);
  EXPECT_EQ(none.item("guardian"), nullptr);
  EXPECT_NE(none.item("willing"), nullptr);
  EXPECT_EQ(none.item("text")->label, "Press “Start” only if this is true.");
}

TEST(BeforeAVisit, SaysWhereTheSoundComesOut) {
  const auto said = [](Sound sound) { return shown(before_y(), {.offered = kTwo, .status = {}, .sound = sound}); };
  EXPECT_EQ(said(Sound::headphones).item("sound")->value, "the headphones");
  EXPECT_EQ(said(Sound::loudspeaker).item("sound")->value, "the loudspeaker: others can hear it");
  EXPECT_EQ(said(Sound::none).item("sound")->value, "nothing: this kiosk can make no sound");
  EXPECT_TRUE(said(Sound::loudspeaker).item("sound.test")->enabled);
  EXPECT_FALSE(said(Sound::none).item("sound.test")->enabled);
  EXPECT_EQ(said(Sound::none).item("volume"), nullptr);
}

TEST(BeforeAVisit, LoudnessEndsAtItsEnds) {
  Desk desk = before_y();
  desk.volume = 0;
  EXPECT_FALSE(shown(desk).item("volume.less")->enabled);
  EXPECT_TRUE(shown(desk).item("volume.more")->enabled);
  desk.volume = visit::kVolumes - 1;
  EXPECT_TRUE(shown(desk).item("volume.less")->enabled);
  EXPECT_FALSE(shown(desk).item("volume.more")->enabled);
}

TEST(SendingNow, IsOfferedOnlyWhileSomethingWaits) {
  const auto start = [](Sending sending) {
    return shown({}, {.offered = kTwo, .status = {.sending = sending, .reasons = {}}, .sound = Sound::headphones});
  };
  EXPECT_EQ(start(Sending::all_sent).item("send_now"), nullptr);
  EXPECT_NE(start(Sending::some_waiting).item("send_now"), nullptr);
  EXPECT_NE(start(Sending::full).item("send_now"), nullptr);
}

TEST(AStick, IsOfferedOnlyWhileSomethingWaits) {
  const auto start = [](Sending sending) {
    return shown({}, {.offered = kTwo, .status = {.sending = sending, .reasons = {}}, .sound = Sound::headphones});
  };
  EXPECT_EQ(start(Sending::all_sent).item("use_stick"), nullptr);
  EXPECT_NE(start(Sending::some_waiting).item("use_stick"), nullptr);
  EXPECT_NE(start(Sending::full).item("use_stick"), nullptr);
}

// In words, and without a number.
TEST(AStick, IsSaidInBothLanguagesWhatBecameOfIt) {
  using readiness::StickFate;
  for (const auto* language : {"en", "cy"}) {
    const auto said = [&](const readiness::StickNews& news) {
      const auto now = shown({.page = Page::copied, .stick = news}, {}, language);
      for (const auto& item : now.items) {
        EXPECT_EQ(item.label.find_first_of("0123456789"), std::string::npos) << item.label;
      }
      return now;
    };
    const auto all = said({.has_copy = true, .do_few_wait = true, .does_more_wait = true, .has_brought_back = true});
    for (const auto* id : {"brought_back", "copy", "more", "few"}) EXPECT_NE(all.item(id), nullptr) << id;
    EXPECT_EQ(all.item("nothing"), nullptr);
    EXPECT_NE(said({}).item("nothing"), nullptr);
    EXPECT_EQ(said({.do_few_wait = true}).item("nothing"), nullptr) << "it would tell who sent nothing";
    EXPECT_NE(said({.fate = StickFate::not_there}).item("again"), nullptr);
    EXPECT_NE(said({.fate = StickFate::not_working}).item("not_working"), nullptr);
    EXPECT_EQ(said({.fate = StickFate::not_enrolled}).item("again"), nullptr);
  }
}

TEST(ThePinScreen, HasKeysOfOneWidth) {
  const auto pad = shown({.page = Page::pin, .has_pin = true});
  for (const auto& item : pad.items) {
    if (item.place == screen::Place::keys) {
      EXPECT_EQ(item.columns, pad.item("key.5")->columns) << item.id;
    }
  }
}

TEST(SendingNow, SaysWhatItGivesAwayBeforeItCanBePressed) {
  for (const auto* language : {"en", "cy"}) {
    const auto now = shown({.page = Page::send}, {}, language);
    EXPECT_EQ(now.item("text")->role, Role::note);
    EXPECT_NE(now.item("text.4"), nullptr);
    EXPECT_EQ(now.item("send")->action, screen::Action(screen::StaffAction(screen::SendNow{})));
    EXPECT_EQ(access::back_button(now), "back");
  }
}

// Each way that it can end, in words, and no number in any of them.
TEST(SendingNow, SaysHowItWentWithoutANumber) {
  for (const auto* language : {"en", "cy"}) {
    Desk desk{.page = Page::sent};
    const auto sent = shown(desk, {}, language);
    EXPECT_EQ(sent.item("heading")->label, trial::words(language).say("kiosk.send.done"));
    for (const auto reason : readiness::all_reasons()) {
      if (readiness::weight_of(reason) != readiness::Weight::waiting) continue;
      desk.why_not_sent = reason;
      const auto failed = shown(desk, {}, language);
      EXPECT_EQ(failed.item("heading")->label, trial::words(language).say("kiosk.send.failed"));
      EXPECT_NE(failed.item("failed." + std::string(readiness::code_of(reason))), nullptr);
      for (const auto& item : failed.items) EXPECT_EQ(item.label.find_first_of("0123456789"), std::string::npos);
    }
  }
}

TEST(TheReport, PutsFirstWhatWantsAttention) {
  readiness::Facts facts;
  facts.clock_ahead_s = 0;
  Desk desk{.page = Page::ready};
  desk.facts = facts;
  for (const auto* language : {"en", "cy"}) {
    const auto now = shown(desk, {}, language);
    EXPECT_EQ(now.id, "ready");
    EXPECT_EQ(now.item("summary")->label, trial::words(language).say("kiosk.ready.attention"));
    EXPECT_EQ(now.item("attention.pin")->role, Role::note);
    EXPECT_EQ(now.item("attention.clock"), nullptr);
    ASSERT_NE(now.item("attention.folder"), nullptr);
    EXPECT_LT(now.item("attention.folder"), now.item("fact.clock"));
    EXPECT_EQ(access::primary_button(now), "close");
  }
}

TEST(WhatWaits, IsSaidToWaitForOthersWhereNothingElseIsWrong) {
  const auto start = [](const readiness::Reasons& reasons) {
    return shown({}, {.offered = kTwo, .status = {.sending = Sending::some_waiting, .reasons = reasons}});
  };
  EXPECT_NE(start({}).item("waits.for_others"), nullptr);
  EXPECT_NE(start({readiness::Reason::sound_missing}).item("waits.for_others"), nullptr);
  EXPECT_EQ(start({readiness::Reason::collector_unreachable}).item("waits.for_others"), nullptr);
  EXPECT_EQ(start({readiness::Reason::clock_wrong}).item("waits.for_others"), nullptr);
}

TEST(BeforeAVisit, WhatStopsVisitsStopsItHereToo) {
  const Facts full{.offered = kTwo, .status = {.sending = Sending::full, .reasons = {}}, .sound = Sound::headphones};
  EXPECT_FALSE(shown(before_y(), full).item("start")->enabled);
}

TEST(BeforeAVisit, OneThatCannotBeAskedIsNotStarted) {
  Facts facts{.offered = kTwo, .status = {}, .sound = Sound::headphones};
  EXPECT_TRUE(shown(before_y(), facts).item("start")->enabled);
  facts.offered[1].why_not = readiness::Reason::words_unusable;
  EXPECT_FALSE(shown(before_y(), facts).item("start")->enabled);
}

}  // namespace
}  // namespace perspective::staff
