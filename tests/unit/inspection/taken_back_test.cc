// Some take their answers back while an inspection is unlocked: what is left is as if all had been opened anew.
#include <random>

#include "support/source_folder.h"
#include "unit/inspection/collector.h"

namespace perspective::inspection {
namespace {

class WhoeverTakesAnswersBack : public Collector {
 protected:
  void SetUp() override {
    Collector::SetUp();
    create();
  }

  survey::Submission anybody(int number) {
    auto submission = chance_() % 3 == 0 ? weekly_reader() : weekly_reader("Wish " + std::to_string(number));
    if (chance_() % 3 == 0) submission.answers["comes"] = survey::Choice{"monthly"};
    if (chance_() % 4 == 0) submission.mode = "paper";
    if (chance_() % 6 == 0) submission.questionnaire = "no such";  // set aside
    return submission;
  }

  std::vector<envelope::EnvelopeId> answers_of(int people) {
    std::vector<envelope::EnvelopeId> ids;
    for (int i = 0; i < people; ++i) {
      const auto envelope = sealed(anybody(i));
      ids.push_back(envelope.id);
      deliver(envelope);
    }
    return ids;
  }

  // Another, which opens all of it for the first time.
  std::unique_ptr<Inspections> opened_anew() {
    Inspections::Setting setting{.package_key_pem = signer_.key_pem,
                                 .package_certificate_pem = signer_.certificate_pem,
                                 .receipt_public_key = Bytes(32, 9),
                                 .assets = std::filesystem::path(kSourceFolder) / "assets",
                                 .is_swap_allowed = true};
    auto anew = std::make_unique<Inspections>(*store_, *withdrawn_, *cabinet_, clock_, std::move(setting));
    EXPECT_TRUE(anew->unlock("lewes", secret(kPassphrase)));
    return anew;
  }

  // Words with the reference of each that somebody has worked on.
  static std::multiset<std::string> comments_at(Inspections& inspections) {
    std::multiset<std::string> all;
    const auto comments = *inspections.comments("lewes");
    for (const auto& comment : comments) {
      const bool is_worked_on = comment.is_chosen || !comment.read_by.empty();
      all.insert(comment.text + (comment.is_chosen ? " chosen " : " ") + comment.read_by +
                 (is_worked_on ? comment.reference : ""));
    }
    return all;
  }
  std::map<std::string, std::string> references() {
    std::map<std::string, std::string> all;
    const auto comments = *inspections_->comments("lewes");
    for (const auto& comment : comments) all[comment.text] = comment.reference;
    return all;
  }
  void expect_as_opened_anew() {
    const auto anew = opened_anew();
    EXPECT_EQ(*inspections_->tally_json("lewes"), *anew->tally_json("lewes"));
    EXPECT_EQ(comments_at(*inspections_), comments_at(*anew));
    EXPECT_EQ(*inspections_->section("lewes", "full", "en"), *anew->section("lewes", "full", "en"));
  }
  void work_on_some() {
    int number = 0;
    for (const auto& [text, reference] : references()) {
      if (number++ % 3 == 0) {
        ASSERT_TRUE(inspections_->choose("lewes", {reference, false, {}}));
      }
      if (number % 3 == 1) {
        const auto work = inspections_->prepare("lewes", {.reference = reference, .what = MarkRead{}, .by = "ines"});
        ASSERT_TRUE(work) << work.error().what;
        ASSERT_TRUE(inspections_->keep("lewes", *work));
      }
    }
  }

  std::mt19937 chance_{7};
};

TEST_F(WhoeverTakesAnswersBack, LeavesAllElseAsIfItWereOpenedAnew) {
  auto ids = answers_of(40);
  ASSERT_TRUE(unlock());
  work_on_some();
  auto before = references();
  for (const std::size_t count : {1U, 7U, 32U}) {
    std::ranges::shuffle(ids, chance_);
    const std::vector<envelope::EnvelopeId> some(ids.end() - static_cast<std::ptrdiff_t>(count), ids.end());
    ids.resize(ids.size() - count);
    const auto late = sealed(anybody(100 + static_cast<int>(count)));
    ASSERT_TRUE(inspections_->withdraw("lewes", some));
    for (const auto& [text, reference] : references()) EXPECT_EQ(reference, before[text]) << text;
    expect_as_opened_anew();
    deliver(late);
    before = references();
  }
  const auto left = unlock();
  EXPECT_EQ(left->counted + left->set_aside, 3);
}

TEST_F(WhoeverTakesAnswersBack, AtAnotherCollectorDoesSoToo) {
  const auto ids = answers_of(20);
  ASSERT_TRUE(unlock());
  work_on_some();
  auto before = references();
  const auto elsewhere = std::move(*store::SqliteStore::open(folder_ / "collector.sqlite"));
  for (std::size_t i = 0; i < 6; ++i) ASSERT_TRUE(elsewhere->withdraw("lewes", ids[i]));
  for (const auto& [text, reference] : references()) EXPECT_EQ(reference, before[text]) << text;
  expect_as_opened_anew();
}

}  // namespace
}  // namespace perspective::inspection
