// That a visit took place is kept, whatever became of it, until all that waited after it was let go and has left.
#include <gtest/gtest.h>

#include <array>
#include <set>

#include "base/file.h"
#include "base/random.h"
#include "base/sqlite.h"
#include "outbox/outbox.h"

namespace perspective::outbox {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCroydon = "croydon-2012";

class VisitsOfAKiosk : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::create_directory(folder_);
    open();
  }
  void TearDown() override { fs::remove_all(folder_); }

  void open() {
    outbox_.reset();
    outbox_ = Outbox::open(folder_ / "outbox.sqlite").value();
  }
  static Envelope envelope(std::uint8_t number) {
    Envelope made{{}, kCroydon, Bytes(500, number)};
    made.id.fill(number);
    return made;
  }
  void visit(Ending ending, std::uint8_t number = 1) const {
    ASSERT_TRUE(outbox_->begin_visit(kCroydon));
    if (ending == Ending::put) {
      ASSERT_TRUE(outbox_->put(envelope(number)));
    }
    ASSERT_TRUE(outbox_->end_visit(kCroydon, ending));
  }
  void send_on(std::uint8_t number = 1) const { ASSERT_TRUE(outbox_->remove(envelope(number).id, Leaving::sent)); }
  void let_go() const { ASSERT_TRUE(outbox_->let_go(kCroydon)); }
  State state() const { return outbox_->state().value(); }
  // All that the file says of visits, but for their ledger.
  std::string marks() const {
    auto reader = sqlite::Database::open(folder_ / "outbox.sqlite").value();
    auto rows = reader.prepare("SELECT inspection || is_let_go FROM visited").value();
    std::string found;
    while (rows.step().value()) found += rows.text(0);
    return found;
  }
  int writes() const {  // SQLite counts them in the file's head
    const auto bytes = read_file(folder_ / "outbox.sqlite").value();
    return bytes.at(26) << 8 | bytes.at(27);
  }

  fs::path folder_ = fs::temp_directory_path() / ("visits-" + to_hex(random_bytes(8)));
  std::unique_ptr<Outbox> outbox_;
};

constexpr auto kEndings = std::to_array({Ending::put, Ending::lost, Ending::stopped, Ending::timed_out});

TEST_F(VisitsOfAKiosk, ShowAsWaitingFromTheirBeginningWhateverBecomesOfThem) {
  for (const auto ending : kEndings) {
    TearDown();
    SetUp();
    EXPECT_EQ(state(), State::empty);
    ASSERT_TRUE(outbox_->begin_visit(kCroydon));
    EXPECT_EQ(state(), State::waiting);
    visit(ending);
    EXPECT_EQ(state(), State::waiting);
    open();
    EXPECT_EQ(state(), State::waiting) << "after a restart";
  }
}

TEST_F(VisitsOfAKiosk, LeaveTheSameMarkAndTheSameNumberOfWrites) {
  std::set<std::string> marks_left;
  std::set<int> writes_made;
  for (const auto ending : kEndings) {
    TearDown();
    SetUp();
    visit(ending);
    marks_left.insert(marks());
    writes_made.insert(writes());
  }
  EXPECT_EQ(marks_left, std::set<std::string>{"croydon-20120"});
  EXPECT_EQ(writes_made.size(), 1U);
}

TEST_F(VisitsOfAKiosk, AreForgottenWithTheLastThatWasLetGo) {
  visit(Ending::put, 1);
  visit(Ending::stopped);
  visit(Ending::put, 2);
  let_go();
  send_on(1);
  EXPECT_EQ(state(), State::waiting);
  send_on(2);
  EXPECT_EQ(state(), State::empty);
  EXPECT_EQ(marks(), "");
}

TEST_F(VisitsOfAKiosk, AreNotForgottenWhereNobodyLetThemGo) {
  visit(Ending::put);
  send_on();
  EXPECT_EQ(state(), State::waiting);
  ASSERT_TRUE(outbox_->forget_visits(kCroydon));
  EXPECT_EQ(state(), State::waiting);
}

TEST_F(VisitsOfAKiosk, AreForgottenWithTheLastWithdrawalAndWithTheLastThatIsSetAside) {
  visit(Ending::put);
  ASSERT_TRUE(outbox_->withdraw(kCroydon, envelope(1).id));
  let_go();
  ASSERT_TRUE(outbox_->end_withdrawal(envelope(1).id));
  EXPECT_EQ(state(), State::empty);
  visit(Ending::put, 2);
  let_go();
  ASSERT_TRUE(outbox_->quarantine(envelope(2).id, 422));
  EXPECT_EQ(marks(), "");
  EXPECT_EQ(state(), State::waiting) << "for a person";
}

TEST_F(VisitsOfAKiosk, ThatComeAfterAllWasLetGoAreHiddenLikeThoseBefore) {
  for (const auto ending : kEndings) {
    TearDown();
    SetUp();
    visit(Ending::put, 1);
    let_go();
    visit(ending, 2);
    send_on(1);
    EXPECT_EQ(state(), State::waiting);
    EXPECT_EQ(marks(), "croydon-20120");
  }
}

TEST_F(VisitsOfAKiosk, ThatAreUnderWayWhenAllIsLetGoStayHidden) {
  for (const auto ending : kEndings) {
    TearDown();
    SetUp();
    visit(Ending::put, 1);
    ASSERT_TRUE(outbox_->begin_visit(kCroydon));
    let_go();
    send_on(1);
    if (ending == Ending::put) {
      ASSERT_TRUE(outbox_->put(envelope(2)));
      let_go();  // it is not over before its last screen is left
      send_on(2);
    }
    ASSERT_TRUE(outbox_->end_visit(kCroydon, ending));
    EXPECT_EQ(state(), State::waiting);
    let_go();
    ASSERT_TRUE(outbox_->forget_visits(kCroydon));
    EXPECT_EQ(state(), State::empty);
  }
}

TEST_F(VisitsOfAKiosk, OfWhichNothingWaitsAreForgottenWhenThatIsSaid) {
  visit(Ending::stopped);
  let_go();
  EXPECT_EQ(state(), State::waiting);
  ASSERT_TRUE(outbox_->forget_visits(kCroydon));
  EXPECT_EQ(state(), State::empty);
}

TEST_F(VisitsOfAKiosk, OfOneInspectionAreNotForgottenWithAnother) {
  visit(Ending::put);
  ASSERT_TRUE(outbox_->begin_visit("barnet"));
  ASSERT_TRUE(outbox_->end_visit("barnet", Ending::stopped));
  let_go();
  send_on();
  EXPECT_EQ(outbox_->visited().value(), (Visited{{"barnet", Visits::since}}));
}

TEST_F(VisitsOfAKiosk, AreNotForgottenByAGuest) {
  visit(Ending::stopped);
  Options options;
  options.is_guest = true;
  const auto guest = Outbox::open(folder_ / "outbox.sqlite", options).value();
  ASSERT_TRUE(guest->let_go(kCroydon));
  EXPECT_EQ(marks(), "croydon-20120");
}

TEST_F(VisitsOfAKiosk, AreNotHiddenWhereEachAnswerGoesAtOnce) {
  outbox_.reset();
  Options options;
  options.hides_visits = [](const std::string& inspection) { return inspection != kCroydon; };
  outbox_ = Outbox::open(folder_ / "outbox.sqlite", options).value();
  visit(Ending::put);
  visit(Ending::stopped);
  send_on();
  EXPECT_EQ(state(), State::empty);
  ASSERT_TRUE(outbox_->begin_visit("barnet"));
  EXPECT_EQ(state(), State::waiting);
}

TEST_F(VisitsOfAKiosk, FileOfBeforeTheMarksKeepsWhatWaits) {
  visit(Ending::put);
  outbox_.reset();
  {
    auto before = sqlite::Database::open(folder_ / "outbox.sqlite").value();
    ASSERT_TRUE(before.execute("DROP TABLE visited; PRAGMA user_version=2"));
  }
  open();
  EXPECT_EQ(outbox_->waiting().value().at(kCroydon), std::vector{envelope(1).id});
  visit(Ending::stopped);
  EXPECT_EQ(marks(), "croydon-20120");
}

}  // namespace
}  // namespace perspective::outbox
