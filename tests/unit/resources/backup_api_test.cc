// A backup of a collector that runs, what can be said of it without keys, and a collector made from it.
#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "backup/verification.h"
#include "base/file.h"
#include "base/sqlite.h"
#include "envelope/identity.h"
#include "keys/key_cabinet.h"
#include "protocol/signed_manifest.h"
#include "resources/restoration.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kTheirs = "acorn acrobat activity actor";

class BackedUp : public RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
    kiosk_.emplace(enrolled());
    package_ = package_of(*kiosk_);
    theirs_ = sealed(package_, inspection::weekly_reader("Please paint it green"));
    theirs_.id = envelope::derive_id({"acorn", "acrobat", "activity", "actor"}, package_.salt).value();
    others_ = sealed(package_, inspection::weekly_reader("More chairs"));
    ASSERT_EQ(deliver(*kiosk_, {theirs_, others_}).status, 200);
  }
  WebAnswer back_up(const std::string& name = "backup") {
    return inspector().post("/v1/backups", json::serialize(json::object{{"file", (folder_ / name).string()}}));
  }
  WebAnswer copy_keys(const std::string& name = "keys", const std::string& inspection = {}) {
    return inspector().post("/v1/key-copies", json::serialize(json::object{{"folder", (folder_ / name).string()},
                                                                           {"place", "the safe, A. Jones"},
                                                                           {"inspection", inspection}}));
  }
  std::vector<std::string> faults(const std::string& name = "backup") {
    const auto report =
        backup::verify(folder_ / name, service_ ? std::optional(service_->authority_sha256()) : std::nullopt);
    return report ? report->faults : std::vector<std::string>{report.error().what};
  }
  std::string bytes_of(const std::string& name) { return read_text(folder_ / name).value(); }
  void spoil(const std::string& sql, const std::string& name = "backup") {
    auto database = sqlite::Database::open(folder_ / name).value();
    const auto done = database.execute(sql);
    ASSERT_TRUE(done) << done.error().what;
  }
  Result<Restored> restore(std::vector<fs::path> withdrawn) {
    return resources::restore({.data = folder_ / "new",
                               .backup = folder_ / "backup",
                               .keys = folder_ / "keys",
                               .withdrawn = std::move(withdrawn)},
                              SystemClock());
  }
  // The host with the collector is gone; the restored one takes its place.
  void start_restored() {
    stop();
    fs::remove_all(folder_ / "c");
    fs::rename(folder_ / "new", folder_ / "c");
    start();
    kiosk_.emplace(at_the_new_port(*kiosk_));
  }

  std::optional<WebClient> kiosk_;
  protocol::Package package_;
  protocol::SealedEnvelope theirs_;
  protocol::SealedEnvelope others_;
};

TEST_F(BackedUp, IsWholeAndSaysWhatIsNotInIt) {
  ASSERT_EQ(copy_keys().status, 201);
  const auto answer = back_up();
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_THAT(faults(), IsEmpty());
  EXPECT_THAT(std::string(parsed(answer).at("about").as_string()),
              HasSubstr("lewes, recovery key: the safe, A. Jones"));
  const auto verified = backup::verify(folder_ / "backup", std::nullopt);
  ASSERT_TRUE(verified) << verified.error().what;
  const auto& report = *verified;
  EXPECT_EQ(report.authority_sha256, service_->authority_sha256());
  EXPECT_EQ(report.inspections.front().envelopes, 2);
  const auto text = backup::to_text(report, false);
  EXPECT_THAT(text, HasSubstr("whether that authority is yours"));
  EXPECT_THAT(text, HasSubstr("lewes (Lewes, open): 0 answers or a few more"));
  EXPECT_THAT(text, HasSubstr("private keys"));
}

TEST_F(BackedUp, HasNoPrivateKeyNoAnswerAndNothingThatWasTakenBack) {
  ASSERT_EQ(withdraw(kTheirs).status, 200);
  ASSERT_EQ(back_up().status, 201);
  const auto bytes = bytes_of("backup");
  EXPECT_EQ(bytes.find("PRIVATE KEY"), std::string::npos);
  EXPECT_EQ(bytes.find("More chairs"), std::string::npos);
  EXPECT_EQ(bytes.find(std::string(as_text(ByteView(theirs_.id)))), std::string::npos);
  EXPECT_NE(bytes.find(std::string(as_text(ByteView(others_.id)))), std::string::npos);
  EXPECT_EQ(fs::status(folder_ / "backup").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(BackedUp, IsNotWholeWithAnyByteChangedOrRowGone) {
  const std::vector<std::pair<std::string, std::string>> ways = {
      {"UPDATE envelopes SET body = zeroblob(length(body))", "another digest"},
      {"UPDATE envelopes SET digest = zeroblob(32)", "another digest"},
      {"UPDATE envelopes SET body = zeroblob(10)", "one size"},
      {"DELETE FROM envelopes", "should be here"},
      {"DELETE FROM kiosks", "rows instead of"},
      {"UPDATE kiosks SET is_revoked = 1", "a row was changed"},
      {"UPDATE inspections SET area = 'Elsewhere'", "a row was changed"},
      {"UPDATE inspections SET package = zeroblob(10)", "not signed by this collector"},
      {"INSERT INTO kiosk_disallowed VALUES ('a', 'b')", "rows instead of"},
      {"UPDATE audit SET line = line || ' '", "a row was changed"},
      {"DROP TABLE keyings", "table keyings is gone"},
      {"ALTER TABLE kiosks DROP COLUMN name", "a row was changed"},
      {"ALTER TABLE inspections RENAME COLUMN id TO name", "not as any version makes it"},
      {"UPDATE backup SET about = 'all is well'", "its words"},
      {"UPDATE backup SET manifest = zeroblob(100)", "signature"},
  };
  ASSERT_EQ(back_up().status, 201);
  for (const auto& [sql, said] : ways) {
    fs::copy_file(folder_ / "backup", folder_ / "spoilt", fs::copy_options::overwrite_existing);
    spoil(sql, "spoilt");
    EXPECT_THAT(faults("spoilt"), testing::Contains(HasSubstr(said))) << sql;
  }
  auto cut = bytes_of("backup");
  cut.resize(cut.size() / 2);
  ASSERT_TRUE(write_file(folder_ / "spoilt", as_bytes(cut)));
  EXPECT_THAT(faults("spoilt"), testing::Not(IsEmpty())) << "half of it";
}

TEST_F(BackedUp, HasTheHeadOfTheAuditWithItsSignature) {
  ASSERT_EQ(withdraw(kTheirs).status, 200);
  const auto head = std::string(parsed(inspector().get("/v1/audit/verification")).at("head").as_string());
  const auto answer = back_up();
  const auto report = backup::verify(folder_ / "backup", std::nullopt).value();
  EXPECT_EQ(report.manifest.audit.head, head);
  EXPECT_THAT(report.audit.faults, IsEmpty());
  EXPECT_EQ(std::to_string(report.audit.entries), head.substr(0, head.find(':')));
  EXPECT_THAT(backup::to_text(report, true), HasSubstr("each signed and in its place; its head was\n  " + head));
  EXPECT_THAT(std::string(parsed(answer).at("about").as_string()), HasSubstr(head));
  const auto later = parsed(inspector().get("/v1/audit/verification?since=" + head));
  EXPECT_TRUE(later.at("faults").as_array().empty()) << "and the collector's audit still has it";
}

TEST_F(BackedUp, TellsOfAnAuditThatWasMeddledWithAndIsRestoredAllTheSame) {
  ASSERT_EQ(copy_keys().status, 201);
  stop();
  spoil("UPDATE audit SET line = replace(line, 'invited', 'praised')", "c/collector.sqlite");
  start();
  ASSERT_EQ(back_up().status, 201);
  EXPECT_THAT(faults(), IsEmpty()) << "it is what the collector had";
  const auto report = backup::verify(folder_ / "backup", std::nullopt).value();
  EXPECT_THAT(report.audit.faults, testing::Contains(HasSubstr("was changed")));
  EXPECT_THAT(backup::to_text(report, true), HasSubstr("MEDDLED WITH"));
  EXPECT_TRUE(restore({}));
}

TEST_F(BackedUp, KnowsByTheHeadWhatWasCutOffTheAuditInIt) {
  ASSERT_EQ(back_up().status, 201);
  spoil("DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)");
  const auto report = backup::verify(folder_ / "backup", std::nullopt).value();
  EXPECT_THAT(report.audit.faults, testing::Contains(HasSubstr("cut off")));
}

TEST_F(BackedUp, IsAnotherCollectorsWhereTheAuthorityIsAnother) {
  ASSERT_EQ(back_up().status, 201);
  const auto verified = backup::verify(folder_ / "backup", std::string(64, '0'));
  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().code, ErrorCode::refused);
}

TEST_F(BackedUp, TakesThePlaceOfAnOlderBackupAndOfNothingElse) {
  ASSERT_EQ(back_up().status, 201);
  ASSERT_EQ(deliver(*kiosk_, {sealed(package_, inspection::weekly_reader())}).status, 200);
  ASSERT_EQ(back_up().status, 201);
  EXPECT_EQ(backup::verify(folder_ / "backup", std::nullopt).value().inspections.front().envelopes, 3);
  ASSERT_TRUE(write_file(folder_ / "letter", as_bytes("Dear Sir or Madam")));
  EXPECT_EQ(back_up("letter").status, 409);
  EXPECT_EQ(bytes_of("letter"), "Dear Sir or Madam");
  const auto nowhere = back_up("nowhere/backup");
  EXPECT_EQ(nowhere.status, 500);
  EXPECT_THAT(nowhere.body, HasSubstr("there is no such folder"));
}

TEST_F(BackedUp, StaysTheOldOneWhereTheDiskIsFull) {
  ASSERT_EQ(back_up().status, 201);
  const auto before = bytes_of("backup");
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit usual{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &usual), 0);
  for (const rlim_t full : {0UL, 4096UL, before.size() / 2, before.size() - 1}) {
    const rlimit little{.rlim_cur = full, .rlim_max = usual.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &little), 0);
    const auto answer = back_up();
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &usual), 0);
    EXPECT_GE(answer.status, 500) << full;
    EXPECT_EQ(bytes_of("backup"), before) << full;
  }
  std::size_t files = 0;
  for (const auto& file : fs::directory_iterator(folder_))
    files += file.path().filename().string().starts_with("backup") ? 1 : 0;
  EXPECT_EQ(files, 1U) << "nothing is left of those that failed";
  EXPECT_EQ(back_up().status, 201) << "once there is room";
}

TEST_F(BackedUp, BecomesACollectorThatItsKiosksKnowAndThatCountsWhatTheyHad) {
  ASSERT_EQ(copy_keys().status, 201);
  ASSERT_EQ(back_up().status, 201);
  const auto restored = restore({});
  ASSERT_TRUE(restored) << restored.error().what;
  start_restored();
  EXPECT_THAT(inspector().get("/v1/inspections/lewes/keys").body, HasSubstr(": inspection.key"))
      << "the lost host may have it still";
  EXPECT_EQ(opened(), 2);
  ASSERT_EQ(deliver(*kiosk_, {others_, sealed(package_, inspection::weekly_reader())}).status, 200);
  EXPECT_EQ(opened(), 3);
}

TEST_F(BackedUp, BringsBackNobodysAccess) {
  const auto invite_ada = inspector().post("/v1/people", R"({"name": "ada", "roles": ["administrator"]})");
  const auto link = std::string(parsed(invite_ada).at("link").as_string());
  const auto joining = [&] {
    const auto secret = link.substr(link.rfind('.') + 1);
    return inspector().post(
        "/v1/people/joining",
        json::serialize(json::object{{"name", "ada"}, {"secret", secret}, {"password", "grey tin ladder"}}));
  };
  ASSERT_EQ(copy_keys().status, 201);
  ASSERT_EQ(back_up().status, 201);
  ASSERT_EQ(joining().status, 201) << "after the backup, which has the link that is good";
  const auto restored = restore({});
  ASSERT_TRUE(restored) << restored.error().what;
  ASSERT_EQ(restored->people.size(), 1U);
  EXPECT_EQ(restored->people.front().name, "ada");
  start_restored();
  EXPECT_EQ(joining().status, 403);
  EXPECT_THAT(inspector().get("/v1/people").body, HasSubstr("\"has_joined\":false"));
  const auto audit = inspector().get("/v1/audit?limit=500").body;
  EXPECT_THAT(audit, HasSubstr("restored from a backup"));
  EXPECT_THAT(inspector().get("/v1/audit/verification").body, HasSubstr("\"faults\":[]")) << "the chain goes on";
  EXPECT_EQ(inspector().post("/v1/people/ada/reset", "{}").status, 200) << "a new link";
}

TEST_F(BackedUp, BringsBackNothingThatWasTakenBackSince) {
  ASSERT_EQ(copy_keys().status, 201);
  ASSERT_EQ(back_up().status, 201);
  ASSERT_EQ(withdraw(kTheirs).status, 200);
  fs::copy_file(folder_ / "c" / "withdrawn", folder_ / "withdrawn");
  ASSERT_TRUE(restore({folder_ / "withdrawn"}));
  start_restored();
  EXPECT_EQ(opened(), 1);
  const auto again = protocol::decode_outcomes(deliver(*kiosk_, {theirs_}).body).value();
  EXPECT_EQ(again.front().status, 410);
}

TEST_F(BackedUp, IsNotRestoredWithAnOlderNoteOfWhatWasTakenBack) {
  ASSERT_TRUE(write_file(folder_ / "older", {}));
  ASSERT_EQ(withdraw(kTheirs).status, 200);
  ASSERT_EQ(withdraw("actor actor actor actor").status, 200);
  ASSERT_EQ(copy_keys().status, 201);
  ASSERT_EQ(back_up().status, 201);
  EXPECT_THAT(restore({folder_ / "older"}).error().what, HasSubstr("older than the backup"));
  EXPECT_EQ(restore({folder_ / "nowhere"}).error().code, ErrorCode::not_found);
  EXPECT_FALSE(fs::exists(folder_ / "new"));
  EXPECT_TRUE(restore({folder_ / "older", folder_ / "c" / "withdrawn"}));
}

// What an earlier version made has tables and columns less, and is signed as it is.
class MadeByAnEarlierVersion : public BackedUp {
 protected:
  void make(const std::string& sql) {
    ASSERT_EQ(copy_keys().status, 201);
    ASSERT_EQ(back_up().status, 201);
    auto manifest = backup::verify(folder_ / "backup", std::nullopt).value().manifest;
    spoil(sql);
    auto copy = store::CopyFile::open(folder_ / "backup").value();
    manifest.tables = backup::sums_of(copy).value();
    const auto identity = keys::KeyCabinet::open(folder_ / "c" / "keys")->identity().value();
    const auto signed_anew = protocol::sign_manifest(as_bytes(backup::to_json(manifest)), identity.package.key_pem,
                                                     identity.package.certificate_pem)
                                 .value();
    spoil("UPDATE backup SET manifest = X'" + to_hex(ByteView(signed_anew)) + "'");
  }
};

TEST_F(MadeByAnEarlierVersion, IsRestoredThoughItKnewNoPeopleNoAlarmsAndNoPaper) {
  make("DROP TABLE records; DROP TABLE plain_counts; DROP TABLE keyings");
  EXPECT_THAT(faults(), IsEmpty());
  const auto restored = restore({});
  ASSERT_TRUE(restored) << restored.error().what;
  EXPECT_THAT(restored->people, IsEmpty());
  start_restored();
  EXPECT_EQ(opened(), 2);
  EXPECT_EQ(inspector().post("/v1/people", R"({"name": "ada", "roles": ["inspector"]})").status, 201);
  EXPECT_EQ(inspector().get("/v1/alarms").status, 200);
  EXPECT_EQ(parsed(inspector().get("/v1/inspections/lewes/paper/keyings")).at("keyed_once"), 0);
}

TEST_F(MadeByAnEarlierVersion, KeepsItsFormsThoughNobodyKnewSinceWhenTheyWait) {
  make("ALTER TABLE keyings DROP COLUMN day; INSERT INTO keyings VALUES ('lewes', zeroblob(16), 'anna', X'01')");
  EXPECT_THAT(faults(), IsEmpty());
  const auto restored = restore({});
  ASSERT_TRUE(restored) << restored.error().what;
  start_restored();
  EXPECT_EQ(inspector().get("/v1/inspections/lewes/paper/keyings").status, 200);
  EXPECT_THAT(inspector().get("/v1/alarms").body, HasSubstr("unsettled")) << "too early rather than too late";
}

TEST_F(BackedUp, IsRestoredOverNothingAndOnlyWhole) {
  ASSERT_EQ(copy_keys().status, 201);
  ASSERT_EQ(back_up().status, 201);
  fs::create_directories(folder_ / "new");
  ASSERT_TRUE(write_file(folder_ / "new" / "letter", as_bytes("Dear Sir or Madam")));
  EXPECT_EQ(restore({}).error().code, ErrorCode::conflict);
  EXPECT_EQ(bytes_of("new/letter"), "Dear Sir or Madam");
  fs::remove_all(folder_ / "new");
  spoil("UPDATE kiosks SET is_revoked = 1");
  EXPECT_THAT(restore({}).error().what, HasSubstr("a row was changed"));
  EXPECT_FALSE(fs::exists(folder_ / "new"));
}

TEST_F(BackedUp, IsRestoredWithItsOwnKeysAlone) {
  ASSERT_EQ(back_up().status, 201);
  ASSERT_TRUE(DataFolder(folder_ / "other").make({.hosts = {"127.0.0.1"}, .port = 0}, SystemClock()));
  fs::copy(folder_ / "other" / "keys", folder_ / "keys", fs::copy_options::recursive);
  EXPECT_EQ(restore({}).error().code, ErrorCode::refused);
  fs::remove(folder_ / "keys" / "authority.key");
  EXPECT_EQ(restore({}).error().code, ErrorCode::not_found);
  EXPECT_FALSE(fs::exists(folder_ / "new"));
}

TEST_F(BackedUp, KeysAreCopiedOnlyToWhereAPlaceIsSaidFor) {
  const auto nowhere = inspector().post(
      "/v1/key-copies", json::serialize(json::object{{"folder", (folder_ / "keys").string()}, {"place", ""}}));
  EXPECT_EQ(nowhere.status, 400) << nowhere.body;
  EXPECT_FALSE(fs::exists(folder_ / "keys"));
  ASSERT_EQ(copy_keys("keys", "lewes").status, 201);
  EXPECT_EQ(copy_keys("keys", "lewes").status, 409);
  EXPECT_TRUE(fs::exists(folder_ / "keys" / "inspections" / "lewes" / "inspection.key"));
  EXPECT_FALSE(fs::exists(folder_ / "keys" / "inspections" / "lewes" / "recovery.key")) << "nobody needs it to unlock";
  EXPECT_FALSE(fs::exists(folder_ / "keys" / "authority.key"));
  const auto listed = inspector().get("/v1/key-copies").body;
  EXPECT_THAT(listed, HasSubstr("the safe, A. Jones"));
}

TEST_F(BackedUp, CountsOnceWhatWasTakenBackBeforeItAndWhatCameAndWasTakenBackSince) {
  ASSERT_EQ(withdraw(kTheirs).status, 200);
  ASSERT_EQ(copy_keys().status, 201);
  ASSERT_EQ(back_up().status, 201);
  auto later = sealed(package_, inspection::weekly_reader("Fewer chairs"));
  later.id = envelope::derive_id({"actor", "activity", "acrobat", "acorn"}, package_.salt).value();
  ASSERT_EQ(deliver(*kiosk_, {later}).status, 200);
  ASSERT_EQ(withdraw("actor activity acrobat acorn").status, 200);
  fs::copy_file(folder_ / "c" / "withdrawn", folder_ / "withdrawn");
  ASSERT_TRUE(restore({folder_ / "withdrawn"}));
  start_restored();
  ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "{}").status, 200);
  const auto sides = parsed(inspector().get("/v1/inspections/lewes/reconciliation?format=json"));
  const auto& counts = sides.at("collector").as_object();
  EXPECT_EQ(counts.at("accepted"), 3);
  EXPECT_EQ(counts.at("withdrawn"), 2);
  EXPECT_EQ(counts.at("still_sealed"), 1);
}

TEST_F(BackedUp, KeysThatAreElsewhereAreSaidToBeAndCanBeTakenIn) {
  ASSERT_EQ(copy_keys("keys", "lewes").status, 201);
  fs::remove_all(folder_ / "c" / "keys" / "inspections" / "lewes");  // as at a collector that did not make it
  const auto refused = unlock();
  EXPECT_EQ(refused.status, 404) << refused.body;
  EXPECT_THAT(detail(refused), HasSubstr("is not at this collector"));
  const auto take = [this](const std::string& name) {
    return inspector().post("/v1/keys", json::serialize(json::object{{"folder", (folder_ / name).string()}}));
  };
  ASSERT_EQ(take("keys").status, 201);
  EXPECT_EQ(take("keys").status, 201) << "again: nothing changes";
  EXPECT_EQ(opened(), 2);
  EXPECT_THAT(inspector().get("/v1/key-copies").body, HasSubstr("the safe, A. Jones")) << "its list came with it";
  EXPECT_EQ(take("nowhere").status, 404);
}

TEST_F(BackedUp, KeysOfAnotherInspectionAreNotTakenInForThisOne) {
  ASSERT_EQ(copy_keys("keys", "lewes").status, 201);
  fs::remove_all(folder_ / "c" / "keys" / "inspections" / "lewes");
  create("hove");
  ASSERT_EQ(copy_keys("hoves", "hove").status, 201);
  fs::rename(folder_ / "hoves" / "inspections" / "hove", folder_ / "hoves" / "inspections" / "lewes");
  const auto answer =
      inspector().post("/v1/keys", json::serialize(json::object{{"folder", (folder_ / "hoves").string()}}));
  EXPECT_EQ(answer.status, 403) << answer.body;
  EXPECT_FALSE(fs::exists(folder_ / "c" / "keys" / "inspections" / "lewes"));
}

}  // namespace
}  // namespace perspective::resources
