// A disk that others fill while somebody answers: what was allowed to start can be kept.
#include <gtest/gtest.h>

#include <memory>
#include <set>

#include "outbox/outbox.h"
#include "outbox/reserve.h"
#include "small_disk.h"

namespace perspective::outbox {
namespace {

class FullDisk : public ::testing::Test {
 protected:
  void SetUp() override {
    disk_ = std::make_unique<SmallDisk>();
    if (!disk_->is_there()) GTEST_SKIP() << "this system lets nobody mount a small disk";
  }

  static Envelope envelope(std::uint8_t number) {
    Envelope made{{}, "croydon-2012", Bytes(kEnvelopeBytes, number)};
    made.id.fill(number);
    return made;
  }

  void open() {
    outbox_.reset();
    Options options;
    options.envelope_bytes = kEnvelopeBytes;
    outbox_ = Outbox::open(disk_->folder() / "outbox.sqlite", options).value();
  }
  bool may_start_a_visit() { return outbox_->state().value() != State::full; }
  void put(std::uint8_t number) { ASSERT_TRUE(outbox_->put(envelope(number))) << int{number}; }
  std::set<Id> waiting() {
    std::set<Id> ids;
    const auto batch = outbox_->draw_batch(50).value();
    for (const auto& one : batch) ids.insert(one.id);
    return ids;
  }
  // Of the file, by a reader that knows nothing of the outbox: 0 after a compaction.
  std::int64_t unused_pages() {
    auto reader = sqlite::Database::open(disk_->folder() / "outbox.sqlite").value();
    auto pages = reader.prepare("PRAGMA freelist_count").value();
    return pages.step().value() ? pages.integer(0) : -1;
  }

  static constexpr std::size_t kEnvelopeBytes = 27 * 1024;
  std::unique_ptr<SmallDisk> disk_;
  std::unique_ptr<Outbox> outbox_;
};

TEST_F(FullDisk, PutSucceedsWhenOthersHaveTakenTheLastByteSinceTheVisitStarted) {
  open();
  ASSERT_TRUE(may_start_a_visit());
  disk_->fill();
  ASSERT_LT(disk_->free_bytes(), 4096U);
  put(1);
  open();
  EXPECT_EQ(waiting(), std::set<Id>{envelope(1).id});
}

// Wherever the room runs out, and however much waits already.
TEST_F(FullDisk, WhatWasAllowedToStartIsKeptForEveryAmountOfRoom) {
  int started = 0;
  int refused = 0;
  for (const auto queued : std::initializer_list<std::uint8_t>{0, 1, 7, 20}) {
    for (std::uint64_t left = 0; left <= 2 * queued * kEnvelopeBytes + 512 * 1024; left += 32 * 1024) {
      std::filesystem::remove(disk_->folder() / "outbox.sqlite");
      open();
      for (std::uint8_t number = 1; number <= queued; ++number) put(number);
      outbox_.reset();
      std::filesystem::remove(disk_->folder() / "outbox.sqlite-journal");  // and with it the room that it held
      disk_->fill_up_to(left);
      open();
      if (may_start_a_visit()) {
        disk_->fill();
        put(100);
        EXPECT_EQ(unused_pages(), 0) << "not compacted";
        EXPECT_EQ(waiting().size(), queued + 1U);
        ++started;
      } else {
        EXPECT_FALSE(outbox_->put(envelope(100)));
        EXPECT_EQ(waiting().size(), queued);
        ++refused;
      }
      disk_->others_leave();
    }
  }
  EXPECT_GT(started, 20);
  EXPECT_GT(refused, 20);
}

TEST_F(FullDisk, RemovalsAndNoticesInBetweenDoNotCostTheRoom) {
  open();
  for (std::uint8_t number = 1; number <= 5; ++number) put(number);
  ASSERT_TRUE(may_start_a_visit());
  disk_->fill();
  ASSERT_TRUE(outbox_->set_notice("collector_unreachable"));
  ASSERT_TRUE(outbox_->remove(envelope(2).id, Leaving::sent));
  ASSERT_TRUE(outbox_->quarantine(envelope(3).id, 422));
  disk_->fill();
  put(6);
  EXPECT_EQ(waiting().size(), 4U);
}

TEST_F(FullDisk, NextVisitIsRefusedUntilThereIsRoomAgain) {
  open();
  disk_->fill();
  put(1);
  EXPECT_FALSE(may_start_a_visit());
  EXPECT_TRUE(outbox_->is_sound());
  const auto refused = outbox_->put(envelope(2));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::refused);
  disk_->others_leave();
  EXPECT_TRUE(may_start_a_visit());
  put(2);
}

TEST_F(FullDisk, SendingMakesRoomOnADiskThatOthersKeepFull) {
  open();
  put(1);
  put(2);
  disk_->fill();
  put(3);
  ASSERT_FALSE(may_start_a_visit());
  for (std::uint8_t number = 1; number <= 3; ++number) ASSERT_TRUE(outbox_->remove(envelope(number).id, Leaving::sent));
  EXPECT_TRUE(may_start_a_visit());
}

// Who grabs what an insertion gives up before the compaction takes it again: the envelope is safe, the rest is made up.
TEST_F(FullDisk, CompactionThatFoundNoRoomIsMadeUpForLater) {
  Options options;
  options.envelope_bytes = kEnvelopeBytes;
  options.reserve = [](const auto&, auto) { return true; };
  outbox_ = Outbox::open(disk_->folder() / "outbox.sqlite", options).value();
  for (std::uint8_t number = 1; number <= 20; ++number) put(number);
  ASSERT_TRUE(outbox_->remove(envelope(1).id, Leaving::sent));
  disk_->fill_up_to(200 * 1024);
  ASSERT_TRUE(outbox_->remove(envelope(2).id, Leaving::sent));
  EXPECT_GT(unused_pages(), 0);
  EXPECT_FALSE(may_start_a_visit());
  disk_->others_leave();
  EXPECT_TRUE(may_start_a_visit());
  EXPECT_EQ(unused_pages(), 0);
}

TEST_F(FullDisk, RefusingTakesNothingOfWhatIsLeft) {
  open();
  outbox_.reset();
  std::filesystem::remove(disk_->folder() / "outbox.sqlite-journal");
  disk_->fill_up_to(64 * 1024);
  const auto left = disk_->free_bytes();
  EXPECT_FALSE(reserve(disk_->folder() / "one", 65 * 1024));
  EXPECT_EQ(disk_->free_bytes(), left);
}

TEST_F(FullDisk, RoomThatIsHeldIsSeenByAGuestAndNotTakenTwice) {
  open();
  ASSERT_TRUE(may_start_a_visit());
  disk_->fill();
  Options options;
  options.envelope_bytes = kEnvelopeBytes;
  options.is_guest = true;
  EXPECT_EQ(Outbox::open(disk_->folder() / "outbox.sqlite", options).value()->state().value(), State::empty);
  put(1);
}

}  // namespace
}  // namespace perspective::outbox
