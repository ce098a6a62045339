// Forms on paper, asked as an inspector asks: what one form lacks stops no other.
#include "base/sqlite.h"
#include "envelope/identity.h"
#include "inspection/sealing.h"
#include "paper/keying.h"
#include "paper/reference.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

using ::testing::HasSubstr;

class FormsThatTwoHaveKeyed : public RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
    auto kiosk = enrolled();
    package_ = package_of(kiosk);
  }

  // As it stands in the store once two people have keyed the same.
  void keyed_twice(const std::string& reference, const std::string& questionnaire) {
    const auto id = envelope::derive_id(paper::words_of(reference), package_.salt).value();
    const auto readers = survey::Questionnaire::parse(inspection::kReaders).value();
    auto submission =
        paper::submission_of(readers, {{"comes", {"weekly"}}}, {to_hex(ByteView(id)), "lewes", "en"}).value();
    submission.questionnaire = questionnaire;
    const auto body = inspection::seal_padded(paper::to_text({reference, submission}), 8192, package_).value();
    auto database = sqlite::Database::open(folder_ / "c" / "collector.sqlite").value();
    for (const char* const keyer : {"anna", "ben"}) {
      auto put =
          database.prepare("INSERT INTO keyings (inspection, form, keyer, body) VALUES ('lewes', ?, ?, ?)").value();
      ASSERT_TRUE(put.bind(1, ByteView(id)).bind(2, std::string(keyer)).bind(3, ByteView(body)).run());
    }
  }
  WebAnswer settle_all() { return inspector().post("/v1/inspections/lewes/paper/settlements", "{}"); }
  std::string drawn() const { return paper::draw_reference(package_.salt); }
  json::object forms() { return parsed(inspector().get("/v1/inspections/lewes/paper/keyings")); }

  protocol::Package package_;
};

TEST_F(FormsThatTwoHaveKeyed, AreCountedThoughOneOfThemIsOfAnUnknownQuestionnaire) {
  std::vector<std::string> references{drawn(), drawn(), drawn()};
  std::ranges::sort(references);
  keyed_twice(references[0], "gone");  // they are settled in the order of their letters
  keyed_twice(references[1], "readers");
  keyed_twice(references[2], "readers");
  ASSERT_EQ(unlock().status, 200);
  const auto settled = settle_all();
  EXPECT_EQ(settled.status, 201) << settled.body;
  EXPECT_EQ(parsed(settled).at("counted"), 2);
  const auto left = forms().at("forms").as_array();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(std::string(left[0].at("reference").as_string()), references[0]);
  EXPECT_EQ(left[0].at("unreadable").as_array().size(), 2U) << "which says that it is to be discarded";
  const auto named = inspector().post("/v1/inspections/lewes/paper/settlements",
                                      json::serialize(json::object{{"reference", references[0]}}));
  EXPECT_EQ(named.status, 409);
  EXPECT_THAT(detail(named), HasSubstr("discard it, and key it again"));
}

}  // namespace
}  // namespace perspective::resources
