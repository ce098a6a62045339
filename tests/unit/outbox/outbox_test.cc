#include "outbox/outbox.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "base/file.h"
#include "base/random.h"

namespace perspective::outbox {
namespace {

namespace fs = std::filesystem;

Envelope envelope(std::uint8_t number, std::string inspection = "croydon-2012") {
  Envelope made{{}, std::move(inspection), Bytes(5000, static_cast<std::uint8_t>(number + 1))};
  made.id.fill(number);
  return made;
}

class OutboxFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("outbox-" + to_hex(random_bytes(8)));
    fs::create_directory(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<Outbox> open(const std::string& name = "outbox.sqlite") {
    Options options;
    options.envelope_bytes = 8192;
    options.reserve = [this](const fs::path&, std::uint64_t) { return has_room_; };
    auto opened = Outbox::open(folder_ / name, options);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().what);
    return opened ? std::move(*opened) : nullptr;
  }

  Bytes bytes(const std::string& name = "outbox.sqlite") const { return read_file(folder_ / name).value(); }

  Bytes bytes_after_puts(const std::vector<std::uint8_t>& numbers, const std::string& name) {
    const auto outbox = open(name);
    for (const auto number : numbers) EXPECT_TRUE(outbox->put(envelope(number)));
    return bytes(name);
  }

  static std::set<Id> ids(const std::vector<Envelope>& batch) {
    std::set<Id> found;
    for (const auto& one : batch) found.insert(one.id);
    return found;
  }

  fs::path folder_;
  bool has_room_ = true;
};

TEST_F(OutboxFile, PutEnvelopeIsThereAfterReopening) {
  ASSERT_TRUE(open()->put(envelope(1)));
  const auto batch = open()->draw_batch(50).value();
  ASSERT_EQ(batch.size(), 1U);
  EXPECT_EQ(batch[0].body, envelope(1).body);
  EXPECT_EQ(batch[0].inspection, "croydon-2012");
}

TEST_F(OutboxFile, BytesAreTheSameForEveryOrderOfTheSamePuts) {
  std::vector<std::uint8_t> numbers{1, 2, 3, 4};
  const auto first = bytes_after_puts(numbers, "first");
  int orders = 1;
  while (std::next_permutation(numbers.begin(), numbers.end())) {
    ASSERT_EQ(bytes_after_puts(numbers, "order" + std::to_string(orders++)), first);
  }
  EXPECT_EQ(orders, 24);
}

TEST_F(OutboxFile, BytesAreTheSameForEveryOrderWithinOneRun) {
  auto one = open("one");
  auto other = open("other");
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(one->put(envelope(static_cast<std::uint8_t>(i))));
  for (int i = 19; i >= 0; --i) ASSERT_TRUE(other->put(envelope(static_cast<std::uint8_t>(i))));
  EXPECT_EQ(bytes("one"), bytes("other"));
}

TEST_F(OutboxFile, RemovedEnvelopeLeavesNoByteBehind) {
  auto outbox = open();
  ASSERT_TRUE(outbox->put(envelope(40)));
  ASSERT_TRUE(outbox->put(envelope(50)));
  ASSERT_TRUE(outbox->remove(envelope(40).id, Leaving::sent));
  const auto file = bytes();
  EXPECT_EQ(std::search_n(file.begin(), file.end(), 16, 41), file.end());
  EXPECT_NE(std::search_n(file.begin(), file.end(), 16, 51), file.end());
  EXPECT_EQ(fs::file_size(folder_ / "outbox.sqlite-journal"), 0U);
}

TEST_F(OutboxFile, FilesHaveNoDateAndTheFolderKeepsItsOwn) {
  auto outbox = open();
  const auto folder_date = fs::last_write_time(folder_);
  ASSERT_TRUE(outbox->put(envelope(1)));
  struct stat file {};
  ASSERT_EQ(stat((folder_ / "outbox.sqlite").c_str(), &file), 0);
  EXPECT_EQ(file.st_mtime, 0);
  ASSERT_EQ(stat((folder_ / "outbox.sqlite-journal").c_str(), &file), 0);
  EXPECT_EQ(file.st_mtime, 0);
  EXPECT_EQ(fs::last_write_time(folder_), folder_date);
}

TEST_F(OutboxFile, ReadingAfterAPutLeavesNoTimeEither) {
  auto outbox = open();
  ASSERT_TRUE(outbox->put(envelope(1)));
  ASSERT_EQ(open()->draw_batch(50).value().size(), 1U);
  bytes();
  struct stat file {};
  ASSERT_EQ(stat((folder_ / "outbox.sqlite").c_str(), &file), 0);
  EXPECT_EQ(file.st_atime, 4'102'444'800);
}

TEST_F(OutboxFile, IsReadableByItsOwnerAlone) {
  open();
  EXPECT_EQ(fs::status(folder_ / "outbox.sqlite").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(OutboxFile, AnotherReaderOfTheFileSeesOnlyIdsInspectionsStatusesAndBodies) {
  auto outbox = open();
  ASSERT_TRUE(outbox->put(envelope(1)));
  auto reader = sqlite::Database::open(folder_ / "outbox.sqlite");
  ASSERT_TRUE(reader);
  auto columns = reader->prepare("SELECT group_concat(name) FROM pragma_table_info('envelope')");
  ASSERT_TRUE(columns->step().value());
  EXPECT_EQ(columns->text(0), "id,inspection,status,body");
  auto rowids = reader->prepare("SELECT rowid FROM envelope");
  EXPECT_FALSE(rowids);
}

TEST_F(OutboxFile, FileOfAnotherFormatIsRefused) {
  {
    auto other = sqlite::Database::open(folder_ / "outbox.sqlite");
    ASSERT_TRUE(other->execute("PRAGMA user_version=99"));
  }
  const auto opened = Outbox::open(folder_ / "outbox.sqlite");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
}

TEST_F(OutboxFile, PuttingTheSameAgainChangesNothing) {
  auto outbox = open();
  ASSERT_TRUE(outbox->put(envelope(1)));
  const auto before = bytes();
  ASSERT_TRUE(outbox->put(envelope(1)));
  EXPECT_EQ(bytes(), before);
}

TEST_F(OutboxFile, PuttingOtherBytesUnderAKnownIdIsAConflict) {
  auto outbox = open();
  ASSERT_TRUE(outbox->put(envelope(1)));
  auto other = envelope(1);
  other.body[0] = 99;
  EXPECT_EQ(outbox->put(other).error().code, ErrorCode::conflict);
}

TEST_F(OutboxFile, EnvelopeLongerThanAgreedIsInvalid) {
  auto long_one = envelope(1);
  long_one.body.resize(8193);
  EXPECT_EQ(open()->put(long_one).error().code, ErrorCode::invalid);
}

TEST_F(OutboxFile, FullDiskRefusesAndHealsByItself) {
  auto outbox = open();
  has_room_ = false;
  EXPECT_EQ(outbox->state().value(), State::full);
  const auto refused = outbox->put(envelope(1));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().retry);
  has_room_ = true;
  EXPECT_TRUE(outbox->put(envelope(1)));
}

TEST_F(OutboxFile, StateSaysNoNumbers) {
  auto outbox = open();
  EXPECT_EQ(outbox->state().value(), State::empty);
  ASSERT_TRUE(outbox->put(envelope(1)));
  ASSERT_TRUE(outbox->let_go(envelope(1).inspection));
  EXPECT_EQ(outbox->state().value(), State::waiting);
  ASSERT_TRUE(outbox->quarantine(envelope(1).id, 422));
  EXPECT_EQ(outbox->state().value(), State::waiting);
  ASSERT_TRUE(outbox->remove(envelope(1).id, Leaving::sent));
  EXPECT_EQ(outbox->state().value(), State::empty);
}

TEST_F(OutboxFile, BatchIsOfOneInspectionAndNoLongerThanAsked) {
  auto outbox = open();
  for (std::uint8_t i = 0; i < 6; ++i) ASSERT_TRUE(outbox->put(envelope(i, i % 2 == 0 ? "croydon-2012" : "barnet")));
  const auto batch = outbox->draw_batch(2).value();
  ASSERT_EQ(batch.size(), 2U);
  EXPECT_EQ(batch[0].inspection, batch[1].inspection);
  std::set<std::string> inspections;
  for (int i = 0; i < 200; ++i) inspections.insert(outbox->draw_batch(1).value()[0].inspection);
  EXPECT_EQ(inspections.size(), 2U);
}

TEST_F(OutboxFile, EveryEnvelopeAndEveryOrderMayComeFirst) {
  auto outbox = open();
  for (std::uint8_t i = 0; i < 3; ++i) ASSERT_TRUE(outbox->put(envelope(i)));
  std::set<std::vector<Id>> orders;
  for (int i = 0; i < 300; ++i) {
    const auto batch = outbox->draw_batch(2).value();
    orders.insert({batch[0].id, batch[1].id});
  }
  EXPECT_EQ(orders.size(), 6U);
}

TEST_F(OutboxFile, QuarantinedIsKeptWithItsStatusAndNotDrawn) {
  auto outbox = open();
  ASSERT_TRUE(outbox->put(envelope(1)));
  ASSERT_TRUE(outbox->put(envelope(2)));
  ASSERT_TRUE(outbox->quarantine(envelope(1).id, 409));
  EXPECT_EQ(ids(outbox->draw_batch(50).value()), std::set<Id>{envelope(2).id});
  const auto kept = open()->quarantined().value();
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].status, 409);
}

TEST_F(OutboxFile, NoticeIsKeptUntilItIsTakenBack) {
  ASSERT_TRUE(open()->set_notice("collector_busy"));
  EXPECT_EQ(open()->notice().value(), "collector_busy");
  ASSERT_TRUE(open()->set_notice(""));
  EXPECT_EQ(open()->notice().value(), "");
}

}  // namespace
}  // namespace perspective::outbox
