// Many inspections beside each other.
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class AList : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create("lewes");
    create("mon", "Ynys Môn");
    create("york", "York");
  }
  void create(const std::string& id, const std::string& area = "Lewes") {
    auto wanted = new_inspection(id);
    wanted.area = area;
    ASSERT_TRUE(inspections_->create(wanted));
  }
  std::vector<std::string> found(const Wanted& wanted) { return inspections_->ids(wanted).value(); }
};

TEST_F(AList, HasThoseThatAreLookedForByAreaOrId) {
  EXPECT_THAT(found({}), ElementsAre("lewes", "mon", "york"));
  EXPECT_THAT(found({.words = "YNYS MON"}), ElementsAre("mon")) << "whatever its case and accents";
  EXPECT_THAT(found({.words = "o"}), ElementsAre("mon", "york"));
  EXPECT_THAT(found({.words = "nowhere"}), IsEmpty());
}

TEST_F(AList, HasThoseInAState) {
  ASSERT_TRUE(inspections_->end_fieldwork("york"));
  EXPECT_THAT(found({.state = State::open}), ElementsAre("lewes", "mon"));
  EXPECT_THAT(found({.state = State::fieldwork_ended, .words = "yo"}), ElementsAre("york"));
  for (const auto step : {State::provisional, State::draft_report, State::published}) {
    ASSERT_TRUE(inspections_->advance("york", step));
  }
  EXPECT_THAT(found({.is_unfinished = true}), ElementsAre("lewes", "mon"));
  EXPECT_THAT(found({.state = State::published}), ElementsAre("york"));
}

TEST_F(AList, SummarisesThoseThatAreAskedForAsTheWholeListDoes) {
  const auto some = inspections_->summaries({"york", "lewes"});
  ASSERT_EQ(some->size(), 2U);
  EXPECT_EQ(some->at(0).area, "York");
  EXPECT_EQ(some->at(1).id, "lewes");
  EXPECT_EQ(inspections_->list()->size(), 3U);
  EXPECT_EQ(inspections_->summaries({"nowhere"}).error().code, ErrorCode::not_found);
}

// It keeps what it read of each; a new day must be seen all the same.
TEST_F(AList, KnowsDatesAtOnceWhenTheyWereChanged) {
  EXPECT_THAT(*inspections_->due_reminders(), IsEmpty());
  ASSERT_TRUE(inspections_->change("mon", {.fieldwork_starts = "2001-01-01", .fieldwork_ends = "2001-01-02"}));
  EXPECT_EQ(inspections_->list()->at(1).dates.fieldwork_ends, "2001-01-02");
  const auto due = inspections_->due_reminders().value();
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].inspection, "mon");
  EXPECT_EQ(due[0].area, "Ynys Môn");
  EXPECT_TRUE(due[0].reminder.is_overdue);
  ASSERT_TRUE(inspections_->change("mon", {.fieldwork_starts = "2101-01-01", .fieldwork_ends = "2101-01-02"}));
  EXPECT_THAT(*inspections_->due_reminders(), IsEmpty());
}

}  // namespace
}  // namespace perspective::inspection
