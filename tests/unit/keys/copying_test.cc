// Keys on their way to another collector, and what is refused there.
#include <gmock/gmock.h>

#include <fstream>

#include "base/file.h"
#include "keys/key_cabinet.h"
#include "support/cheap_keys.h"
#include "support/source_folder.h"
#include "unit/envelope/shell.h"

namespace perspective::keys {
namespace {

namespace fs = std::filesystem;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr std::int64_t kNow = 1'700'000'000;  // 2023-11-14

class CopiedKeys : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::create_directory(file(""));
    for (const char* name : {"inspection.key", "inspection.pem", "recovery.key", "recovery.pem", "copies.json"}) {
      fs::copy_file(fs::path(std::string(kSourceFolder) + "/tests/unit/keys/frozen") / name, file(name));
    }
    certificates_ = *cabinet_.certificates("croydon");
  }
  fs::path file(const std::string& name) const { return shell_.folder() / "keys/inspections/croydon" / name; }
  fs::path there(const std::string& name) const { return shell_.folder() / "other/inspections/croydon" / name; }
  std::size_t listed() const { return cabinet_.copies("croydon")->copies.size(); }
  std::vector<KeyFile> copied() { return *cabinet_.copy_of("croydon", "the other collector", kNow); }
  Result<void> taken(const std::vector<KeyFile>& files, const std::string& id = "croydon") {
    return other_.take(id, files, certificates_, kNow);
  }

  testing::Shell shell_;
  KeyCabinet cabinet_ = *KeyCabinet::open(shell_.folder() / "keys", kCheap);
  KeyCabinet other_ = *KeyCabinet::open(shell_.folder() / "other", kCheap);
  Certificates certificates_;
};

KeyFile key_file(const std::string& name, std::string_view text) { return {name, SecretBytes(as_bytes(text))}; }

TEST_F(CopiedKeys, AreHandedOutOnlyForAPlaceInWords) {
  for (const std::string& place : {std::string(), std::string(201, 'x'), std::string("a\nb"), std::string("a\x7f")}) {
    EXPECT_EQ(cabinet_.copy_of("croydon", place, kNow).error().code, ErrorCode::invalid);
    EXPECT_EQ(cabinet_.copy_all(place, kNow).error().code, ErrorCode::invalid);
  }
  EXPECT_EQ(listed(), 2U);
  EXPECT_TRUE(cabinet_.copy_of("croydon", std::string(200, 'x'), kNow));
}

TEST_F(CopiedKeys, AreOfAnInspectionThatHasSome) {
  EXPECT_THAT(cabinet_.copy_of("lewes", "laptop", kNow).error().what, HasSubstr("no keys of inspection 'lewes'"));
  EXPECT_EQ(cabinet_.copy_of("../croydon", "laptop", kNow).error().code, ErrorCode::invalid);
  fs::create_directory(file("") / "../half-made");
  EXPECT_THAT(*cabinet_.inspections(), UnorderedElementsAre("croydon"));
}

TEST_F(CopiedKeys, AreListedForTheHalvesThatAreHere) {
  fs::remove(file("inspection.key"));
  const auto files = cabinet_.copy_all("laptop", kNow);
  ASSERT_TRUE(files);
  EXPECT_EQ(files->size(), 4U);
  const auto copies = cabinet_.copies("croydon")->copies;
  ASSERT_EQ(copies.size(), 3U);
  EXPECT_EQ(copies[2].half, Half::recovery);
}

TEST_F(CopiedKeys, AreTakenOnlyWhole) {
  auto files = copied();
  files.pop_back();
  EXPECT_EQ(taken(files).error().code, ErrorCode::invalid);
  EXPECT_EQ(taken({}).error().code, ErrorCode::invalid);
  EXPECT_EQ(taken(copied(), "../croydon").error().code, ErrorCode::invalid);
  EXPECT_EQ(taken(copied(), "lewes").error().code, ErrorCode::invalid);
  EXPECT_FALSE(fs::exists(there("inspection.key")));
}

TEST_F(CopiedKeys, AreTakenOnlyForTheCertificatesThatAnswersAreSealedFor) {
  const auto right = certificates_;
  certificates_ = {right.recovery, right.recovery};
  EXPECT_EQ(taken(copied()).error().code, ErrorCode::refused);
  certificates_ = {right.inspection, right.inspection};
  EXPECT_EQ(taken(copied()).error().code, ErrorCode::refused);
  EXPECT_FALSE(fs::exists(there("inspection.key")));
  certificates_ = right;
  EXPECT_TRUE(taken(copied()));
}

TEST_F(CopiedKeys, AreNotTakenWithAListThatIsNone) {
  auto files = copied();
  for (auto& each : files) {
    if (each.name.ends_with("copies.json")) each = key_file(each.name, "{}");
  }
  EXPECT_EQ(taken(files).error().code, ErrorCode::corrupt);
  EXPECT_FALSE(fs::exists(there("inspection.key")));
}

TEST_F(CopiedKeys, LeaveWhatIsThereAndPutTheListsTogether) {
  ASSERT_TRUE(taken(copied()));
  ASSERT_TRUE(other_.register_copy("croydon", {Half::inspection, "safe of Eve", "2023-11-14"}));
  ASSERT_TRUE(other_.note_rehearsal("croydon", kNow));
  std::ofstream(there("inspection.key")) << "as it stood";
  ASSERT_TRUE(taken(copied()));
  EXPECT_EQ(*read_text(there("inspection.key")), "as it stood");
  std::vector<std::string> places;
  const auto listed = *other_.copies("croydon");
  for (const auto& copy : listed.copies) places.push_back(copy.place);
  EXPECT_THAT(places, UnorderedElementsAre(EndsWith(": inspection.key"), EndsWith(": recovery.key"),
                                           EndsWith(": whatever its own list has that is newer"), "the other collector",
                                           "the other collector", "inspection.key", "safe of Eve"));
  EXPECT_EQ(other_.copies("croydon")->rehearsed, "2023-11-14");
}

TEST_F(CopiedKeys, BringNothingElseAlong) {
  auto files = copied();
  files.push_back(key_file("inspections/croydon/authority.key", "x"));
  files.push_back(key_file("inspections/lewes/recovery.key", "x"));
  files.push_back(key_file("../../inspection.key", "x"));
  ASSERT_TRUE(taken(files));
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(shell_.folder() / "other")) {
    if (entry.is_regular_file()) names.push_back(entry.path().filename());
  }
  EXPECT_THAT(names, UnorderedElementsAre("inspection.key", "inspection.pem", "recovery.pem", "copies.json"));
}

}  // namespace
}  // namespace perspective::keys
