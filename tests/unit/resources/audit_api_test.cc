#include "resources/audit_api.h"

#include <pwd.h>
#include <unistd.h>

#include "base/sqlite.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class TheAudit : public RunningCollector {
 protected:
  json::array entries() { return parsed(inspector().get("/v1/audit")).at("entries").as_array(); }
  std::vector<json::object> said() {
    std::vector<json::object> all;
    for (const auto& entry : entries()) all.push_back(json::parse(entry.at("line").as_string()).as_object());
    return all;
  }
  std::vector<std::string> deeds() {
    std::vector<std::string> all;
    for (const auto& entry : said()) all.emplace_back(entry.at("what").as_string());
    return all;
  }
  std::vector<std::string> faults(const std::string& since = {}) {
    const auto verdict = parsed(inspector().get("/v1/audit/verification?since=" + since));
    std::vector<std::string> says;
    for (const auto& fault : verdict.at("faults").as_array()) says.emplace_back(fault.at("says").as_string());
    return says;
  }
  std::string head() { return std::string(parsed(inspector().get("/v1/audit/verification")).at("head").as_string()); }
  long post(const std::string& path, const json::object& body = {}) {
    return inspector().post(path, json::serialize(body)).status;
  }
  // As somebody does it who can write to the database.
  void tamper(const std::string& sql) {
    auto database = sqlite::Database::open(folder_ / "c" / "collector.sqlite").value();
    const auto done = database.execute(sql);
    ASSERT_TRUE(done) << done.error().what;
  }
};

TEST_F(TheAudit, HasWhatInspectorsDidInItsOrder) {
  create();
  auto kiosk = enrolled();
  EXPECT_EQ(post("/v1/inspections/lewes/tokens", {{"count", 2}}), 201);
  EXPECT_EQ(unlock("not the right words").status, 403);
  EXPECT_EQ(unlock().status, 200);
  EXPECT_EQ(inspector().get("/v1/inspections/lewes/comments").status, 200);
  EXPECT_EQ(inspector().get("/v1/inspections/lewes/tally?reason=why").status, 200);
  EXPECT_EQ(inspector().get("/v1/inspections/lewes/section?kind=full&language=en&reason=why").status, 200);
  EXPECT_EQ(post("/v1/inspections/lewes/lock"), 200);
  EXPECT_EQ(inspector().get("/v1/inspections/lewes/tally?reason=why").status, 403);
  EXPECT_EQ(post("/v1/kiosks/" + kiosk_id_ + "/inspections/lewes/disallow"), 200);
  EXPECT_EQ(post("/v1/kiosks/" + kiosk_id_ + "/inspections/lewes/allow"), 200);
  EXPECT_EQ(post("/v1/kiosks/" + kiosk_id_ + "/revoke"), 200);
  EXPECT_EQ(post("/v1/invites", {{"kiosk", kiosk_id_}}), 201);
  EXPECT_EQ(post("/v1/inspections/lewes/end-fieldwork"), 200);
  EXPECT_EQ(inspector().get("/v1/inspections/lewes/reconciliation").status, 200);
  EXPECT_EQ(post("/v1/inspections/lewes/draft-report"), 200);
  EXPECT_EQ(post("/v1/inspections/lewes/publish"), 200);
  EXPECT_THAT(deeds(), ElementsAre("inspection created", "kiosk invited", "kiosk enrolled", "tokens issued",
                                   "unlocking refused", "inspection unlocked", "comments read", "tally read",
                                   "section read", "inspection locked", "kiosk not allowed to serve any more",
                                   "kiosk allowed to serve", "kiosk revoked", "kiosk invited again", "fieldwork ended",
                                   "reconciliation read", "draft report sent", "report published"));
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(TheAudit, SaysWhoItWasAndOfWhichInspection) {
  create();
  enrolled();
  const passwd* const user = ::getpwuid(::geteuid());
  const auto all = said();
  EXPECT_THAT(all.at(0).at("who").as_string().c_str(), HasSubstr(std::string(user->pw_name) + " (uid "));
  EXPECT_EQ(all.at(0).at("inspection"), "lewes");
  EXPECT_EQ(all.at(2).at("who"), "a kiosk with an invite");
  EXPECT_EQ(all.at(2).at("inspection"), "lewes");
  EXPECT_EQ(all.at(2).at("about"), (json::object{{"kiosk", kiosk_id_}, {"name", "Front office"}}));
}

TEST_F(TheAudit, HasNoEntryOfWhatWasRefused) {
  create();
  EXPECT_EQ(inspector().post("/v1/inspections", json::serialize(new_inspection())).status, 409);
  EXPECT_EQ(post("/v1/kiosks/nobody/revoke"), 404);
  EXPECT_EQ(post("/v1/inspections/lewes/publish"), 409);
  EXPECT_THAT(deeds(), ElementsAre("inspection created"));
}

TEST_F(TheAudit, HoldsNoPassphraseNoInviteAndNoWords) {
  create();
  const auto secret = invite();
  unlock();
  unlock("not the right words");
  const auto body = json::serialize(json::object{{"words", "able acid also apex"}});
  inspector().post("/v1/inspections/lewes/withdrawals", body);
  const auto all = inspector().get("/v1/audit").body;
  for (const std::string& word :
       {std::string(inspection::kPassphrase), std::string(inspection::kRecoveryPassphrase),
        secret.substr(secret.size() - 16), std::string("not the right"), std::string("apex")}) {
    EXPECT_THAT(all, Not(HasSubstr(word)));
  }
}

TEST_F(TheAudit, StandsInATallyWithItsHead) {
  create();
  unlock();
  const auto tally = inspector().get("/v1/inspections/lewes/tally?reason=why");
  const auto named = std::string(parsed(tally).at("audit_head").as_string());
  EXPECT_EQ(head(), named) << "with its signature";
  EXPECT_THAT(tally.header, HasSubstr("Audit-Head: " + named));
  EXPECT_THAT(inspector().get("/v1/inspections/lewes/section?kind=full&language=en&reason=why").header,
              HasSubstr("Audit-Head: 4:"));
}

TEST_F(TheAudit, ShowsWhatWasDoneToItsTable) {
  create();
  unlock();
  post("/v1/inspections/lewes/lock");
  const auto kept = head();
  EXPECT_THAT(faults(kept), IsEmpty());
  tamper("UPDATE audit SET line = replace(line, 'unlocked', 'locked') WHERE number = 2");
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("Entry 2 was changed")));
  tamper("DELETE FROM audit WHERE number = 2");
  EXPECT_THAT(faults(), ElementsAre("Entry 2 is missing: entry 1 is followed by entry 3."));
  tamper("DELETE FROM audit WHERE number > 1");
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("Entries 2 to 3 were cut off")));  // it wrote them itself
  stop();
  start();
  EXPECT_THAT(faults(), IsEmpty());
  EXPECT_THAT(faults(kept), ElementsAre(HasSubstr("Entries 2 to 3 were cut off")));
}

TEST_F(TheAudit, IsGivenInPages) {
  create();
  invite();
  invite();
  const auto page = parsed(inspector().get("/v1/audit?after=1&limit=1"));
  EXPECT_EQ(page.at("entries").as_array().size(), 1u);
  EXPECT_EQ(page.at("entries").as_array().at(0).at("number"), 2);
  EXPECT_EQ(page.at("newest"), 3);
  for (const std::string wrong : {"after=x", "limit=0", "limit=501", "limit=-1"}) {
    EXPECT_EQ(inspector().get("/v1/audit?" + wrong).status, 400) << wrong;
  }
  EXPECT_EQ(inspector().get("/v1/audit/verification?since=3").status, 400);
}

TEST_F(TheAudit, IsNotForKiosks) {
  create();
  auto kiosk = enrolled();
  EXPECT_EQ(kiosk.get("/v1/audit").status, 404);
}

}  // namespace
}  // namespace perspective::resources
