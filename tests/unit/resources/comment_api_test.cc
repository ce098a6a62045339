// Comments and concerns as pages and scripts ask for them; what the audit says of it.
#include <set>

#include "base/sqlite.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class ThePersonWhoReads : public RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
    auto kiosk = enrolled();
    const auto package = package_of(kiosk);
    ASSERT_EQ(deliver(kiosk, {sealed(package, inspection::weekly_reader("Ofn Ŵyn: I am scared, Olwen knows")),
                              sealed(package, inspection::weekly_reader("More chairs"))})
                  .status,
              200);
    ASSERT_EQ(unlock().status, 200);
  }
  json::array comments() { return parsed(inspector().get("/v1/inspections/lewes/comments")).at("comments").as_array(); }
  json::object comment(std::string_view text) {
    for (const auto& each : comments()) {
      if (std::string_view(each.at("text").as_string()).find(text) != std::string_view::npos) return each.as_object();
    }
    return {};
  }
  std::string reference(std::string_view text) { return std::string(comment(text).at("reference").as_string()); }
  WebAnswer post(const std::string& path, const json::object& body = {}) {
    return inspector().post("/v1/inspections/lewes" + path, json::serialize(body));
  }
  std::vector<json::object> audit() {
    std::vector<json::object> all;
    const auto entries = parsed(inspector().get("/v1/audit")).at("entries").as_array();
    for (const auto& entry : entries) all.push_back(json::parse(entry.at("line").as_string()).as_object());
    return all;
  }
  std::vector<std::string> deeds() {
    std::vector<std::string> all;
    for (const auto& entry : audit()) all.emplace_back(entry.at("what").as_string());
    return all;
  }
};

TEST_F(ThePersonWhoReads, SaysSoOfOneCommentAndThenOfAll) {
  EXPECT_EQ(parsed(inspector().get("/v1/inspections/lewes/comments")).at("unread"), 2);
  EXPECT_EQ(comment("chairs").at("is_read"), false);
  const auto path = "/comments/" + reference("chairs") + "/read";
  EXPECT_EQ(post(path).status, 201);
  EXPECT_EQ(post(path).status, 200) << "it is read already";
  EXPECT_EQ(comment("chairs").at("is_read"), true);
  EXPECT_THAT(comment("chairs").at("read_by").as_string().c_str(), HasSubstr("uid"));
  EXPECT_THAT(deeds(), Not(Contains("all comments read")));
  EXPECT_EQ(post("/comments/" + reference("scared") + "/read").status, 201);
  EXPECT_EQ(std::ranges::count(deeds(), "all comments read"), 1);
  EXPECT_EQ(std::ranges::count(deeds(), "comment read"), 2);
  EXPECT_EQ(post("/comments/00000000/read").status, 404);
}

TEST_F(ThePersonWhoReads, IsToldHowManyCommentsAreUnreadWithoutAnEntryInTheAudit) {
  const auto before = deeds().size();
  const auto unread = [&] { return inspector().get("/v1/inspections/lewes/comments/unread"); };
  EXPECT_EQ(parsed(unread()), (json::object{{"unread", 2}}));
  EXPECT_EQ(deeds().size(), before);
  EXPECT_EQ(post("/comments/" + reference("chairs") + "/read").status, 201);
  EXPECT_EQ(parsed(unread()), (json::object{{"unread", 1}}));
  ASSERT_EQ(post("/lock").status, 200);
  EXPECT_EQ(unread().status, 403);
}

TEST_F(ThePersonWhoReads, TurnsPagesOfOneListingAndFindsEachCommentOnce) {
  const std::string list = "/v1/inspections/lewes/comments?limit=1";
  for (int time = 0; time < 8; ++time) {
    std::set<std::string> texts;
    const auto first = parsed(inspector().get(list));
    texts.emplace(first.at("comments").at(0).at("text").as_string());
    const auto second = parsed(inspector().get(list + "&after=" + std::string(first.at("next").as_string())));
    texts.emplace(second.at("comments").at(0).at("text").as_string());
    EXPECT_EQ(texts.size(), 2U);
    EXPECT_TRUE(second.at("next").is_null());
  }
  EXPECT_EQ(inspector().get(list + "&after=0123").status, 400);
}

TEST_F(ThePersonWhoReads, IsToldInCharactersWhereANameStands) {
  const auto giveaways = comment("scared").at("giveaways").as_array();
  ASSERT_EQ(giveaways.size(), 2U);
  EXPECT_EQ(giveaways[1], (json::object{{"kind", "name"}, {"begin", 22}, {"end", 27}, {"words", "Olwen"}}));
}

TEST_F(ThePersonWhoReads, CodesRedactsAndIsRefusedWhatIsNoCode) {
  const auto path = "/comments/" + reference("scared");
  EXPECT_EQ(post(path + "/codes", {{"codes", json::array{"fear"}}}).status, 201);
  EXPECT_EQ(post(path + "/codes", {{"codes", json::array{"two, words"}}}).status, 400);
  EXPECT_EQ(post(path + "/codes").status, 400);
  const json::array replacements{json::object{{"words", "Olwen"}, {"as", "[a friend]"}}};
  EXPECT_EQ(post(path + "/redaction", {{"replacements", replacements}}).status, 201);
  EXPECT_EQ(post(path + "/redaction", {{"replacements", json::array{"Olwen"}}}).status, 400);
  EXPECT_EQ(comment("scared").at("codes"), json::array{"fear"});
  EXPECT_EQ(comment("scared").at("redacted"), "Ofn Ŵyn: I am scared, [a friend] knows");
  EXPECT_EQ(comment("scared").at("replacements"), replacements) << "for whoever takes out more";
  EXPECT_EQ(post(path + "/translations", {{"language", "en"}, {"words", "x"}}).status, 400);
}

TEST_F(ThePersonWhoReads, SeesHowManyCommentsHaveACodeInFivesWhileFieldworkIsOpen) {
  const auto listed = [&] { return parsed(inspector().get("/v1/inspections/lewes/comments")); };
  const auto count = [](int n) { return json::array{json::object{{"code", "not listened to"}, {"count", n}}}; };
  EXPECT_EQ(listed().at("codes"), json::array{});
  EXPECT_EQ(post("/comments/" + reference("scared") + "/codes", {{"codes", json::array{"not listened to"}}}).status,
            201);
  EXPECT_EQ(listed().at("codes"), count(0)) << "of fewer than five it is not said how many";
  EXPECT_EQ(listed().at("uncoded"), 0);
  ASSERT_EQ(post("/end-fieldwork").status, 200);
  ASSERT_EQ(unlock().status, 200);
  EXPECT_EQ(listed().at("codes"), count(1));
  EXPECT_EQ(listed().at("uncoded"), 1);
}

TEST_F(ThePersonWhoReads, CallsACodeOtherwiseWhereverItStands) {
  ASSERT_EQ(post("/end-fieldwork").status, 200);
  ASSERT_EQ(unlock().status, 200);
  const auto rename = [&](const char* code, const char* as) {
    return post("/codes/renaming", {{"code", code}, {"as", as}});
  };
  post("/comments/" + reference("scared") + "/codes", {{"codes", json::array{"fear", "listened"}}});
  post("/comments/" + reference("chairs") + "/codes", {{"codes", json::array{"listened"}}});
  EXPECT_EQ(parsed(rename("listened", "felt listened to")), (json::object{{"comments", 2}}));
  EXPECT_EQ(comment("scared").at("codes"), (json::array{"fear", "felt listened to"}));
  EXPECT_EQ(parsed(rename("fear", "felt listened to")), (json::object{{"comments", 1}})) << "two become one";
  EXPECT_EQ(comment("scared").at("codes"), json::array{"felt listened to"});
  EXPECT_EQ(std::ranges::count(deeds(), "comment coded"), 5) << "an entry for each comment";
  EXPECT_EQ(rename("fear", "home").status, 404);
  EXPECT_EQ(rename("felt listened to", "a, b").status, 400);
  EXPECT_EQ(rename("felt listened to", "").status, 400);
  ASSERT_EQ(post("/lock").status, 200);
  EXPECT_EQ(rename("felt listened to", "heard").status, 403);
}

TEST_F(ThePersonWhoReads, TakesCommentsAwayWithTheirCodesOnceFieldworkIsOver) {
  const std::string rows = "/v1/inspections/lewes/rows?questionnaire=readers&format=comments";
  const auto scared = reference("scared");
  post("/comments/" + scared + "/codes", {{"codes", json::array{"felt afraid", "home"}}});
  post("/comments/" + scared + "/redaction", {{"replacements", json::array{json::object{{"words", "Olwen"}}}}});
  EXPECT_EQ(inspector().get(rows).status, 409) << "two exports tell who wrote between them";
  ASSERT_EQ(post("/end-fieldwork").status, 200);
  ASSERT_EQ(unlock().status, 200);
  std::set<std::string> orders;
  for (int time = 0; time < 40; ++time) orders.insert(inspector().get(rows).body);
  EXPECT_EQ(orders.size(), 2U) << "shuffled anew each time";
  const auto& file = *orders.begin();
  EXPECT_THAT(file, StartsWith("question,words,language,may_be_quoted,codes\r\n"));
  EXPECT_THAT(file, HasSubstr("felt afraid; home\r\n"));
  EXPECT_THAT(file, HasSubstr("I am scared, [name] knows"));
  EXPECT_THAT(file, Not(HasSubstr("Olwen")));
  EXPECT_THAT(file, Not(HasSubstr(scared)));
  EXPECT_EQ(std::ranges::count(deeds(), "rows exported"), 40);
}

TEST_F(ThePersonWhoReads, RaisesAConcernThatIsDecidedAndEnds) {
  const auto raised = post("/comments/" + reference("scared") + "/concerns", {{"lead", "Anna Jones"}, {"why", "home"}});
  ASSERT_EQ(raised.status, 201);
  const std::string concern(parsed(raised).at("reference").as_string());
  EXPECT_EQ(post("/concerns/" + concern + "/outcome", {{"words", "safe"}}).status, 409);
  EXPECT_EQ(post("/concerns/" + concern + "/decision", {{"words", "visit"}}).status, 201);
  EXPECT_EQ(post("/concerns/" + concern + "/outcome", {{"words", "safe"}}).status, 201);
  EXPECT_EQ(post("/concerns/00000000/decision", {{"words", "visit"}}).status, 404);
  const auto shown = parsed(inspector().get("/v1/inspections/lewes/concerns")).at("concerns").at(0);
  EXPECT_EQ(shown.at("lead"), "Anna Jones");
  EXPECT_EQ(shown.at("comment").at("text"), "Ofn Ŵyn: I am scared, Olwen knows");
  EXPECT_EQ(shown.at("decisions").at(0).at("words"), "visit");
  EXPECT_EQ(shown.at("outcomes").at(0).at("words"), "safe");
  EXPECT_EQ(comment("scared").at("concerns"), json::array{concern});
}

TEST_F(ThePersonWhoReads, IsToldOfAConcernAtOnceAlsoWhileItIsLocked) {
  ASSERT_EQ(post("/comments/" + reference("scared") + "/concerns", {{"lead", "Anna Jones"}}).status, 201);
  ASSERT_EQ(post("/comments/" + reference("chairs") + "/concerns", {{"lead", "Anna Jones"}}).status, 201);
  ASSERT_EQ(post("/lock").status, 200);
  const auto first = parsed(inspector().get("/v1/alarms?limit=1"));
  EXPECT_EQ(first.at("found"), 2);
  EXPECT_EQ(first.at("alarms").at(0).at("kind"), "raised");
  const auto next = std::string(first.at("next").as_string());
  const auto second = parsed(inspector().get("/v1/alarms?limit=1&after=" + next));
  EXPECT_NE(first.at("alarms").at(0).at("says"), second.at("alarms").at(0).at("says"));
  const auto alarms = parsed(inspector().get("/v1/inspections/lewes")).at("alarms").as_array();
  ASSERT_EQ(alarms.size(), 2U);
  for (const auto& alarm : alarms) EXPECT_EQ(alarm.at("kind"), "raised");
}

TEST_F(ThePersonWhoReads, SeesBesideAConcernWhatWasAsked) {
  ASSERT_EQ(post("/comments/" + reference("scared") + "/concerns", {{"lead", "Anna Jones"}}).status, 201);
  const auto comment = parsed(inspector().get("/v1/inspections/lewes/concerns?language=en")).at("concerns").at(0);
  EXPECT_EQ(comment.at("comment").at("question"), "What do you wish for?");
  EXPECT_EQ(inspector().get("/v1/inspections/lewes/concerns?language=xx").status, 404) << "it has no such language";
}

TEST_F(ThePersonWhoReads, LeavesEveryStepInTheAuditWithoutAWordOfIt) {
  const auto path = "/comments/" + reference("scared");
  const auto raised = post(path + "/concerns", {{"lead", "Anna Jones"}, {"why", "the why"}});
  const std::string concern(parsed(raised).at("reference").as_string());
  post(path + "/read");
  post(path + "/codes", {{"codes", json::array{"fear"}}});
  post(path + "/redaction", {{"likely", true}});
  post(path + "/translations", {{"language", "en"}, {"words", "the translation"}, {"translator", "Elin Rees"}});
  post("/concerns/" + concern + "/decision", {{"words", "the decision"}});
  post("/concerns/" + concern + "/outcome", {{"words", "the outcome"}});
  for (const char* deed : {"concern raised", "comment read", "comment coded", "comment redacted", "comment translated",
                           "concern decided", "outcome of a concern recorded"}) {
    EXPECT_THAT(deeds(), Contains(deed));
  }
  const auto all = inspector().get("/v1/audit").body;
  for (const std::string& word : {std::string("Olwen"), std::string("scared"), std::string("the why"),
                                  reference("scared"), std::string("fear"), std::string("the translation"),
                                  std::string("the decision"), std::string("the outcome"), std::string("Elin Rees")}) {
    EXPECT_THAT(all, Not(HasSubstr(word)));
  }
  for (const auto& entry : audit()) {
    if (entry.at("what") != "concern raised") continue;
    EXPECT_EQ(entry.at("about").at("concern"), json::value(concern));
    EXPECT_EQ(entry.at("about").at("lead"), "Anna Jones");
    EXPECT_EQ(entry.at("about").at("sealed_sha256").as_string().size(), 64U);
  }
  EXPECT_TRUE(parsed(inspector().get("/v1/audit/verification")).at("faults").as_array().empty());
}

TEST_F(ThePersonWhoReads, HasNoAlarmToday) {
  const auto answer = parsed(inspector().get("/v1/alarms"));
  EXPECT_TRUE(answer.at("alarms").as_array().empty());
  EXPECT_TRUE(answer.at("warnings").is_array());
}

// What came a week ago, as the store's days say.
TEST_F(ThePersonWhoReads, IsCalledWhenNobodyReadsAlsoWhileItIsLocked) {
  stop();
  {
    auto database = sqlite::Database::open(folder_ / "c" / "collector.sqlite").value();
    const auto a_week_ago = day_of(SystemClock().now_s() - 7 * 86400);
    ASSERT_TRUE(database.execute("UPDATE daily_counts SET day = '" + a_week_ago + "'"));
  }
  start();
  const auto alarms = parsed(inspector().get("/v1/alarms")).at("alarms").as_array();
  ASSERT_EQ(alarms.size(), 1U);
  EXPECT_EQ(alarms[0].at("inspection"), "lewes");
  EXPECT_EQ(alarms[0].at("kind"), "unread");
  EXPECT_EQ(alarms[0].at("is_overdue"), true);
  EXPECT_EQ(parsed(inspector().get("/v1/inspections")).at("inspections").at(0).at("alarms").as_array().size(), 1U);
  ASSERT_EQ(unlock().status, 200);
  EXPECT_EQ(parsed(inspector().get("/v1/alarms")).at("alarms").as_array().size(), 1U) << "unlocked is not read";
  for (const char* text : {"scared", "chairs"}) post("/comments/" + reference(text) + "/read");
  EXPECT_TRUE(parsed(inspector().get("/v1/alarms")).at("alarms").as_array().empty());
}

}  // namespace
}  // namespace perspective::resources
