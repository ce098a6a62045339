#include "upload/packages.h"

#include "base/file.h"
#include "kiosk_folder.h"
#include "signed_packages.h"

namespace perspective::upload {
namespace {

constexpr const char* kPath = "/v1/packages/croydon-2012";

class ShelfOfPackages : public KioskFolder {
 protected:
  ShelfOfPackages() {
    collector_.answer_at("/v1/packages", SignedPackages::list(R"({"inspection":"croydon-2012","version":1})"));
  }

  void offer(const protocol::Package& package) { collector_.answer_at(kPath, keys_.signed_package(package)); }
  PackageShelf::Fetched fetch() { return shelf_.fetch(collector_).value(); }
  int held_version() {
    const auto held = shelf_.load().packages;
    return held.size() == 1 ? held[0].version : 0;
  }
  void expect_refused(int version_that_stays) {
    const auto fetched = fetch();
    EXPECT_FALSE(fetched.is_changed);
    EXPECT_EQ(fetched.problems.size(), 1U);
    EXPECT_EQ(held_version(), version_that_stays);
  }

  SignedPackages keys_;
  ScriptedCollector collector_;
  PackageShelf shelf_{folder_ / "packages", keys_.authority.certificate_pem};
};

TEST_F(ShelfOfPackages, BeginsEmpty) { EXPECT_TRUE(shelf_.load().packages.empty()); }

TEST_F(ShelfOfPackages, KeepsWhatItFetched) {
  offer(SignedPackages::version(1));
  EXPECT_TRUE(fetch().is_changed);
  EXPECT_EQ(held_version(), 1);
}

TEST_F(ShelfOfPackages, AsksWithItsTagAndTakesNotModifiedForAnAnswer) {
  offer(SignedPackages::version(1));
  fetch();
  collector_.answer_at(kPath, {304, {}, {}});
  const auto again = fetch();
  EXPECT_FALSE(again.is_changed);
  EXPECT_TRUE(again.problems.empty());
  EXPECT_EQ(collector_.requests().back().headers.at(0), "If-None-Match: \"1\"");
}

TEST_F(ShelfOfPackages, NewerVersionReplacesTheOlder) {
  offer(SignedPackages::version(1));
  fetch();
  offer(SignedPackages::version(2));
  EXPECT_TRUE(fetch().is_changed);
  EXPECT_EQ(held_version(), 2);
}

TEST_F(ShelfOfPackages, VersionNeverGoesBack) {
  offer(SignedPackages::version(2));
  fetch();
  offer(SignedPackages::version(1));
  expect_refused(2);
}

TEST_F(ShelfOfPackages, SameVersionSignedAgainIsNoChange) {
  const auto package = SignedPackages::version(1);
  offer(package);
  fetch();
  offer(package);
  const auto again = fetch();
  EXPECT_FALSE(again.is_changed);
  EXPECT_TRUE(again.problems.empty());
}

TEST_F(ShelfOfPackages, SameVersionThatSaysSomethingElseIsRefused) {
  offer(SignedPackages::version(1));
  fetch();
  auto other = SignedPackages::version(1);
  other.area = "Elsewhere";
  offer(other);
  expect_refused(1);
}

TEST_F(ShelfOfPackages, PackageOfAnotherAuthorityIsRefusedWhole) {
  offer(SignedPackages::version(1));
  fetch();
  collector_.answer_at(kPath, SignedPackages().signed_package(SignedPackages::version(2)));
  expect_refused(1);
}

TEST_F(ShelfOfPackages, ChangedByteIsRefused) {
  auto answer = keys_.signed_package(SignedPackages::version(1));
  answer.body[answer.body.size() / 2] ^= 1U;
  collector_.answer_at(kPath, answer);
  expect_refused(0);
}

TEST_F(ShelfOfPackages, PackageOfAnotherInspectionIsRefused) {
  offer(SignedPackages::version(1, "barnet"));
  expect_refused(0);
}

TEST_F(ShelfOfPackages, NameThatLeavesTheFolderIsRefused) {
  collector_.answer_at("/v1/packages", SignedPackages::list(R"({"inspection":"../../evil","version":1})"));
  EXPECT_EQ(shelf_.fetch(collector_).error().code, ErrorCode::corrupt);
}

TEST_F(ShelfOfPackages, DamagedFileIsReportedAndFetchedAgain) {
  offer(SignedPackages::version(1));
  fetch();
  ASSERT_TRUE(write_file(folder_ / "packages" / "croydon-2012.p7", Bytes{1, 2, 3}));
  EXPECT_EQ(shelf_.load().problems.at(0).code, ErrorCode::refused);
  EXPECT_TRUE(fetch().is_changed);
  EXPECT_EQ(held_version(), 1);
}

class ShelfOfTwo : public ShelfOfPackages {
 protected:
  static constexpr const char* kCroydon = R"({"inspection":"croydon-2012","version":1})";
  static constexpr const char* kLewes = R"({"inspection":"lewes","version":1})";
  static constexpr const char* kLewesNoMore = R"({"inspection":"lewes","version":1,"is_offered":false})";

  ShelfOfTwo() {
    list({kCroydon, kLewes});
    offer(SignedPackages::version(1));
    collector_.answer_at("/v1/packages/lewes", keys_.signed_package(SignedPackages::version(1, "lewes")));
  }
  void list(const std::vector<std::string>& packages) {
    std::string all;
    for (const auto& one : packages) all += (all.empty() ? "" : ",") + one;
    auto answer = SignedPackages::list(all);
    answer.headers["etag"] = "\"" + std::to_string(packages.size()) + "\"";
    collector_.answer_at("/v1/packages", answer);
  }
  // Inspections that visits may be started for.
  std::vector<std::string> offered() {
    std::vector<std::string> names;
    for (const auto& package : shelf_.load().packages) {
      if (package.is_fieldwork_open) names.push_back(package.inspection);
    }
    return names;
  }
  using Names = std::vector<std::string>;
};

TEST_F(ShelfOfTwo, HoldsEachAndGivesTheTagOfTheList) {
  const auto fetched = fetch();
  EXPECT_TRUE(fetched.is_changed);
  EXPECT_EQ(fetched.tag, "\"2\"");
  EXPECT_EQ(offered(), (Names{"croydon-2012", "lewes"}));
}

TEST_F(ShelfOfTwo, VersionsGoBackInNoneOfThem) {
  collector_.answer_at("/v1/packages/lewes", keys_.signed_package(SignedPackages::version(7, "lewes")));
  fetch();
  offer(SignedPackages::version(2));  // lower than the other's: each counts for itself
  collector_.answer_at("/v1/packages/lewes", keys_.signed_package(SignedPackages::version(6, "lewes")));
  const auto fetched = fetch();
  EXPECT_TRUE(fetched.is_changed);
  EXPECT_EQ(fetched.problems.size(), 1U);
  const auto held = shelf_.load().packages;
  EXPECT_EQ(held.at(0).version, 2);
  EXPECT_EQ(held.at(1).version, 7);
}

TEST_F(ShelfOfTwo, WhatIsOfferedNoMoreEndsHereAndIsKeptForWhatWaits) {
  fetch();
  for (const auto& without : {Names{kCroydon, kLewesNoMore}, Names{kCroydon}}) {
    list(without);
    EXPECT_TRUE(fetch().is_changed);
    EXPECT_EQ(offered(), Names{"croydon-2012"});
    EXPECT_EQ(shelf_.load().packages.size(), 2U) << "receipts are checked with its key";
    EXPECT_EQ(shelf_.load().withheld, Names{"lewes"}) << "its fieldwork has not ended";
    EXPECT_FALSE(fetch().is_changed) << "said again, it is no change";
    list({kCroydon, kLewes});
    EXPECT_TRUE(fetch().is_changed);
    EXPECT_EQ(offered(), (Names{"croydon-2012", "lewes"}));
  }
}

TEST_F(ShelfOfTwo, WhatIsOfferedNoMoreStaysSoAfterARestartAndInANewerVersion) {
  fetch();
  list({kCroydon, kLewesNoMore});
  fetch();
  collector_.answer_at("/v1/packages/lewes", keys_.signed_package(SignedPackages::version(2, "lewes")));
  EXPECT_TRUE(fetch().is_changed);
  EXPECT_EQ(PackageShelf(folder_ / "packages", keys_.authority.certificate_pem).load().packages.at(1).version, 2);
  EXPECT_EQ(offered(), Names{"croydon-2012"});
}

TEST_F(ShelfOfTwo, ListThatCannotBeReadTakesNothingAway) {
  fetch();
  list({kCroydon, R"({"inspection":"lewes","version":1,"is_offered":"no"})"});
  EXPECT_FALSE(shelf_.fetch(collector_));
  EXPECT_EQ(offered(), (Names{"croydon-2012", "lewes"}));
}

TEST_F(ShelfOfPackages, RefusedListIsAnError) {
  collector_.answer_at("/v1/packages", {403, {}, {}});
  EXPECT_EQ(shelf_.fetch(collector_).error().code, ErrorCode::refused);
}

}  // namespace
}  // namespace perspective::upload
