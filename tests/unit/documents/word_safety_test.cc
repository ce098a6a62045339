// Templates that would load or run something, each refused with what it holds and in which part; under a memory limit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "documents/word_safety.h"
#include "unit/documents/word_template.h"

namespace perspective::documents {
namespace {

using testing::HasSubstr;

constexpr const char* kSpaces =
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
    " xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:v=\"urn:schemas-microsoft-com:vml\"";

std::string run(const std::string& inside) { return "<w:r>" + inside + "</w:r>"; }
std::string mark(const std::string& type) { return run("<w:fldChar w:fldCharType=\"" + type + "\"/>"); }
std::string says(const std::string& words) { return run("<w:instrText>" + words + "</w:instrText>"); }
std::string field(const std::string& instruction) {
  return mark("begin") + says(instruction) + mark("separate") + run("<w:t>x</w:t>") + mark("end");
}

struct Place {
  const char* part;
  const char* root;
  const char* type;
};
constexpr Place kPlaces[] = {{"word/document.xml", "document", "document.main"},
                             {"word/header1.xml", "hdr", "header"},
                             {"word/footer1.xml", "ftr", "footer"},
                             {"word/footnotes.xml", "footnotes", "footnotes"},
                             {"word/endnotes.xml", "endnotes", "endnotes"}};

Parts template_with(const Place& place, const std::string& inside) {
  TemplateOf made;
  const std::string body = std::string("<w:p>") + inside + "</w:p>";
  const bool is_main = std::string(place.root) == "document";
  if (!is_main)
    made.types = std::string("<Override PartName=\"/") + place.part +
                 "\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml." + place.type +
                 "+xml\"/>";
  auto parts = made.parts();
  parts[place.part] = std::string("<w:") + place.root + kSpaces + ">" +
                      (is_main ? "<w:body>" + body + "<w:sectPr/></w:body>" : body) + "</w:" + place.root + ">";
  return parts;
}

std::string refusal(const Parts& parts) {
  const auto file = docx(one_sentence(), parts);
  return file ? "nothing" : file.error().what;
}

struct Vector {
  const char* name;
  std::string inside;
  const char* held;
};
const std::vector<Vector>& vectors() {
  static const std::vector<Vector> all{
      {"a picture", field(" INCLUDEPICTURE \"http://example.org/a.png\" \\d "), "a field (INCLUDEPICTURE)"},
      {"a text", field("IncludeText \"\\\\server\\share\\a.docx\""), "a field (INCLUDETEXT)"},
      {"a link", field("LINK Excel.Sheet.12 \"C:\\a.xlsx\""), "a field (LINK)"},
      {"dde", field("DDE cmd a"), "a field (DDE)"},
      {"ddeauto", field("DDEAUTO c:\\windows\\system32\\cmd.exe"), "a field (DDEAUTO)"},
      {"a database", field("DATABASE \\d \"a.mdb\""), "a field (DATABASE)"},
      {"a referenced document", field("RD a.docx"), "a field (RD)"},
      {"in pieces", mark("begin") + says("INCL") + says("UDEPICTURE \"a\"") + mark("separate") + mark("end"),
       "a field (INCLUDEPICTURE)"},
      {"within another", mark("begin") + says("IF 1 = 1 ") + field("INCLUDEPICTURE a") + mark("separate") + mark("end"),
       "a field (INCLUDEPICTURE)"},
      {"named by another",
       mark("begin") + field("QUOTE INCLUDEPICTURE") + says(" \"a\"") + mark("separate") + mark("end"), "a field ()"},
      {"that is another", mark("begin") + field("QUOTE INCLUDEPICTURE a") + mark("separate") + mark("end"),
       "a field without a name"},
      {"without an end", mark("begin") + says("INCLUDETEXT a"), "a field (INCLUDETEXT)"},
      {"without a beginning", says("INCLUDETEXT a"), "a field (INCLUDETEXT)"},
      {"taken out", mark("begin") + run("<w:delInstrText>DDE a</w:delInstrText>") + mark("end"), "a field (DDE)"},
      {"simple", "<w:fldSimple w:instr=\" INCLUDEPICTURE a \"/>", "a field (INCLUDEPICTURE)"},
      {"another format", "<w:altChunk r:id=\"rId1\"/>", "altChunk"},
      {"an object", run("<w:object/>"), "an object of another program (object)"},
      {"an object alone", run("<w:pict><o:OLEObject Type=\"Link\"/></w:pict>"),
       "an object of another program (OLEObject)"},
      {"a control", run("<w:control r:id=\"rId1\"/>"), "a control (ActiveX)"},
      {"a document of its own", "<w:subDoc r:id=\"rId1\"/>", "subDoc"},
      {"a picture by its address",
       run("<w:pict><v:shape><v:imagedata src=\"http://example.org/a.png\"/></v:shape></w:pict>"),
       "a picture by its address (src)"}};
  return all;
}

TEST(AWordTemplate, MayNotLoadOrRunAnythingFromAnyOfItsParts) {
  for (const auto& place : kPlaces)
    for (const auto& [name, inside, held] : vectors()) {
      const auto said = refusal(template_with(place, inside));
      EXPECT_THAT(said, HasSubstr(held)) << name;
      EXPECT_THAT(said, HasSubstr(std::string(" in ") + place.part + ", which loads or runs something")) << name;
    }
}

TEST(AWordTemplate, MayHaveFieldsThatAreOfItself) {
  for (const auto* instruction : {"PAGE", " NUMPAGES  \\* MERGEFORMAT ", "STYLEREF \"Heading 1\"",
                                  "DATE \\@ \"d MMMM\"", "=1+1", "HYPERLINK \"https://example.org\"", ""})
    for (const auto& place : kPlaces)
      EXPECT_EQ(refusal(template_with(place, field(instruction))), "nothing") << instruction;
}

TEST(AWordTemplate, MayNotLeadElsewhereFromAnyOfItsParts) {
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  struct Leads {
    const char* type;
    const char* mode;
    const char* refused;
  };
  for (const auto& [type, mode, refused] :
       {Leads{"image", "External", "loads a part from elsewhere (image of "},
        Leads{"oleObject", "Internal", "holds an object of another program (oleObject) in "},
        Leads{"aFChunk", "Internal", "holds a part of another format (aFChunk) in "},
        Leads{"subDocument", "External", "holds a part that is a document of its own (subDocument) in "}})
    for (const auto& place : kPlaces) {
      auto parts = template_with(place, "");
      const std::string part = place.part;
      auto& relationships = parts["word/_rels/" + part.substr(5) + ".rels"];
      const std::string end = "</Relationships>";
      if (relationships.empty())
        relationships = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + end;
      relationships.insert(relationships.size() - end.size(), "<Relationship Id=\"rId77\" Type=\"" + office + type +
                                                                  "\" Target=\"http://example.org/a\" TargetMode=\"" +
                                                                  mode + "\"/>");
      EXPECT_THAT(refusal(parts), HasSubstr(refused + part)) << type;
    }
}

TEST(AWordTemplate, HasPartsOfAMegabyteAtMost) {
  auto parts = template_with(kPlaces[1], "");
  parts["word/header1.xml"].insert(parts["word/header1.xml"].find("<w:p>"), std::string(kMaxXmlPartBytes, ' '));
  EXPECT_THAT(refusal(parts), HasSubstr("the template: its part word/header1.xml has more than 1 MB"));
  parts = TemplateOf{}.parts();
  parts["word/media/logo.png"] = std::string(2 * kMaxXmlPartBytes, 'x');
  EXPECT_EQ(refusal(parts), "nothing");
}

// What eight megabytes of tags cost before there was a limit was 250 MB; the most that is let through costs a tenth.
TEST(AWordTemplate, TakesLittleMemoryWhateverIsInIt) {
  std::string tags;
  while (tags.size() + 8 < kMaxXmlPartBytes - 2000) tags += "<w:t/>";
  auto parts = template_with(kPlaces[0], tags);
  for (const auto& place : kPlaces) parts[place.part] = template_with(place, tags).at(place.part);
  const auto child = fork();
  ASSERT_NE(child, -1);
  if (child == 0) {
    long pages = 0;
    if (auto* const file = std::fopen("/proc/self/statm", "r"); file != nullptr) {
      if (std::fscanf(file, "%ld", &pages) != 1) _exit(3);
      std::fclose(file);
    }
    const auto now = static_cast<rlim_t>(pages) * static_cast<rlim_t>(sysconf(_SC_PAGESIZE));
    const rlimit limit{now + (96U << 20U), now + (96U << 20U)};
    if (setrlimit(RLIMIT_AS, &limit) != 0) _exit(2);
    _exit(docx(one_sentence(), parts) ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status)) << "ended by signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace perspective::documents
