// Keys on a disk that gives out, at each step in turn. What is asked for ends with an error and loses no key; asked for
// again on a disk that is well, it is done.
#include "unit/keys/failing_disk.h"
#include "support/source_folder.h"

#include <gmock/gmock.h>

#include "base/file.h"
#include "keys/key_cabinet.h"
#include "keys/locked_key.h"
#include "keys/shares.h"
#include "support/cheap_keys.h"
#include "unit/envelope/shell.h"

namespace perspective::keys {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr std::string_view kPassphrase = "four words for opening";
constexpr std::string_view kAnother = "four others from now on";
constexpr std::int64_t kNow = 1'700'000'000;  // 2023-11-14
const std::vector<std::string> kFiles = {"inspection.key", "inspection.pem", "recovery.key", "recovery.pem",
                                         "copies.json"};

class KeysOnADiskThatFails : public ::testing::Test {
 protected:
  void SetUp() override { lay_out(); }
  fs::path folder() const { return shell_.folder() / "keys"; }
  fs::path file(const std::string& name) const { return folder() / "inspections/croydon" / name; }
  static fs::path frozen(const std::string& name) {
    return fs::path(std::string(kSourceFolder) + "/tests/unit/keys/frozen") / name;
  }

  // As on the first day, whatever happened since.
  void lay_out() const {
    fs::remove_all(folder());
    ASSERT_TRUE(KeyCabinet::open(folder()));
    fs::create_directory(file(""));
    for (const auto& name : kFiles) {
      fs::copy_file(frozen(name), file(name));
    }
  }

  // Runs `action`, which returns a Result, on a disk that fails at each of its steps in turn, always beginning with
  // `prepare`. `check`: what must hold whenever it failed. Returns how often it did.
  template <typename Prepare, typename Action, typename Check>
  int fail_everywhere(Prepare prepare, Action action, Check check) {
    int failed = 0;
    for (std::size_t step = 1; step < 1000; ++step) {
      prepare();
      FailingDisk::fail_at(step);
      const auto done = action();
      if (!FailingDisk::is_well_again()) break;
      if (!done) {
        ++failed;
        EXPECT_THAT(done.error().code, AnyOf(ErrorCode::io, ErrorCode::not_found)) << done.error().what;
        EXPECT_FALSE(done.error().what.empty());
      }
      check();
      const auto again = action();
      EXPECT_TRUE(again) << "step " << step << ": " << (again ? "" : again.error().what);
    }
    EXPECT_GT(failed, 0);
    return failed;
  }
  template <typename Action>
  int fail_everywhere(Action action) {
    return fail_everywhere([&] { lay_out(); }, action, [&] { expect_keys(); });
  }

  // Both halves as they were, and a list that is one.
  void expect_keys() const {
    for (const std::string name : {"inspection.key", "recovery.key", "inspection.pem", "recovery.pem"}) {
      EXPECT_EQ(*read_text(file(name)), *read_text(frozen(name)));
    }
    EXPECT_TRUE(cabinet().copies("croydon"));
  }
  KeyCabinet cabinet() const { return *KeyCabinet::open(folder(), kCheap); }

  testing::Shell shell_;
};

TEST_F(KeysOnADiskThatFails, AreMarkedAsRestoredDestroyedOrDiscarded) {
  auto here = cabinet();
  fail_everywhere([&] { return here.note_restored(kNow); });
  const auto without_recovery = [&] {
    lay_out();
    fs::remove(file("recovery.key"));
  };
  fail_everywhere(
      without_recovery, [&] { return here.destroy("croydon", kNow); }, [] {});
  fail_everywhere([&] { lay_out(); }, [&] { return here.discard("croydon"); }, [] {});
}

TEST_F(KeysOnADiskThatFails, AreReadOrNot) {
  auto here = cabinet();
  fail_everywhere([&] { return here.copies("croydon"); });
  fail_everywhere([&] { return here.certificates("croydon"); });
  const auto fresh = shell_.folder() / "fresh";
  fail_everywhere([&] { fs::remove_all(fresh); }, [&] { return KeyCabinet::open(fresh); }, [] {});
}

TEST_F(KeysOnADiskThatFails, AreNotSaidToBeNoneWhereTheirFolderIsGone) {
  auto here = cabinet();
  fs::remove_all(folder() / "inspections");
  EXPECT_EQ(here.inspections().error().code, ErrorCode::io);
  EXPECT_EQ(here.copy_all("laptop of Eve", kNow).error().code, ErrorCode::io);
}

TEST_F(KeysOnADiskThatFails, AreListedOrNot) {
  auto here = cabinet();
  fail_everywhere([&] { return here.note_rehearsal("croydon", kNow); });
  fail_everywhere([&] { return here.register_copy("croydon", {Half::inspection, "Eve's safe", "2023-11-14"}); });
  const auto register_one = [&] {
    lay_out();
    ASSERT_TRUE(here.register_copy("croydon", {Half::inspection, "Eve's safe", "2023-11-14"}));
  };
  fail_everywhere(
      register_one, [&] { return here.confirm_destroyed("croydon", 3, kNow); }, [&] { expect_keys(); });
}

TEST_F(KeysOnADiskThatFails, AreNotHandedOutBeforeTheListSaysSo) {
  auto here = cabinet();
  const auto is_listed_if = [&](const auto& copied) {
    if (copied) {
      EXPECT_GE(here.copies("croydon")->copies.size(), 3U);
    }
    return copied.has_value() ? Result<void>() : std::unexpected(copied.error());
  };
  fail_everywhere([&] { return is_listed_if(here.copy_of("croydon", "laptop of Eve", kNow)); });
  fail_everywhere([&] { return is_listed_if(here.copy_all("laptop of Eve", kNow)); });
}

TEST_F(KeysOnADiskThatFails, AreTakenFromACopyWholeInTheEnd) {
  auto here = cabinet();
  const auto certificates = *here.certificates("croydon");
  const auto files = *here.copy_of("croydon", "the other collector", kNow);
  const auto other = shell_.folder() / "other";
  fail_everywhere(
      [&] {
        fs::remove_all(other);
        ASSERT_TRUE(KeyCabinet::open(other));
      },
      [&] { return KeyCabinet::open(other)->take("croydon", files, certificates, kNow); }, [] {});
  EXPECT_TRUE(KeyCabinet::open(other)->unlock("croydon", Half::inspection, kPassphrase));
}

TEST_F(KeysOnADiskThatFails, OfTheCollectorItselfAreKeptAllOrAgain) {
  const Identity identity{{"a", "b"}, {"e", "f"}, "g"};
  auto here = cabinet();
  fail_everywhere([&] { return here.has_identity() ? Result<void>() : here.keep_identity(identity); });
  fail_everywhere(
      [&] {
        lay_out();
        ASSERT_TRUE(here.keep_identity(identity));
      },
      [&] { return here.identity(); }, [&] { EXPECT_EQ(here.identity()->receipt_key_pem, "g"); });
}

TEST_F(KeysOnADiskThatFails, AreDestroyedOnlyOnceItIsSaid) {
  auto here = cabinet();
  const int failed = fail_everywhere([&] { lay_out(); },
                                     [&] {
                                       const auto list = here.destroy("croydon", kNow);
                                       if (list) {
                                         for (const auto* name : {"inspection.key", "recovery.key"})
                                           EXPECT_FALSE(fs::exists(file(name)));
                                         EXPECT_TRUE(still_readable(*list).by_nobody());
                                       }
                                       return list;
                                     },
                                     [&] { EXPECT_TRUE(here.certificates("croydon")) << "what is public stays"; });
  EXPECT_GT(failed, 8);
}

// Scrypt takes its time, so one change is watched, and what a death before each of its calls leaves is looked at later.
TEST_F(KeysOnADiskThatFails, OpenUnderOneOfTwoPassphrasesWhereverAChangeIsCutShort) {
  auto here = cabinet();
  ASSERT_TRUE(here.register_copy("croydon", {Half::inspection, "Eve's safe", "2023-11-14"}));
  std::size_t steps = 0;
  FailingDisk::watch(
      [&] { fs::copy(folder(), shell_.folder() / ("cut-" + std::to_string(++steps)), fs::copy_options::recursive); });
  const auto changed = here.change_passphrase("croydon", Half::inspection, kPassphrase, kAnother, kNow);
  FailingDisk::watch(nullptr);
  ASSERT_TRUE(changed);
  int before = 0;
  int after = 0;
  for (std::size_t step = 1; step <= steps; ++step) {
    const auto left = shell_.folder() / ("cut-" + std::to_string(step));
    const auto cut = *KeyCabinet::open(left);
    EXPECT_EQ(cut.copies("croydon")->copies.size(), 3U) << step;
    if (*read_text(left / "inspections/croydon/inspection.key") == *read_text(frozen("inspection.key"))) {
      ++before;  // which kPassphrase opens
      continue;
    }
    ++after;
    EXPECT_TRUE(cut.unlock("croydon", Half::inspection, kAnother)) << step;
    EXPECT_EQ(cut.unlock("croydon", Half::inspection, kPassphrase).error().code, ErrorCode::refused) << step;
    EXPECT_EQ(cut.copies("croydon")->copies[2].passphrase_until, "2023-11-14") << step;
  }
  EXPECT_GT(before, 20);
  EXPECT_GE(after, 3);
}

TEST_F(KeysOnADiskThatFails, SayWhenTheyMayHaveEitherPassphrase) {
  auto here = cabinet();
  std::size_t steps = 0;
  FailingDisk::watch([&] { ++steps; });
  ASSERT_TRUE(here.change_passphrase("croydon", Half::inspection, kPassphrase, kAnother, kNow));
  FailingDisk::watch(nullptr);
  // The last sync, and the one of the folder before it.
  for (const std::size_t step : {steps, steps - 3}) {
    lay_out();
    FailingDisk::fail_at(step);
    const auto failed = here.change_passphrase("croydon", Half::inspection, kPassphrase, kAnother, kNow);
    ASSERT_TRUE(FailingDisk::is_well_again());
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::io);
    EXPECT_THAT(failed.error().what, HasSubstr("try the new one first"));
    EXPECT_TRUE(here.unlock("croydon", Half::inspection, kAnother));
  }
}

}  // namespace
}  // namespace perspective::keys
