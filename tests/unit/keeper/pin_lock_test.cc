#include "keeper/pin_lock.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <set>

#include "base/file.h"
#include "base/random.h"

namespace perspective::keeper {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class PinOfAKiosk : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(folder_);
    ASSERT_TRUE(PinLock::set(folder_, as_bytes(kRight)));
    restart();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void restart() { lock_.emplace(PinLock::open(folder_, now_).value()); }
  PinLock::Verdict type(std::string_view pin) { return lock_->judge(as_bytes(pin), now_); }
  void type_wrong(int times) {
    for (int i = 0; i < times; ++i) EXPECT_FALSE(type("000001").is_right);
  }
  std::string text_of(const std::string& name) const { return read_text(folder_ / name).value_or(""); }
  std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) names.insert(entry.path().filename());
    return names;
  }
  struct stat stat_of(const std::string& name) const {
    struct stat facts {};
    EXPECT_EQ(::stat((folder_ / name).c_str(), &facts), 0);
    return facts;
  }

  static constexpr std::string_view kRight = "482907";
  std::filesystem::path folder_ = std::filesystem::temp_directory_path() / ("pin-" + to_hex(random_bytes(8)));
  PinLock::Time now_ = PinLock::Time{} + std::chrono::hours(100);
  std::optional<PinLock> lock_;
};

TEST_F(PinOfAKiosk, OpensWhenItIsRight) { EXPECT_TRUE(type(kRight).is_right); }

TEST_F(PinOfAKiosk, StaysClosedForEveryOther) {
  for (const auto* other : {"482906", "48290", "4829070", "", "709284"}) {
    restart();
    EXPECT_FALSE(type(other).is_right) << other;
  }
}

TEST_F(PinOfAKiosk, IsKeptOnlyAsASaltedHash) {
  const auto first = text_of("pin");
  EXPECT_EQ(first.find(kRight), std::string::npos);
  EXPECT_EQ(stat_of("pin").st_mode & 0777U, 0600U);
  ASSERT_TRUE(PinLock::set(folder_, as_bytes(kRight)));
  EXPECT_NE(text_of("pin"), first) << "the same salt for the same PIN";
}

TEST_F(PinOfAKiosk, LocksAtTheFifthWrongOneForAMinute) {
  type_wrong(4);
  EXPECT_TRUE(type(kRight).is_right) << "four do not lock";
  type_wrong(4);
  EXPECT_EQ(type("000001").locked, minutes(1));
}

TEST_F(PinOfAKiosk, LockedLooksAtNoneNotEvenTheRightOne) {
  type_wrong(5);
  now_ += seconds(59);
  EXPECT_FALSE(type(kRight).is_right);
  EXPECT_EQ(type(kRight).locked, seconds(1));
  now_ += seconds(1);
  EXPECT_TRUE(type(kRight).is_right);
}

TEST_F(PinOfAKiosk, WrongAgainIsLockedTwiceAsLongEachTimeUpToAnHour) {
  type_wrong(5);
  for (const auto expected : {minutes(2), minutes(4), minutes(8), minutes(16), minutes(32), minutes(60), minutes(60)}) {
    now_ += std::chrono::hours(2);
    EXPECT_EQ(type("000001").locked, expected);
  }
}

TEST_F(PinOfAKiosk, TryingWhileLockedDoesNotLengthenTheLock) {
  type_wrong(5);
  type_wrong(20);
  now_ += minutes(1);
  EXPECT_TRUE(type(kRight).is_right);
}

TEST_F(PinOfAKiosk, RestartForgivesNoWrongOne) {
  type_wrong(4);
  restart();
  EXPECT_EQ(type("000001").locked, minutes(1));
}

TEST_F(PinOfAKiosk, RestartDuringALockBeginsItAnew) {
  type_wrong(6 - 1);
  now_ += seconds(50);
  restart();
  EXPECT_EQ(type(kRight).locked, minutes(1));
  now_ += minutes(1);
  EXPECT_TRUE(type(kRight).is_right);
}

TEST_F(PinOfAKiosk, RightOneForgivesTheWrongOnesBeforeIt) {
  type_wrong(4);
  EXPECT_TRUE(type(kRight).is_right);
  restart();
  type_wrong(4);
  EXPECT_TRUE(type(kRight).is_right);
}

// Who copies the disk before and after a visit must not see that one began.
TEST_F(PinOfAKiosk, RightOneWritesNothing) {
  const auto before = stat_of("pin");
  EXPECT_TRUE(type(kRight).is_right);
  const auto after = stat_of("pin");
  EXPECT_EQ(files(), std::set<std::string>{"pin"});
  EXPECT_EQ(after.st_ino, before.st_ino);
  EXPECT_EQ(after.st_ctim.tv_nsec, before.st_ctim.tv_nsec);
}

TEST_F(PinOfAKiosk, FilesOfItHaveNoDateAndTheWrongOnesNoTime) {
  type_wrong(5);
  EXPECT_EQ(text_of("pin-wrong"), "5\n");
  for (const auto* name : {"pin", "pin-wrong"}) EXPECT_EQ(stat_of(name).st_mtim.tv_sec, 0) << name;
}

TEST_F(PinOfAKiosk, SetAnewForgivesTheWrongOnes) {
  type_wrong(5);
  ASSERT_TRUE(PinLock::set(folder_, as_bytes("730195")));
  restart();
  EXPECT_TRUE(type("730195").is_right);
  EXPECT_FALSE(type(kRight).is_right);
}

TEST_F(PinOfAKiosk, DamagedOpensForNobody) {
  for (const auto* spoilt : {"", "{}", "482907", R"({"scrypt": {"n": 3, "r": 8, "p": 1}, "salt": "00", "hash": "00"})",
                             R"({"scrypt": {"n": 1099511627776, "r": 8, "p": 1},
                                 "salt": "00112233445566778899aabbccddeeff", "hash": "00"})"}) {
    ASSERT_TRUE(write_file(folder_ / "pin", as_bytes(spoilt)));
    EXPECT_TRUE(PinLock::is_set(folder_));
    const auto opened = PinLock::open(folder_, now_);
    ASSERT_FALSE(opened) << spoilt;
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt) << spoilt;
    EXPECT_EQ(opened.error().what.find("4829"), std::string::npos);
  }
}

TEST(PinThatIsUnfit, IsRefusedAndTheReasonDoesNotRepeatIt) {
  const auto folder = std::filesystem::temp_directory_path() / ("pin-" + to_hex(random_bytes(8)));
  std::filesystem::create_directory(folder);
  for (const auto* unfit : {"12345", "1234567890123", "12345a", "111111", "123456", "654321", "890123", "121212",
                            "123123", "99999999", "48290 "}) {
    const auto set = PinLock::set(folder, as_bytes(unfit));
    ASSERT_FALSE(set) << unfit;
    EXPECT_EQ(set.error().code, ErrorCode::invalid);
    EXPECT_EQ(set.error().what.find(unfit), std::string::npos) << set.error().what;
    EXPECT_FALSE(PinLock::is_set(folder));
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace perspective::keeper
