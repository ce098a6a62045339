// The recovery key among several, and the end of all keys.
#include <gmock/gmock.h>

#include <fstream>

#include "base/file.h"
#include "keys/key_cabinet.h"
#include "keys/shares.h"
#include "support/cheap_keys.h"
#include "support/source_folder.h"
#include "unit/envelope/shell.h"

namespace perspective::keys {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr std::string_view kPassphrase = "four words for opening";
constexpr std::string_view kRecovery = "other words to recover";
constexpr std::string_view kFresh = "words nobody has lost";
constexpr std::int64_t kNow = 1'700'000'000;  // 2023-11-14
const std::vector<std::string> kHolders = {"Ann, Leeds", "Bob, York", "safe in London"};

class KeysOfAnInspection : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::create_directory(file(""));
    for (const char* name : {"inspection.key", "inspection.pem", "recovery.key", "recovery.pem", "copies.json"}) {
      fs::copy_file(fs::path(std::string(kSourceFolder) + "/tests/unit/keys/frozen") / name, file(name));
    }
    certificate_ = *read_text(file("recovery.pem"));
  }
  fs::path file(const std::string& name) const { return shell_.folder() / "keys/inspections/croydon" / name; }
  std::vector<SecretBytes> split() {
    auto texts = cabinet_.split_recovery("croydon", kRecovery, kHolders, 2, kNow);
    EXPECT_TRUE(texts) << (texts ? "" : texts.error().what);
    return *std::move(texts);
  }
  static std::vector<SecretBytes> some(const std::vector<SecretBytes>& texts, const std::vector<std::size_t>& numbers) {
    std::vector<SecretBytes> chosen;
    for (const std::size_t number : numbers) chosen.emplace_back(texts[number - 1].view());
    return chosen;
  }
  StillReadable readable() const { return still_readable(*cabinet_.copies("croydon")); }

  testing::Shell shell_;
  KeyCabinet cabinet_ = *KeyCabinet::open(shell_.folder() / "keys", kCheap);
  std::string certificate_;
};

TEST_F(KeysOfAnInspection, AreOpenedByTwoOfThreeHolders) {
  const auto texts = split();
  EXPECT_TRUE(KeyCabinet::open_shares("croydon", some(texts, {3, 1}), certificate_));
  EXPECT_EQ(KeyCabinet::open_shares("croydon", some(texts, {2}), certificate_).error().code, ErrorCode::conflict);
  EXPECT_THAT(KeyCabinet::open_shares("leeds", some(texts, {3, 1}), certificate_).error().what,
              HasSubstr("shares of inspection 'croydon'"));
  const auto other = *read_text(file("inspection.pem"));
  EXPECT_THAT(KeyCabinet::open_shares("croydon", some(texts, {3, 1}), other).error().what,
              HasSubstr("another key than the recovery key"));
}

TEST_F(KeysOfAnInspection, AreNotSplitByAWrongPassphraseNorAmongOne) {
  EXPECT_EQ(cabinet_.split_recovery("croydon", "no such passphrase", kHolders, 2, kNow).error().code,
            ErrorCode::refused);
  EXPECT_EQ(cabinet_.split_recovery("croydon", kRecovery, {"Ann"}, 1, kNow).error().code, ErrorCode::invalid);
  EXPECT_EQ(cabinet_.copies("croydon")->copies.size(), 2U);
}

TEST_F(KeysOfAnInspection, HaveEachShareOnTheListOfCopies) {
  split();
  const auto list = *cabinet_.copies("croydon");
  ASSERT_EQ(list.copies.size(), 5U);
  EXPECT_EQ(list.copies[3].place, "Bob, York");
  EXPECT_EQ(list.copies[3].half, Half::recovery);
  EXPECT_EQ(list.copies[3].share->number, 2);
  EXPECT_EQ(list.copies[3].share->needed, 2);
}

TEST_F(KeysOfAnInspection, ComeBackUnderANewPassphraseWhenTheOldOneIsLost) {
  const auto texts = split();
  const auto restored = cabinet_.restore_recovery("croydon", some(texts, {2, 3}), certificate_, kFresh, kNow);
  ASSERT_TRUE(restored) << restored.error().what;
  EXPECT_TRUE(cabinet_.unlock("croydon", Half::recovery, kFresh));
  EXPECT_FALSE(cabinet_.unlock("croydon", Half::recovery, kRecovery));
  EXPECT_EQ(cabinet_.copies("croydon")->copies.size(), 5U) << "nothing new is there";
}

TEST_F(KeysOfAnInspection, ComeBackUnderANewPassphraseWhileCopiesElsewhereKeepTheLostOne) {
  const auto texts = split();
  ASSERT_TRUE(cabinet_.register_copy("croydon", {Half::recovery, "safe of the Leeds office", "2023-11-01"}));
  ASSERT_TRUE(cabinet_.register_copy("croydon", {Half::inspection, "laptop", "2023-11-01"}));
  ASSERT_TRUE(cabinet_.restore_recovery("croydon", some(texts, {2, 3}), certificate_, kFresh, kNow));
  const auto copies = cabinet_.copies("croydon")->copies;
  for (const auto& copy : copies) {
    EXPECT_EQ(copy.passphrase_until, copy.place == "safe of the Leeds office" ? "2023-11-14" : "") << copy.place;
  }
}

TEST_F(KeysOfAnInspection, ComeBackWhereTheirFolderWasLostWithAllThatIsKnownOfCopies) {
  const auto texts = split();
  fs::remove_all(file(""));
  ASSERT_TRUE(cabinet_.restore_recovery("croydon", some(texts, {1, 2}), certificate_, kFresh, kNow));
  EXPECT_TRUE(cabinet_.unlock("croydon", Half::recovery, kFresh));
  EXPECT_EQ(cabinet_.copies("croydon")->copies.size(), 4U) << "the key that is back, and all three holders";
}

TEST_F(KeysOfAnInspection, ComeBackAfterTheyWereDestroyedHereAndAreOnTheListAgain) {
  const auto texts = split();
  ASSERT_TRUE(cabinet_.destroy("croydon", kNow));
  ASSERT_TRUE(cabinet_.restore_recovery("croydon", some(texts, {1, 2}), certificate_, kFresh, kNow));
  EXPECT_THAT(readable().places, ElementsAre("recovery.key"));
  EXPECT_FALSE(readable().by_nobody());
}

TEST_F(KeysOfAnInspection, AreSplitAgainWithoutTakingTheFirstSharesOffTheList) {
  split();
  split();
  EXPECT_EQ(cabinet_.copies("croydon")->copies.size(), 8U);
}

TEST_F(KeysOfAnInspection, DoNotComeBackWhereNothingCanBeWritten) {
  const auto texts = split();
  const auto restored = [&] {
    return cabinet_.restore_recovery("croydon", some(texts, {1, 2}), certificate_, kFresh, kNow);
  };
  fs::create_directory(file("recovery.pem.new"));
  EXPECT_EQ(restored().error().code, ErrorCode::io);
  std::ofstream(file("copies.json")) << "{}";
  EXPECT_EQ(restored().error().code, ErrorCode::corrupt);
  EXPECT_EQ(cabinet_.split_recovery("croydon", kRecovery, kHolders, 2, kNow).error().code, ErrorCode::corrupt);
  fs::remove(file("inspection.pem"));
  EXPECT_EQ(cabinet_.split_recovery("croydon", kRecovery, kHolders, 2, kNow).error().code, ErrorCode::not_found);
  EXPECT_TRUE(cabinet_.unlock("croydon", Half::recovery, kRecovery)) << "as it was";
}

TEST_F(KeysOfAnInspection, DoNotComeBackFromSharesThatOpenNothing) {
  const ShareSet set{"croydon", "0a1b2c3d", 2, kHolders,
                     "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n"};
  const auto texts = *perspective::keys::split(set, draw_shared_passphrase());
  EXPECT_THAT(KeyCabinet::open_shares("croydon", texts, certificate_).error().what, HasSubstr("do not open their key"));
  EXPECT_FALSE(KeyCabinet::open_shares("croydon", texts, "no certificate"));
  EXPECT_FALSE(cabinet_.restore_recovery("croydon", texts, certificate_, kFresh, kNow));
  EXPECT_EQ(cabinet_.restore_recovery("croydon", {}, certificate_, kFresh, kNow).error().code, ErrorCode::conflict);
  EXPECT_TRUE(cabinet_.unlock("croydon", Half::recovery, kRecovery));
}

TEST_F(KeysOfAnInspection, DoNotComeBackUnderAPassphraseThatIsTooShort) {
  const auto texts = split();
  const auto restored = cabinet_.restore_recovery("croydon", some(texts, {1, 2}), certificate_, "short", kNow);
  EXPECT_THAT(restored.error().what, HasSubstr("too short"));
  EXPECT_TRUE(cabinet_.unlock("croydon", Half::recovery, kRecovery));
}

TEST_F(KeysOfAnInspection, AreOverwrittenAndGoneOnceDestroyed) {
  fs::create_hard_link(file("inspection.key"), shell_.folder() / "same-blocks");
  std::ofstream(file("recovery.key.new")) << "half written when the power went";
  ASSERT_TRUE(cabinet_.destroy("croydon", kNow));
  for (const char* name : {"inspection.key", "recovery.key", "recovery.key.new"}) EXPECT_FALSE(fs::exists(file(name)));
  EXPECT_EQ(read_text(shell_.folder() / "same-blocks")->find_first_not_of('\0'), std::string::npos);
  EXPECT_TRUE(cabinet_.certificates("croydon")) << "what is public stays";
  const auto key = cabinet_.unlock("croydon", Half::inspection, kPassphrase);
  EXPECT_EQ(key.error().what, "the inspection key of inspection 'croydon' was destroyed here on 2023-11-14");
}

TEST_F(KeysOfAnInspection, AreUnreadableOnlyWhenEveryCopyIsDestroyed) {
  split();
  ASSERT_TRUE(cabinet_.register_copy("croydon", {Half::inspection, "USB stick of Eve", "2023-11-14"}));
  EXPECT_THAT(readable().places, ElementsAre("inspection.key", "recovery.key", "USB stick of Eve"));
  ASSERT_TRUE(cabinet_.destroy("croydon", kNow));
  EXPECT_THAT(readable().places, ElementsAre("USB stick of Eve"));
  ASSERT_EQ(readable().holders.size(), 1U);
  EXPECT_THAT(readable().holders[0].places, ElementsAre("Ann, Leeds", "Bob, York", "safe in London"));
  ASSERT_TRUE(cabinet_.confirm_destroyed("croydon", 6, kNow));
  ASSERT_TRUE(cabinet_.confirm_destroyed("croydon", 3, kNow));
  EXPECT_FALSE(readable().by_nobody()) << "two of three are still enough";
  ASSERT_TRUE(cabinet_.confirm_destroyed("croydon", 5, kNow));
  EXPECT_TRUE(readable().by_nobody()) << "one share alone opens nothing";
}

TEST_F(KeysOfAnInspection, AreDestroyedAgainAfterThePowerWentInTheMiddle) {
  fs::remove(file("inspection.key"));
  ASSERT_TRUE(cabinet_.destroy("croydon", kNow));
  ASSERT_TRUE(cabinet_.destroy("croydon", kNow + 86400 * 3)) << "done already";
  EXPECT_EQ(cabinet_.copies("croydon")->copies[1].destroyed, "2023-11-14");
  EXPECT_THAT(readable().places, IsEmpty());
}

TEST_F(KeysOfAnInspection, AreNotSaidToBeDestroyedWhileTheyLieHere) {
  const auto said = cabinet_.confirm_destroyed("croydon", 1, kNow);
  EXPECT_THAT(said.error().what, HasSubstr("`inspection destroy croydon` destroys it"));
  EXPECT_EQ(cabinet_.confirm_destroyed("croydon", 3, kNow).error().code, ErrorCode::not_found);
  EXPECT_EQ(cabinet_.confirm_destroyed("croydon", 0, kNow).error().code, ErrorCode::not_found);
  EXPECT_EQ(cabinet_.register_copy("croydon", {Half::recovery, "", "2023-11-14"}).error().code, ErrorCode::invalid);
  EXPECT_EQ(cabinet_.register_copy("croydon", {Half::recovery, "recovery.key", "2023-11-14"}).error().code,
            ErrorCode::invalid);
}

class KeysAtTwoCollectors : public KeysOfAnInspection {
 protected:
  std::vector<KeyFile> copy() { return *cabinet_.copy_of("croydon", "collector b", kNow); }
  Result<void> take(const std::vector<KeyFile>& files) {
    return there_.take("croydon", files, {*read_text(file("inspection.pem")), certificate_}, kNow);
  }
  std::vector<std::string> places_there() const { return still_readable(*there_.copies("croydon")).places; }
  KeyCabinet there_ = *KeyCabinet::open(shell_.folder() / "b", kCheap);
};

TEST_F(KeysAtTwoCollectors, AreNotDestroyedAtTheOneByBeingDestroyedAtTheOther) {
  ASSERT_TRUE(take(copy()));
  EXPECT_THAT(places_there().front(), StartsWith("collector on ")) << "which machine that is";
  ASSERT_TRUE(there_.unlock("croydon", Half::inspection, kPassphrase));
  ASSERT_TRUE(there_.destroy("croydon", kNow));
  EXPECT_FALSE(there_.unlock("croydon", Half::inspection, kPassphrase));
  EXPECT_TRUE(cabinet_.unlock("croydon", Half::inspection, kPassphrase));
  EXPECT_THAT(places_there(), ElementsAre(HasSubstr(": inspection.key"), HasSubstr(": recovery.key"), "collector b",
                                          HasSubstr("whatever its own list has that is newer")));
  for (const std::size_t number : {1U, 2U, 3U}) ASSERT_TRUE(there_.confirm_destroyed("croydon", number, kNow));
  EXPECT_EQ(places_there().size(), 1U) << "a share that was made there since is on no list here";
  ASSERT_TRUE(there_.confirm_destroyed("croydon", 4, kNow));
  EXPECT_THAT(places_there(), IsEmpty()) << "somebody says so";
}

TEST_F(KeysAtTwoCollectors, AreListedOnceHoweverOftenTheyAreTaken) {
  const auto files = copy();
  ASSERT_TRUE(take(files));
  const auto once = to_json(*there_.copies("croydon"));
  ASSERT_TRUE(take(files));
  EXPECT_EQ(to_json(*there_.copies("croydon")), once);
  ASSERT_TRUE(there_.destroy("croydon", kNow));
  ASSERT_TRUE(take(files));
  EXPECT_EQ(places_there().back(), "inspection.key") << "it lies here again";
}

TEST_F(KeysAtTwoCollectors, AreListedOnceWithWhatEitherListKnowsOfACopy) {
  ASSERT_TRUE(cabinet_.register_copy("croydon", {Half::inspection, "USB stick of Eve", "2023-11-01"}));
  ASSERT_TRUE(take(copy()));
  const auto places = places_there();
  const auto eves = std::ranges::find(places, "USB stick of Eve") - places.begin();
  ASSERT_TRUE(there_.confirm_destroyed("croydon", static_cast<std::size_t>(eves) + 1, kNow));
  constexpr std::int64_t kNextDay = kNow + 86'400;
  ASSERT_TRUE(take(*cabinet_.copy_of("croydon", "collector b", kNextDay)));
  EXPECT_THAT(places_there(),
              ElementsAre(HasSubstr(": inspection.key"), HasSubstr(": recovery.key"), "collector b", "collector b",
                          HasSubstr("whatever its own list has that is newer"), "inspection.key"));
  EXPECT_EQ(there_.copies("croydon")->copies[5].since, "2023-11-15") << "what is newer than the list of that day";
}

TEST_F(KeysAtTwoCollectors, AreKnownByAListOfAnEarlierVersionToo) {
  const auto files = copy();
  ASSERT_TRUE(take(files));
  const fs::path list = shell_.folder() / "b/inspections/croydon/copies.json";
  fs::copy_file(file("copies.json"), list, fs::copy_options::overwrite_existing);  // as it was taken in before
  ASSERT_TRUE(there_.destroy("croydon", kNow));
  EXPECT_THAT(places_there(), ElementsAre(HasSubstr(": recovery.key"), "collector b")) << "it never lay there";
}

TEST_F(KeysAtTwoCollectors, AreThoseOfALostHostTooOnceACopyTookItsPlace) {
  const fs::path fresh = shell_.folder() / "fresh";
  const auto files = *cabinet_.copy_all("stick", kNow);
  for (const auto& each : files) {
    ASSERT_TRUE(make_private_directory((fresh / each.name).parent_path()));
    ASSERT_TRUE(write_file(fresh / each.name, each.content.view()));
  }
  auto restored = *KeyCabinet::open(fresh);
  ASSERT_TRUE(restored.note_restored(kNow));
  ASSERT_TRUE(restored.destroy("croydon", kNow));
  EXPECT_THAT(still_readable(*restored.copies("croydon")).places,
              ElementsAre(HasSubstr(": inspection.key"), HasSubstr(": recovery.key"), "stick", "stick",
                          HasSubstr("whatever its own list has that is newer")));
}

TEST_F(KeysAtTwoCollectors, AreListedWhereTheyLieThoughTheyDoNotComeAlong) {
  ASSERT_TRUE(cabinet_.take("croydon", copy(), {*read_text(file("inspection.pem")), certificate_}, kNow));
  EXPECT_THAT(readable().places, ::testing::Contains("recovery.key")) << "it lies here, and no copy has it";
}

TEST_F(KeysOfAnInspection, AreNotMarkedAsRestoredWhereTheListIsBrokenOrOneHalfIsElsewhere) {
  fs::remove(file("recovery.key"));
  ASSERT_TRUE(cabinet_.note_restored(kNow));
  EXPECT_THAT(readable().places, ::testing::Contains("inspection.key"));
  EXPECT_THAT(readable().places, ::testing::Not(::testing::Contains("recovery.key")));
  ASSERT_TRUE(write_over(file("copies.json"), as_bytes(std::string_view("{"))));
  EXPECT_EQ(cabinet_.note_restored(kNow).error().code, ErrorCode::corrupt);
}

TEST_F(KeysOfAnInspection, AreNotDestroyedWhereOneHalfWasPutElsewhere) {
  split();
  ASSERT_TRUE(cabinet_.destroy("croydon", kNow));
  fs::copy_file(fs::path(std::string(kSourceFolder) + "/tests/unit/keys/frozen/inspection.key"),
                file("inspection.key"));
  ASSERT_TRUE(cabinet_.register_copy("croydon", {Half::inspection, "stick", "2023-11-14"}));
  ASSERT_TRUE(cabinet_.destroy("croydon", kNow));
  EXPECT_THAT(readable().places, ::testing::Not(::testing::Contains(HasSubstr("recovery.key"))))
      << "that one was destroyed here, and a share is none";
}

TEST_F(KeysOfAnInspection, HaveTwoPassphrasesThatAreNotTheSame) {
  const auto changed = cabinet_.change_passphrase("croydon", Half::recovery, kRecovery, kPassphrase, kNow);
  EXPECT_THAT(changed.error().what, HasSubstr("that of the inspection key"));
}

TEST_F(KeysOfAnInspection, LeaveNothingWhereTheyWereNeverUsedAndAreDiscarded) {
  EXPECT_FALSE(cabinet_.discard("../croydon"));
  ASSERT_TRUE(cabinet_.discard("croydon"));
  EXPECT_FALSE(fs::exists(file("")));
  EXPECT_TRUE(cabinet_.discard("croydon")) << "they are not there";
}

TEST_F(KeysOfAnInspection, RememberTheDayOfTheLastRehearsal) {
  EXPECT_EQ(cabinet_.copies("croydon")->rehearsed, "");
  ASSERT_TRUE(cabinet_.note_rehearsal("croydon", kNow));
  EXPECT_EQ(cabinet_.copies("croydon")->rehearsed, "2023-11-14");
}

}  // namespace
}  // namespace perspective::keys
