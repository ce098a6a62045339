// Section and tally as files of other programs, over the API.
#include "archive/archive.h"
#include "documents/documents.h"
#include "documents/workbook.h"
#include "unit/resources/running_collector.h"

namespace perspective::resources {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class FileApi : public RunningCollector {
 protected:
  void SetUp() override {
    RunningCollector::SetUp();
    create();
    auto kiosk = enrolled();
    const auto package = package_of(kiosk);
    std::vector<protocol::SealedEnvelope> batch;
    for (int i = 0; i < 20; ++i) batch.push_back(sealed(package, inspection::weekly_reader()));
    ASSERT_EQ(deliver(kiosk, batch).status, 200);
    ASSERT_EQ(unlock().status, 200);
  }
  void freeze() {
    ASSERT_EQ(inspector().post("/v1/inspections/lewes/end-fieldwork", "{}").status, 200);
    ASSERT_EQ(unlock().status, 200);
    const auto frozen = inspector().post("/v1/inspections/lewes/release", "{}");
    ASSERT_EQ(frozen.status, 201) << frozen.body;
  }
  WebAnswer of_release(const std::string& what) { return inspector().get("/v1/inspections/lewes/release" + what); }
  WebAnswer section(const std::string& format) {
    return inspector().get("/v1/inspections/lewes/section?kind=full&language=en&reason=why&format=" + format);
  }
  WebAnswer section_with(const std::string& template_bytes, const std::string& format = "docx") {
    return inspector().post("/v1/inspections/lewes/section?kind=full&language=en&reason=why&format=" + format,
                            json::serialize(json::object{{"template_hex", to_hex(as_bytes(template_bytes))}}));
  }
  static documents::Parts parts_of(const std::string& file) {
    auto parts = documents::read_template(as_bytes(file));
    EXPECT_TRUE(parts) << parts.error().what;
    return parts ? *std::move(parts) : documents::Parts();
  }
};

TEST_F(FileApi, GivesTheSectionAsAWordDocumentThatIsMarked) {
  const auto answer = section("docx");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(answer.header, HasSubstr(documents::kDocxMediaType));
  EXPECT_THAT(answer.header, HasSubstr("attachment; filename=\"lewes-full-section.en.docx\""));
  EXPECT_THAT(answer.header, HasSubstr("Audit-Head: "));
  EXPECT_THAT(answer.header, Not(HasSubstr("Template-Remarks")));
  auto parts = parts_of(answer.body);
  EXPECT_THAT(parts["word/document.xml"], HasSubstr("come every week"));
  EXPECT_THAT(parts["word/perspective-header-default.xml"], HasSubstr("NOT FOR RELEASE"));
}

TEST_F(FileApi, GivesTheSectionAsAnOpenDocument) {
  const auto answer = section("odt");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(answer.header, HasSubstr(documents::kOdtMediaType));
  EXPECT_THAT(parts_of(answer.body)["content.xml"], HasSubstr("come every week"));
}

TEST_F(FileApi, GivesTheSectionInATemplateAndSaysWhatThatLacks) {
  const auto own = section("docx").body;
  const auto again = section_with(own);
  ASSERT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(again.body, own);
  auto parts = parts_of(own);
  auto& styles = parts["word/styles.xml"];
  styles.replace(styles.find("PerspectiveNote\"/>"), 18, "Something else\"/>");
  std::vector<archive::Part> all;
  for (const auto& [name, content] : parts) all.push_back({.name = name, .content = content});
  const auto other = section_with(std::string(as_text(*archive::write_archive(all))));
  EXPECT_EQ(other.status, 200) << other.body;
  EXPECT_THAT(other.header, HasSubstr("Template-Remarks: the template has no paragraph style \"PerspectiveNote\""));
}

TEST_F(FileApi, SaysWhatIsWrongWithATemplate) {
  const auto refused = section_with("no document");
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(detail(refused), HasSubstr("the template: is no .docx file: save"));
  EXPECT_EQ(section_with(section("docx").body, "odt").status, 400);
  EXPECT_EQ(inspector().post("/v1/inspections/lewes/section?kind=full&language=en&reason=why", "{}").status, 400);
}

TEST_F(FileApi, GivesTheTallyAsWorkbooks) {
  for (const auto& [format, type] : {std::pair("xlsx", documents::kXlsxMediaType), {"ods", documents::kOdsMediaType}}) {
    const auto answer = inspector().get(std::string("/v1/inspections/lewes/tally?reason=why&format=") + format);
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(answer.header, HasSubstr(type));
    EXPECT_THAT(answer.header, HasSubstr(std::string("filename=\"lewes-full-tally.en.") + format));
    EXPECT_TRUE(answer.body.starts_with("PK")) << format;
  }
}

TEST_F(FileApi, RefusesAFormatThatThereIsNotNamingThoseThatThereAre) {
  EXPECT_THAT(detail(section("rtf")), HasSubstr("text, docx or odt"));
  const auto tally = inspector().get("/v1/inspections/lewes/tally?reason=why&format=rtf");
  EXPECT_THAT(detail(tally), HasSubstr("text, json, xlsx or ods"));
}

TEST_F(FileApi, NeedsAReasonAsTheSameInPlainTextAndIsInTheAudit) {
  EXPECT_EQ(inspector().get("/v1/inspections/lewes/section?kind=full&language=en&format=docx").status, 403);
  EXPECT_EQ(inspector().get("/v1/inspections/lewes/tally?format=xlsx").status, 403);
  EXPECT_THAT(inspector().get("/v1/audit").body, Not(HasSubstr("section read")));
  section("docx");
  const auto audit = inspector().get("/v1/audit").body;
  EXPECT_THAT(audit, HasSubstr("section read"));
  EXPECT_THAT(audit, HasSubstr("docx"));
}

TEST_F(FileApi, GivesTheReleaseSectionWithoutAMarkAlsoInTheTemplateOfAFullOne) {
  freeze();
  for (const std::string format : {"docx", "odt"}) {
    const auto answer = of_release("/section?language=en&format=" + format);
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(answer.header, HasSubstr("filename=\"lewes-section.en." + format));
    for (const auto& [name, content] : parts_of(answer.body)) EXPECT_THAT(content, Not(HasSubstr("NOT FOR RELEASE")));
  }
  const auto full = section("docx").body;
  const auto body = json::serialize(json::object{{"template_hex", to_hex(as_bytes(full))}});
  const auto answer = inspector().post("/v1/inspections/lewes/release/section?language=en&format=docx", body);
  ASSERT_EQ(answer.status, 200) << answer.body;
  auto parts = parts_of(answer.body);
  EXPECT_THAT(parts["word/document.xml"], HasSubstr("come every week"));
  for (const auto& [name, content] : parts) EXPECT_THAT(content, Not(HasSubstr("NOT FOR RELEASE"))) << name;
}

TEST_F(FileApi, GivesTheReleaseAsTables) {
  EXPECT_EQ(of_release("/tables?format=csv").status, 404);  // none is frozen
  freeze();
  const auto csv = of_release("/tables?format=csv&language=en");
  ASSERT_EQ(csv.status, 200) << csv.body;
  EXPECT_THAT(csv.header, HasSubstr("text/csv"));
  EXPECT_THAT(csv.body, HasSubstr("lewes,readers,3,20,regulars,"));
  const auto frozen = parsed(of_release(""));
  const auto tables = parsed(of_release("/tables?format=json&language=en"));
  EXPECT_EQ(tables.at("release"), frozen.at("release"));
  for (const std::string format : {"xlsx", "ods"}) {
    const auto answer = of_release("/tables?format=" + format);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_TRUE(answer.body.starts_with("PK"));
  }
  EXPECT_THAT(of_release("/tables?format=codebook").body, HasSubstr("column,name,meaning"));
  EXPECT_THAT(detail(of_release("/tables?format=sav")), HasSubstr("xlsx, ods, csv, codebook or json"));
  EXPECT_THAT(inspector().get("/v1/audit").body, HasSubstr("release tables read"));
}

}  // namespace
}  // namespace perspective::resources
