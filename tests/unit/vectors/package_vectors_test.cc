// Every vector of tests/vectors/package, as a kiosk fetches it.
#include <gmock/gmock.h>

#include "base/random.h"
#include "reasons.h"
#include "support/test_keys.h"
#include "support/vector_file.h"
#include "unit/upload/scripted_collector.h"
#include "upload/packages.h"

namespace perspective::testing {
namespace {

// `problems` of a shelf have no code: whatever is wrong with a package, the one that was there stays.
constexpr std::pair<std::string_view, std::string_view> kReasons[] = {
    {"package: it is cut short", "cut_short"},
    {"its content is not in it", "missing_content"},
    {"no signed message of ours at: certificates", "missing_certificate"},
    {"its signer's certificate is not in it", "missing_certificate"},
    {"it is no signed message", "other_profile"},
    {"not signed by ECDSA with SHA-256", "other_profile"},
    {"its signature does not match", "changed_byte"},
    {"signed, but not by this collector", "signed_by_another"},
    {"its signer's certificate is not one for packages", "not_for_packages"},
    {"package: format 2, this program reads 1", "unknown_version"},
    {"package: padded_bytes is", "wrong_size"},
    {"package: envelope_bytes is", "wrong_size"},
    {"it is for another inspection", "other_inspection"},
    {"was offered with another content", "changed_without_version"},
    {"was offered, version", "rolled_back"},
    {"package: both certificates are one", "unusable"},
    {"package: the salt has less than", "unusable"},
    {"package: the tokens' marks do not ascend", "unusable"},
    {"package: log2_n of the tokens", "unusable"},
    {"package: the salt of the tokens has less than", "unusable"},
    {"package: no questionnaire in it", "unusable"},
    {"has no texts in language", "unusable"},
    {"package: a member is missing", "unusable"},
    {"package: no JSON object", "unusable"},
};

std::string outcome_of(const std::string& problem) {
  for (const auto& [words, outcome] : kReasons) {
    if (problem.find(words) != std::string::npos) return std::string(outcome);
  }
  return "none of the outcomes: " + problem;
}

// A kiosk that asks for one inspection and is given whatever the vector says.
class Kiosk {
 public:
  explicit Kiosk(const VectorFile& vector)
      : inspection_(vector.at("inspection")),
        shelf_(folder_, test_pem(vectors_folder() / "keys", vector.at("authority") + ".pem")) {
    const auto list = R"({"packages":[{"inspection":")" + inspection_ + R"(","version":1}]})";
    collector_.answer_at("/v1/packages", {200, {}, {list.begin(), list.end()}});
  }
  Kiosk(const Kiosk&) = delete;
  Kiosk& operator=(const Kiosk&) = delete;
  ~Kiosk() { std::filesystem::remove_all(folder_); }

  std::string fetch(const Bytes& package) {
    collector_.answer_at("/v1/packages/" + inspection_, {200, {}, package});
    const auto fetched = shelf_.fetch(collector_).value();
    if (fetched.problems.empty()) return "ok";
    return fetched.is_changed ? "refused and kept" : outcome_of(fetched.problems.front());
  }
  std::string held() const {
    const auto loaded = shelf_.load();
    return loaded.packages.size() == 1 ? protocol::to_json(loaded.packages.front()) : "";
  }

 private:
  std::string inspection_;
  std::filesystem::path folder_ = std::filesystem::temp_directory_path() / ("kiosk-" + to_hex(random_bytes(8)));
  upload::ScriptedCollector collector_;
  upload::PackageShelf shelf_;
};

class PackageVectors : public ::testing::Test {
 protected:
  // Of the vector that this one says is held.
  Bytes held_by(const VectorFile& vector) const {
    return std::ranges::find(vectors_, vector.at("held"), &VectorFile::name)->body;
  }
  std::vector<VectorFile> vectors_ = load_vectors(vectors_folder(), package_vectors()).value();
};

TEST_F(PackageVectors, EndAsTheySay) {
  for (const auto& vector : vectors_) {
    Kiosk kiosk(vector);
    if (vector.has("held")) {
      ASSERT_EQ(kiosk.fetch(held_by(vector)), "ok") << vector.name;
    }
    EXPECT_EQ(kiosk.fetch(vector.body), vector.at("expect")) << vector.name;
  }
}

TEST_F(PackageVectors, ThatAreRefusedLeaveTheHeldOneAsItWas) {
  int refused = 0;
  const auto ok = std::ranges::find(vectors_, "ok", &VectorFile::name);
  for (const auto& vector : vectors_) {
    if (vector.at("expect") == "ok") continue;
    Kiosk kiosk(*ok);
    kiosk.fetch(ok->body);
    const auto before = kiosk.held();
    ASSERT_FALSE(before.empty());
    kiosk.fetch(vector.body);
    EXPECT_EQ(kiosk.held(), before) << vector.name;
    ++refused;
  }
  EXPECT_GE(refused, 30);
}

TEST_F(PackageVectors, WithTokensAreThereGoodAndBad) {
  int good = 0;
  int bad = 0;
  for (const auto& vector : vectors_) {
    if (vector.name.find("tokens") != std::string::npos) ++(vector.at("expect") == "ok" ? good : bad);
  }
  EXPECT_EQ(good, 1);
  EXPECT_EQ(bad, 5);
}

}  // namespace
}  // namespace perspective::testing
