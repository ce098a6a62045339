#include "keys/key_cabinet.h"

#include <gmock/gmock.h>

#include "base/file.h"
#include "support/cheap_keys.h"
#include "support/source_folder.h"
#include "unit/envelope/shell.h"

namespace perspective::keys {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kPassphrase = "four words for opening";
constexpr std::string_view kRecovery = "other words to recover";
constexpr std::int64_t kNow = 1'700'000'000;  // 2023-11-14

class AKeyCabinet : public ::testing::Test {
 protected:
  fs::path folder() const { return shell_.folder() / "keys"; }
  fs::path file(const std::string& name) const { return folder() / "inspections/croydon" / name; }
  // Files of an earlier day (frozen/): making and trying new ones takes over a second.
  void lay_out() const {
    fs::create_directory(file(""));
    for (const char* name : {"inspection.key", "inspection.pem", "recovery.key", "recovery.pem", "copies.json"}) {
      fs::copy_file(frozen(name), file(name));
    }
  }
  static fs::path frozen(const std::string& name) {
    return fs::path(std::string(kSourceFolder) + "/tests/unit/keys/frozen") / name;
  }
  Certificates make(const std::string& id = "croydon") {
    const auto made = cabinet_.make_inspection(id, kPassphrase, kRecovery, kNow);
    EXPECT_TRUE(made) << (made ? "" : made.error().what);
    return *made;
  }
  Bytes sealed_to(const Certificates& certificates, std::string_view text) const {
    return *envelope::seal(as_bytes(text), 64, *envelope::Recipient::parse(certificates.inspection),
                           *envelope::Recipient::parse(certificates.recovery));
  }
  void change_byte(const fs::path& path, std::size_t at) const {
    std::fstream stream(path, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put('~');
  }
  testing::Shell shell_;
  KeyCabinet cabinet_ = *KeyCabinet::open(folder(), kCheap);
};

TEST_F(AKeyCabinet, UnlocksBothHalvesOfAnInspectionEachWithItsOwnPassphrase) {
  const Bytes sealed = sealed_to(make(), "hello");
  const auto inspection = cabinet_.unlock("croydon", Half::inspection, kPassphrase);
  const auto recovery = cabinet_.unlock("croydon", Half::recovery, kRecovery);
  ASSERT_TRUE(inspection && recovery);
  EXPECT_THAT(std::string(envelope::open(sealed, *inspection)->text()), HasSubstr("hello"));
  EXPECT_THAT(std::string(envelope::open(sealed, *recovery)->text()), HasSubstr("hello"));
}

TEST_F(AKeyCabinet, OpensUnderANewPassphraseWhatWasSealedBeforeAndNoMoreUnderTheOld) {
  const Bytes sealed = sealed_to(make(), "hello");
  for (const auto& [half, before] : {std::pair{Half::inspection, kPassphrase}, {Half::recovery, kRecovery}}) {
    const std::string after = std::string(before) + ", changed";
    ASSERT_TRUE(cabinet_.change_passphrase("croydon", half, before, after, kNow));
    const auto refused = cabinet_.unlock("croydon", half, before);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::refused);
    const auto key = cabinet_.unlock("croydon", half, after);
    ASSERT_TRUE(key);
    EXPECT_THAT(std::string(envelope::open(sealed, *key)->text()), HasSubstr("hello"));
  }
}

TEST_F(AKeyCabinet, LeavesAKeyAsItWasWhereTheChangeIsRefused) {
  lay_out();
  const auto before = read_text(file("inspection.key")).value();
  const std::string another = "another, twelve and more";
  for (const auto& [old_one, new_one] : {std::pair{another, another + "!"},
                                         {std::string(kPassphrase), std::string("eleven char")},
                                         {std::string(kPassphrase), std::string(kPassphrase)},
                                         {std::string(kPassphrase), std::string(kRecovery)}}) {
    const auto refused = cabinet_.change_passphrase("croydon", Half::inspection, old_one, new_one, kNow);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::refused);
    EXPECT_THAT(refused.error().what, Not(HasSubstr(new_one)));
  }
  EXPECT_EQ(read_text(file("inspection.key")).value(), before);
}

TEST_F(AKeyCabinet, OverwritesTheFileThatTheOldPassphraseOpened) {
  lay_out();
  const auto kept = shell_.folder() / "the same bytes of the disk";
  fs::create_hard_link(file("inspection.key"), kept);
  const auto size = fs::file_size(kept);
  ASSERT_TRUE(cabinet_.change_passphrase("croydon", Half::inspection, kPassphrase, "four others from now on", kNow));
  EXPECT_EQ(read_text(kept).value(), std::string(size, '\0'));
}

TEST_F(AKeyCabinet, SaysOfEachCopyThatKeepsThePassphraseOfBefore) {
  lay_out();
  const auto add = [&](RegisteredCopy copy) { ASSERT_TRUE(cabinet_.register_copy("croydon", std::move(copy))); };
  add({Half::inspection, "laptop of Eve", "2023-11-01"});
  add({Half::inspection, "stick of Adam", "2023-11-01", "2023-11-02"});
  add({Half::recovery, "safe in London", "2023-11-01"});
  add({Half::recovery, "Ann Lee", "2023-11-01", {}, RegisteredCopy::Share{"8b03af73", 1, 2}});
  const auto until = [&] {
    const auto list = *cabinet_.copies("croydon");
    std::vector<std::string> days;
    for (const auto& copy : list.copies) days.push_back(copy.passphrase_until);
    return days;
  };
  constexpr std::int64_t kDayS = 86'400;
  ASSERT_TRUE(cabinet_.change_passphrase("croydon", Half::inspection, kPassphrase, "four others from now on", kNow));
  EXPECT_EQ(until(), (std::vector<std::string>{"", "", "2023-11-14", "", "", ""}));
  // Once more: the copy's passphrase is that of two before.
  ASSERT_TRUE(
      cabinet_.change_passphrase("croydon", Half::inspection, "four others from now on", kPassphrase, kNow + kDayS));
  ASSERT_TRUE(cabinet_.change_passphrase("croydon", Half::recovery, kRecovery, "four to recover from now on", kNow));
  EXPECT_EQ(until(), (std::vector<std::string>{"", "", "2023-11-14", "", "2023-11-14", ""}));
}

TEST_F(AKeyCabinet, OpensWhatWasSealedAndLockedByTheFirstVersion) {
  lay_out();
  const auto key = cabinet_.unlock("croydon", Half::recovery, kRecovery);
  ASSERT_TRUE(key) << key.error().what;
  const auto opened = envelope::open(*read_file(frozen("envelope")), *key);
  const auto submission = read_text(frozen("submission"));
  EXPECT_EQ(opened->text(), *submission + std::string(1024 - submission->size(), ' '));
}

TEST_F(AKeyCabinet, RefusesAWrongPassphraseWithAdviceAndDoesNotRepeatIt) {
  lay_out();
  const auto key = cabinet_.unlock("croydon", Half::inspection, "a wrong passphrase");
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, ErrorCode::refused);
  EXPECT_THAT(key.error().what, HasSubstr("nothing is lost by trying again"));
  EXPECT_THAT(key.error().what, Not(HasSubstr("a wrong passphrase")));
}

TEST_F(AKeyCabinet, RefusesTheRecoveryPassphraseForTheInspectionsKey) {
  lay_out();
  EXPECT_EQ(cabinet_.unlock("croydon", Half::inspection, kRecovery).error().code, ErrorCode::refused);
}

TEST_F(AKeyCabinet, NoticesAnEmptiedADamagedAndAForeignKeyFile) {
  lay_out();
  fs::copy_file(frozen("recovery.pem"), file("inspection.pem"), fs::copy_options::overwrite_existing);
  EXPECT_THAT(cabinet_.unlock("croydon", Half::inspection, kPassphrase).error().what,
              HasSubstr("do not belong together"));
  change_byte(file("recovery.key"), 200);
  EXPECT_FALSE(cabinet_.unlock("croydon", Half::recovery, kRecovery));
  fs::resize_file(file("recovery.key"), 0);
  EXPECT_EQ(cabinet_.unlock("croydon", Half::recovery, kRecovery).error().code, ErrorCode::corrupt);
}

TEST_F(AKeyCabinet, GivesEachInspectionKeysOfItsOwn) {
  lay_out();
  const auto two = make("two");
  EXPECT_NE(two.inspection, two.recovery);
  EXPECT_NE(two.inspection, cabinet_.certificates("croydon")->inspection);
  EXPECT_EQ(cabinet_.certificates("two")->recovery, two.recovery);
}

TEST_F(AKeyCabinet, NeverReplacesTheKeysOfAnInspection) {
  lay_out();
  const auto first = cabinet_.certificates("croydon");
  EXPECT_EQ(cabinet_.make_inspection("croydon", kPassphrase, kRecovery, kNow).error().code, ErrorCode::conflict);
  EXPECT_EQ(cabinet_.certificates("croydon")->inspection, first->inspection);
}

TEST_F(AKeyCabinet, BeginsAgainWherePowerWentBeforeTheKeysWereTried) {
  lay_out();
  fs::remove(file("copies.json"));
  fs::remove(file("recovery.key"));
  make();
  EXPECT_TRUE(cabinet_.unlock("croydon", Half::recovery, kRecovery));
}

TEST_F(AKeyCabinet, RegistersBothFilesAsTheCopiesThatExist) {
  lay_out();
  const auto copies = cabinet_.copies("croydon")->copies;
  ASSERT_EQ(copies.size(), 2U);
  EXPECT_EQ(copies[0].place, "inspection.key");
  EXPECT_EQ(copies[1].half, Half::recovery);
  EXPECT_EQ(copies[1].since, "2023-11-14");
}

TEST_F(AKeyCabinet, SaysThatAListOfCopiesIsNone) {
  lay_out();
  for (const char* text : {"", "{}", R"({"format":3,"copies":[]})", R"({"format":1,"copies":[{"key":"x"}]})"}) {
    std::ofstream(file("copies.json")) << text;
    EXPECT_EQ(cabinet_.copies("croydon").error().code, ErrorCode::corrupt) << text;
  }
}

TEST_F(AKeyCabinet, KeepsEveryFileToItsOwner) {
  make();
  ASSERT_TRUE(cabinet_.keep_identity({{"a", "b"}, {"e", "f"}, "g"}));
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder())) {
    const auto expected = entry.is_directory() ? fs::perms::owner_all : fs::perms::owner_read | fs::perms::owner_write;
    EXPECT_EQ(entry.status().permissions(), expected) << entry.path();
    files += entry.is_regular_file() ? 1 : 0;
  }
  EXPECT_EQ(files, 5 + 5);
}

TEST_F(AKeyCabinet, RefusesADirectoryThatOthersCanRead) {
  fs::permissions(folder(), fs::perms::others_read, fs::perm_options::add);
  const auto opened = KeyCabinet::open(folder());
  EXPECT_EQ(opened.error().code, ErrorCode::refused);
  EXPECT_THAT(opened.error().what, HasSubstr("chmod 700"));
}

TEST_F(AKeyCabinet, TakesNoIdThatLeadsOutOfIt) {
  for (const char* id : {"", "..", "a/b", "A", "-a", "a b", "a{"}) {
    EXPECT_EQ(cabinet_.make_inspection(id, kPassphrase, kRecovery, kNow).error().code, ErrorCode::invalid) << id;
    EXPECT_EQ(cabinet_.unlock(id, Half::inspection, kPassphrase).error().code, ErrorCode::invalid) << id;
    EXPECT_EQ(cabinet_.certificates(id).error().code, ErrorCode::invalid) << id;
    EXPECT_EQ(cabinet_.copies(id).error().code, ErrorCode::invalid) << id;
  }
}

TEST_F(AKeyCabinet, SaysThatAnInspectionHasNoKeys) {
  EXPECT_EQ(cabinet_.certificates("nowhere").error().code, ErrorCode::not_found);
  EXPECT_EQ(cabinet_.unlock("nowhere", Half::inspection, kPassphrase).error().code, ErrorCode::not_found);
  EXPECT_EQ(cabinet_.copies("nowhere").error().code, ErrorCode::not_found);
  EXPECT_EQ(cabinet_.copies("croydon-2012").error().code, ErrorCode::not_found);
  EXPECT_EQ(cabinet_.copies(std::string(65, 'a')).error().code, ErrorCode::invalid);
}

TEST_F(AKeyCabinet, SaysWhetherAKeyWasBroughtHereOrCannotBeRead) {
  lay_out();
  fs::remove(file("recovery.key"));
  EXPECT_THAT(cabinet_.unlock("croydon", Half::recovery, kRecovery).error().what, HasSubstr("Bring a copy"));
  fs::create_directory(file("recovery.key"));
  EXPECT_EQ(cabinet_.unlock("croydon", Half::recovery, kRecovery).error().code, ErrorCode::io);
  std::ofstream(file("inspection.pem")) << "no certificate";
  EXPECT_FALSE(cabinet_.unlock("croydon", Half::inspection, kPassphrase));
}

TEST_F(AKeyCabinet, MakesNoKeysWhereTheyCannotBeKept) {
  EXPECT_EQ(cabinet_.make_inspection("lewes", kPassphrase, kPassphrase, kNow).error().code, ErrorCode::refused);
  std::ofstream(folder() / "inspections/lewes") << "in the way";
  EXPECT_EQ(cabinet_.make_inspection("lewes", kPassphrase, kRecovery, kNow).error().code, ErrorCode::io);
  for (const char* name : {"inspection.key.new", "recovery.key.new", "copies.json.new"}) {
    fs::create_directories(file(name));
    EXPECT_EQ(cabinet_.make_inspection("croydon", kPassphrase, kRecovery, kNow).error().code, ErrorCode::io) << name;
    fs::remove(file(name));
  }
  EXPECT_EQ(cabinet_.copies("croydon").error().code, ErrorCode::not_found);
}

TEST_F(AKeyCabinet, StockOpenSslOpensAnEnvelopeWithTheKeyFileAndItsPassphrase) {
  lay_out();
  shell_.write("e", sealed_to(*cabinet_.certificates("croydon"), "hello"));
  const std::string key = file("recovery.key").string();
  EXPECT_TRUE(shell_.run("openssl cms -decrypt -binary -inform DER -in e -inkey " + key +
                         " -passin 'pass:" + std::string(kRecovery) + "'"));
  EXPECT_THAT(shell_.output(), HasSubstr("hello"));
}

TEST_F(AKeyCabinet, LocksItsKeysUnderScryptAndAes256) {
  ASSERT_TRUE(KeyCabinet::open(folder())->make_inspection("croydon", kPassphrase, kRecovery, kNow));
  ASSERT_TRUE(shell_.run("openssl asn1parse -in " + file("inspection.key").string()));
  for (const char* part : {"PBES2", "scrypt", "INTEGER           :4000", "INTEGER           :08", "aes-256-cbc"}) {
    EXPECT_THAT(shell_.output(), HasSubstr(part));
  }
}

TEST_F(AKeyCabinet, KeepsTheCollectorsIdentityOnce) {
  EXPECT_FALSE(cabinet_.has_identity());
  EXPECT_EQ(cabinet_.identity().error().code, ErrorCode::not_found);
  ASSERT_TRUE(cabinet_.keep_identity({{"a", "b"}, {"e", "f"}, "g"}));
  EXPECT_TRUE(cabinet_.has_identity());
  const auto identity = cabinet_.identity();
  EXPECT_EQ(identity->authority.certificate_pem, "b");
  EXPECT_EQ(identity->package.certificate_pem, "f");
  EXPECT_EQ(identity->receipt_key_pem, "g");
  EXPECT_EQ(cabinet_.keep_identity({}).error().code, ErrorCode::conflict);
}

TEST(Passphrases, OfTwelveCharactersAreTakenInAnyScript) {
  EXPECT_TRUE(check_passphrases("abcdefghijkl", "ŵŷâêîôûabcde"));
}

TEST(Passphrases, ThatAreTooShortAreRefusedWithTheReasonAndTheOneThatIsMeant) {
  EXPECT_THAT(check_passphrases("abcdefghijk", kRecovery).error().what,
              HasSubstr("inspection's passphrase is too short"));
  EXPECT_THAT(check_passphrases(kPassphrase, "ŵŷâêîôûabcd").error().what,
              HasSubstr("recovery passphrase is too short"));
  EXPECT_THAT(check_passphrases("", kRecovery).error().what, HasSubstr("12 characters or more"));
}

TEST(Passphrases, OfOneCharacterRepeatedOrWithControlCharactersAreRefused) {
  EXPECT_THAT(check_passphrases("aaaaaaaaaaaaaaa", kRecovery).error().what, HasSubstr("one character repeated"));
  EXPECT_THAT(check_passphrases("abcdefghijkl\r", kRecovery).error().what, HasSubstr("control character"));
  EXPECT_THAT(check_passphrases("abcdefghijkl\x7f", kRecovery).error().what, HasSubstr("control character"));
}

TEST(Passphrases, ThatAreTheSameForBothKeysAreRefused) {
  const auto checked = check_passphrases(kPassphrase, kPassphrase);
  EXPECT_EQ(checked.error().code, ErrorCode::refused);
  EXPECT_THAT(checked.error().what, HasSubstr("are the same"));
}

}  // namespace
}  // namespace perspective::keys
