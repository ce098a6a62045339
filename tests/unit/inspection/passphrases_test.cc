// Beside a passphrase that is being derived: nobody waits for it who changes no keys, and what changes meanwhile is
// seen.
#include <chrono>
#include <functional>
#include <future>

#include "inspection/programmes.h"
#include "support/source_folder.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

using testing::HasSubstr;

// Asked for the day on which keys are made, changed, shared or tried: by whoever has the turn to do so.
class InterruptingClock final : public Clock {
 public:
  std::function<void()> meanwhile;
  std::int64_t now_s() const override {
    if (meanwhile) meanwhile();
    return kNow;
  }
};

class WhileAPassphraseIsDerived : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create();
    Inspections::Setting setting{.package_key_pem = signer_.key_pem,
                                 .package_certificate_pem = signer_.certificate_pem,
                                 .receipt_public_key = Bytes(32, 9),
                                 .assets = std::filesystem::path(kSourceFolder) / "assets",
                                 .is_swap_on = [] { return false; }};
    interrupted_ = std::make_unique<Inspections>(*store_, *withdrawn_, *cabinet_, interrupting_, std::move(setting));
  }
  void TearDown() override {
    interrupted_.reset();
    Collector::TearDown();
  }
  // Somebody takes something back, and is told that it is done before the other goes on.
  void expect_wishes_are_done(const std::function<void()>& long_work) {
    std::vector<std::future<Result<void>>> wishes;
    interrupting_.meanwhile = [&] {
      const auto id = envelope::EnvelopeId{++last_};
      wishes.push_back(std::async(
          std::launch::async, [this, id] { return interrupted_->withdraw(std::string("lewes"), std::vector{id}); }));
      EXPECT_EQ(wishes.back().wait_for(std::chrono::seconds(20)), std::future_status::ready) << "it waits";
    };
    long_work();
    interrupting_.meanwhile = nullptr;
    EXPECT_FALSE(wishes.empty());
    for (auto& wish : wishes) EXPECT_TRUE(wish.get());
    EXPECT_EQ(store_->withdrawn()->size(), last_);
  }

  InterruptingClock interrupting_;
  std::unique_ptr<Inspections> interrupted_;
  std::uint8_t last_ = 0;
};

TEST_F(WhileAPassphraseIsDerived, AnswersAreTakenBack) {
  expect_wishes_are_done([&] { EXPECT_TRUE(interrupted_->create(new_inspection("hove"))); });
  expect_wishes_are_done([&] {
    EXPECT_TRUE(interrupted_->change_passphrase("hove", keys::Half::inspection, secret(kPassphrase),
                                                secret("another one that is long")));
  });
  std::vector<SecretBytes> shares;
  expect_wishes_are_done([&] {
    shares = *interrupted_->split_recovery("lewes", secret(kRecoveryPassphrase), {"Ann", "Bob"}, 2);
  });
  expect_wishes_are_done(
      [&] { EXPECT_TRUE(interrupted_->restore_recovery("lewes", shares, secret("and one more that is long"))); });
  expect_wishes_are_done([&] {
    EXPECT_TRUE(interrupted_->rehearse("lewes", {secret("and one more that is long"), {}}));
  });
  expect_wishes_are_done([&] {
    EXPECT_TRUE(Programmes(*interrupted_)
                    .create({.id = "south",
                             .title = "South",
                             .passphrase = secret(kPassphrase),
                             .recovery_passphrase = secret(kRecoveryPassphrase)}));
  });
}

// As another collector on the same store does.
TEST_F(WhileAPassphraseIsDerived, WhoeverMakesTheSameInspectionElsewhereIsFirstAndNoKeysAreLeft) {
  interrupting_.meanwhile = [&] {
    auto other = *store_->inspection("lewes");
    other.head.id = "hove";
    EXPECT_TRUE(store_->add_inspection(other));
    interrupting_.meanwhile = nullptr;
  };
  const auto created = interrupted_->create(new_inspection("hove"));
  ASSERT_FALSE(created);
  EXPECT_EQ(created.error().code, ErrorCode::conflict);
  EXPECT_THAT(created.error().what, HasSubstr("there is an inspection 'hove' already"));
  EXPECT_EQ(cabinet_->certificates("hove").error().code, ErrorCode::not_found);
  EXPECT_THAT(*cabinet_->inspections(), testing::ElementsAre("lewes"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "keys" / "inspections" / "hove"));
}

TEST_F(WhileAPassphraseIsDerived, AQuestionnaireThatIsPublishedElsewhereIsSeen) {
  interrupting_.meanwhile = [&] {
    interrupting_.meanwhile = nullptr;
    auto other = *store_->inspection("lewes");
    other.head.id = "rye";
    const auto place = other.definition.find("Our readers");
    ASSERT_NE(place, std::string::npos);
    other.definition.replace(place, 3, "Own");
    EXPECT_TRUE(store_->add_inspection(other));
  };
  const auto created = interrupted_->create(new_inspection("hove"));
  ASSERT_FALSE(created);
  EXPECT_THAT(created.error().what, HasSubstr("was published in the inspection"));
  EXPECT_EQ(cabinet_->certificates("hove").error().code, ErrorCode::not_found);
  EXPECT_EQ(interrupted_->create(new_inspection("hove")).error().code, ErrorCode::conflict) << "the same, and no keys";
}

}  // namespace
}  // namespace perspective::inspection
