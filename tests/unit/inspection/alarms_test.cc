// What nobody has read is known while the inspection is locked, by counts alone.
#include "paper/reference.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kTuesday = 1795536000;  // 2026-11-24, 16:00

class ALockedInspection : public Collector {
 protected:
  void SetUp() override {
    clock_.set(kTuesday);
    Collector::SetUp();
    create();
  }
  // On the day that it is.
  void comes(int responses, const std::string& words = "I am scared to go home") {
    for (int i = 0; i < responses; ++i) {
      const auto envelope = sealed(weekly_reader(words));
      std::promise<void> stored;
      store_->put({"lewes", "kiosk-a", day_of(clock_.now_s()), {envelope}}, [&](const auto&) { stored.set_value(); });
      stored.get_future().wait();
      inspections_->note_arrivals("lewes", {envelope.id});
    }
  }
  std::string drawn() { return paper::draw_reference(package().salt); }
  void days_pass(int days) { clock_.set(clock_.now_s() + days * kDay); }
  std::vector<Alarm> alarms() { return *inspections_->alarms(); }
  void read_all() {
    ASSERT_TRUE(unlock());
    const auto comments = *inspections_->comments("lewes");
    for (const auto& comment : comments) read(comment.reference);
    note_all_read();
    ASSERT_TRUE(inspections_->lock("lewes"));
  }
  void read(const std::string& reference) {
    const auto sealed = inspections_->prepare("lewes", {reference, MarkRead{}, "anna"});
    ASSERT_TRUE(sealed) << sealed.error().what;
    ASSERT_TRUE(inspections_->keep("lewes", *sealed));
  }
  const paper::Given words_ = {{"comes", {"weekly"}}, {"wishes", {"I am scared to go home"}}};
  bool note_all_read() {
    const auto sealed = inspections_->prepare_all_read("lewes", "anna");
    EXPECT_TRUE(sealed);
    if (!*sealed) return false;
    EXPECT_TRUE(inspections_->keep("lewes", **sealed));
    return true;
  }
};

TEST_F(ALockedInspection, TellsOfHowManyNobodyHasReadBeforeThatIsDue) {
  const auto unread = [&] { return inspections_->list()->at(0).unread; };
  EXPECT_EQ(unread(), 0);
  comes(3);
  EXPECT_EQ(unread(), 3);
  EXPECT_THAT(alarms(), IsEmpty()) << "it is not due";
  read_all();
  EXPECT_EQ(unread(), 0);
  comes(2);
  EXPECT_EQ(unread(), 2) << "of those that came since";
}

TEST_F(ALockedInspection, RaisesAnAlarmWhenAKeyedFormWaitsForTwoWorkingDays) {
  const auto form = drawn();
  const auto key = [&](const std::string& who, const std::string& reference) {
    return inspections_->key_paper(
        "lewes", {.reference = reference, .questionnaire = "readers", .language = "en", .answers = {}, .token = {}},
        who);
  };
  ASSERT_TRUE(key("anna", form));
  days_pass(1);
  ASSERT_TRUE(key("ben", form)) << "twice, and not settled";
  ASSERT_TRUE(key("ben", drawn())) << "once";
  EXPECT_THAT(alarms(), IsEmpty());
  days_pass(1);
  ASSERT_THAT(alarms(), SizeIs(1));
  EXPECT_EQ(alarms()[0].kind, Alarm::Kind::unsettled);
  EXPECT_EQ(alarms()[0].since, "2026-11-24");
  EXPECT_EQ(alarms()[0].due, "2026-11-26");
  EXPECT_FALSE(alarms()[0].is_overdue);
  EXPECT_THAT(alarms()[0].says, AllOf(HasSubstr("paper forms that somebody keyed"), Not(HasSubstr("2 "))))
      << "in fives";
  EXPECT_THAT(inspections_->list()->at(0).alarms, SizeIs(1));
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(inspections_->settle_paper("lewes", {.reference = form})->is_counted);
  ASSERT_THAT(alarms(), SizeIs(1)) << "the other was keyed a day later";
  EXPECT_EQ(alarms()[0].kind, Alarm::Kind::unread);
  EXPECT_TRUE(note_all_read());
  EXPECT_THAT(alarms(), IsEmpty());
  days_pass(1);
  ASSERT_THAT(alarms(), SizeIs(1));
  EXPECT_EQ(alarms()[0].since, "2026-11-25");
}

// Whoever wrote on it has waited since somebody first held it in their hands.
TEST_F(ALockedInspection, CountsFromTheDayOnWhichAFormWasKeyedHoweverLateItIsSettled) {
  comes(1);
  read_all();
  const auto form = drawn();
  const auto key = [&](const std::string& who) {
    return inspections_->key_paper(
        "lewes", {.reference = form, .questionnaire = "readers", .language = "en", .answers = words_, .token = {}},
        who);
  };
  ASSERT_TRUE(key("anna"));
  ASSERT_TRUE(key("ben"));
  days_pass(2);
  comes(2);
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(inspections_->settle_paper("lewes", {.reference = form})->is_counted);
  for (const auto since : {"2026-11-24", "2026-11-24"}) {
    ASSERT_THAT(alarms(), SizeIs(1)) << "settling it is no reading";
    EXPECT_EQ(alarms()[0].kind, Alarm::Kind::unread);
    EXPECT_EQ(alarms()[0].since, since);
    days_pass(1);
  }
  EXPECT_FALSE(note_all_read()) << "its words are unread";
  read_all();
  EXPECT_THAT(alarms(), IsEmpty());
  comes(1);
  days_pass(4);  // a weekend
  ASSERT_THAT(alarms(), SizeIs(1));
  EXPECT_EQ(alarms()[0].since, "2026-11-28") << "the form has been read: its day is over";
}

TEST_F(ALockedInspection, CountsFromTheDayOnWhichAFormWasFirstKeyedThoughThatIsDiscarded) {
  const auto form = drawn();
  const auto key = [&](const std::string& who) {
    return inspections_->key_paper(
        "lewes", {.reference = form, .questionnaire = "readers", .language = "en", .answers = words_, .token = {}},
        who);
  };
  const auto since = [&] { return alarms().empty() ? std::string() : alarms()[0].since; };
  ASSERT_TRUE(key("anna"));
  ASSERT_TRUE(inspections_->discard_paper("lewes", {form, "a slip", "anna", false, false}));
  days_pass(2);
  EXPECT_EQ(since(), "2026-11-24") << "it waits to be keyed again";
  ASSERT_TRUE(key("anna"));
  ASSERT_TRUE(key("ben"));
  EXPECT_EQ(since(), "2026-11-24");
  ASSERT_TRUE(inspections_->discard_paper("lewes", {form, "two mistakes", "carla", true, false}));
  ASSERT_TRUE(key("anna"));
  ASSERT_TRUE(key("ben"));
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(inspections_->settle_paper("lewes", {.reference = form})->is_counted);
  EXPECT_EQ(since(), "2026-11-24") << "counted, and still read by nobody";
}

TEST_F(ALockedInspection, RaisesAnAlarmWhenNobodyReadForTwoWorkingDays) {
  comes(1);
  EXPECT_THAT(alarms(), IsEmpty());
  days_pass(1);
  EXPECT_THAT(alarms(), IsEmpty());
  days_pass(1);
  ASSERT_THAT(alarms(), SizeIs(1));
  EXPECT_EQ(alarms()[0].inspection, "lewes");
  EXPECT_EQ(alarms()[0].since, "2026-11-24");
  EXPECT_EQ(alarms()[0].due, "2026-11-26");
  EXPECT_FALSE(alarms()[0].is_overdue);
  days_pass(1);
  EXPECT_TRUE(alarms()[0].is_overdue);
  EXPECT_THAT(alarms()[0].says, HasSubstr("was due on 2026-11-26"));
  EXPECT_THAT(inspections_->list()->at(0).alarms, SizeIs(1));
}

TEST_F(ALockedInspection, WaitsOverAWeekendAndABankHoliday) {
  clock_.set(1798128000);  // Thursday 2026-12-24
  comes(1);
  days_pass(5);
  EXPECT_THAT(alarms(), IsEmpty()) << "Christmas, a weekend, the substitute day, one working day";
  days_pass(1);
  EXPECT_THAT(alarms(), SizeIs(1));
}

TEST_F(ALockedInspection, TellsNoMoreThanFivesWhileFieldworkIsOpen) {
  comes(1);
  days_pass(3);
  EXPECT_THAT(alarms()[0].says, AllOf(HasSubstr("what is in responses that came since"), Not(HasSubstr("1 response"))));
  comes(6);
  EXPECT_THAT(alarms()[0].says, HasSubstr("5 or more responses"));
  ASSERT_TRUE(inspections_->end_fieldwork("lewes"));
  EXPECT_THAT(alarms()[0].says, HasSubstr("7 responses"));
}

TEST_F(ALockedInspection, IsQuietOnceEverythingIsReadUntilMoreComes) {
  comes(3);
  days_pass(2);
  read_all();
  EXPECT_THAT(alarms(), IsEmpty());
  comes(1);
  EXPECT_THAT(alarms(), IsEmpty()) << "since today";
  days_pass(4);
  ASSERT_THAT(alarms(), SizeIs(1));
  EXPECT_EQ(alarms()[0].since, "2026-11-26");
  restart();
  EXPECT_THAT(alarms(), SizeIs(1));
}

TEST_F(ALockedInspection, IsNotQuietWhileOneCommentIsLeft) {
  comes(2);
  days_pass(2);
  ASSERT_TRUE(unlock());
  EXPECT_FALSE(note_all_read());
  read(inspections_->comments("lewes")->front().reference);
  EXPECT_FALSE(note_all_read());
  EXPECT_THAT(alarms(), SizeIs(1));
  read(inspections_->comments("lewes")->front().reference);
  EXPECT_TRUE(note_all_read());
  EXPECT_FALSE(note_all_read()) << "that is known already";
  EXPECT_THAT(alarms(), IsEmpty());
}

TEST_F(ALockedInspection, IsQuietOnceSomebodySawThatNothingWasWritten) {
  comes(2, "");
  days_pass(2);
  EXPECT_THAT(alarms(), SizeIs(1));
  read_all();
  EXPECT_THAT(alarms(), IsEmpty());
}

TEST_F(ALockedInspection, CountsWhatCameOnTheDayOfTheLastReadingToo) {
  comes(1);
  read_all();
  comes(1);
  days_pass(2);
  EXPECT_THAT(alarms(), SizeIs(1));
}

TEST_F(ALockedInspection, IsQuietWhenAllWasTakenBack) {
  comes(2);
  days_pass(2);
  const auto ids = *store_->envelope_ids("lewes");
  ASSERT_TRUE(inspections_->withdraw("lewes", ids));
  EXPECT_THAT(alarms(), IsEmpty());
}

TEST_F(ALockedInspection, StaysQuietAfterARestoreThatKnowsOfMoreTakenBack) {
  comes(2);
  read_all();
  ASSERT_TRUE(store_->withdraw_what_had_come("lewes", store::Id{7}));
  days_pass(4);
  EXPECT_THAT(alarms(), IsEmpty());
  comes(1);
  days_pass(3);
  ASSERT_THAT(alarms(), SizeIs(1));
  EXPECT_EQ(alarms()[0].since, "2026-11-28");
}

TEST_F(ALockedInspection, IsNoDraftAndNotDestroyed) {
  auto draft = new_inspection("draft");
  draft.is_draft = true;
  ASSERT_TRUE(inspections_->create(draft));
  days_pass(9);
  EXPECT_THAT(alarms(), IsEmpty());
  comes(1);
  days_pass(9);
  for (const auto state : {State::fieldwork_ended, State::draft_report, State::published}) {
    ASSERT_TRUE(inspections_->advance("lewes", state));
  }
  EXPECT_THAT(alarms(), SizeIs(1)) << "published, and still nobody has read it";
  ASSERT_TRUE(inspections_->destroy_keys("lewes"));
  EXPECT_THAT(alarms(), IsEmpty());
}

TEST_F(ALockedInspection, TellsOfAConcernFromTheMomentAtWhichItIsRaised) {
  comes(1);
  ASSERT_TRUE(unlock());
  const auto reference = inspections_->comments("lewes")->front().reference;
  const auto raised = *inspections_->prepare("lewes", {reference, RaiseConcern{"Anna Jones", "why"}, "anna"});
  ASSERT_TRUE(inspections_->keep("lewes", raised));
  for (const bool is_locked : {false, true}) {
    ASSERT_TRUE(!is_locked || inspections_->lock("lewes"));
    ASSERT_THAT(alarms(), SizeIs(1));
    EXPECT_EQ(alarms()[0].kind, Alarm::Kind::raised);
    EXPECT_EQ(alarms()[0].due, "2026-11-25");
    EXPECT_FALSE(alarms()[0].is_overdue);
    EXPECT_THAT(alarms()[0].says, AllOf(HasSubstr(raised.reference), HasSubstr("which is due on 2026-11-25"),
                                        Not(HasSubstr("Anna")), Not(HasSubstr("why"))));
    EXPECT_THAT(inspections_->list()->at(0).alarms, SizeIs(1));
  }
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(
      inspections_->keep("lewes", *inspections_->prepare("lewes", {raised.reference, Decide{"visit"}, "lead"})));
  EXPECT_THAT(alarms(), IsEmpty());
}

TEST_F(ALockedInspection, AlarmsForAConcernThatNobodyDecided) {
  comes(1);
  ASSERT_TRUE(unlock());
  const auto reference = inspections_->comments("lewes")->front().reference;
  const auto raised = *inspections_->prepare("lewes", {reference, RaiseConcern{"Anna Jones", "why"}, "anna"});
  ASSERT_TRUE(inspections_->keep("lewes", raised));
  read_all();
  days_pass(1);
  ASSERT_THAT(alarms(), SizeIs(1));
  EXPECT_EQ(alarms()[0].kind, Alarm::Kind::undecided);
  EXPECT_THAT(alarms()[0].says, AllOf(HasSubstr(raised.reference), HasSubstr("2026-11-24"), Not(HasSubstr("Anna"))));
  ASSERT_TRUE(unlock());
  ASSERT_TRUE(
      inspections_->keep("lewes", *inspections_->prepare("lewes", {raised.reference, Decide{"visit"}, "lead"})));
  ASSERT_TRUE(inspections_->lock("lewes"));
  EXPECT_THAT(alarms(), IsEmpty());
}

TEST_F(ALockedInspection, SaysWhenTheListOfBankHolidaysHasEnded) {
  EXPECT_EQ(inspections_->calendar_warning(), "");
  clock_.set(1861920000);  // 2029-01-01
  EXPECT_THAT(inspections_->calendar_warning(), HasSubstr("ended on 2028-12-31"));
}

}  // namespace
}  // namespace perspective::inspection
