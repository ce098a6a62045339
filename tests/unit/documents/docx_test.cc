// Texts as .docx: from our own template and from those of inspectorates, sound and not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/documents/word_template.h"

namespace perspective::documents {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Key;
using testing::Not;
using testing::StartsWith;

std::string refusal(const Parts& parts) {
  const auto file = docx(one_sentence(), parts);
  return file ? "taken" : file.error().what;
}

std::size_t times(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

TEST(WordFile, IsTheSameForTheSameTextAndTemplate) {
  const auto parts = own_template("word");
  EXPECT_EQ(docx(one_sentence(), parts)->bytes, docx(one_sentence(), parts)->bytes);
  EXPECT_THAT(docx(one_sentence(), parts)->remarks, ElementsAre());
}

TEST(WordFile, SaysTitleAndLanguageAndNothingOfWhoAndWhen) {
  const auto core = written_with(own_template("word")).at("docProps/core.xml");
  EXPECT_THAT(core, HasSubstr("<dc:title>A section</dc:title>"));
  EXPECT_THAT(core, HasSubstr("<dc:language>cy-GB</dc:language>"));
  for (const char* word : {"creator", "created", "modified", "lastModifiedBy"}) EXPECT_THAT(core, Not(HasSubstr(word)));
}

TEST(WordFile, LinksAFigureToItsCell) {
  const auto text = written_with(own_template("word")).at("word/document.xml");
  EXPECT_THAT(text, HasSubstr("<w:tag w:val=\"victims/satisfied\"/>"));
  EXPECT_THAT(text, HasSubstr("<w:sdtContent><w:r><w:t xml:space=\"preserve\">Four of the five</w:t>"));
}

report::Document with_welsh_words() {
  auto document = one_sentence();
  document.language = "en";
  document.blocks = {report::Paragraph{
      report::Paragraph::Kind::text,
      {{"One said "}, {.text = "“diolch  yn fawr”", .is_quoted = true, .language = "cy"}, {" and left."}}}};
  return document;
}

TEST(WordFile, SaysInWhichLanguageWordsAreThatAreInAnother) {
  const auto text = written_with(own_template("word"), with_welsh_words()).at("word/document.xml");
  EXPECT_THAT(text, HasSubstr("<w:r><w:rPr><w:lang w:val=\"cy-GB\"/></w:rPr><w:t xml:space=\"preserve\">“diolch"));
  EXPECT_EQ(times(text, "<w:lang "), 1U);
}

TEST(WordFile, CutsTheNameOfACellThatWordWouldNotTake) {
  auto document = one_sentence();
  document.blocks = {report::Paragraph{report::Paragraph::Kind::text, {{"12", std::string(80, 'q') + "/the_finding"}}}};
  const auto text = written_with(own_template("word"), document).at("word/document.xml");
  EXPECT_THAT(text, HasSubstr("<w:tag w:val=\"" + std::string(52, 'q') + "/the_finding\"/>"));
}

TEST(WordFile, HasNoLetterThatXmlCannotHave) {
  auto document = one_sentence();
  document.blocks = {
      report::Paragraph{report::Paragraph::Kind::text, {{std::string("a\x01") + "b\xFF" + "c\xEF\xBF\xBE"}}}};
  EXPECT_THAT(written_with(own_template("word"), document).at("word/document.xml"), HasSubstr("a\xEF\xBF\xBD"
                                                                                              "b\xEF\xBF\xBD"
                                                                                              "c\xEF\xBF\xBD<"));
}

TEST(WordTemplate, KeepsItsStylesPageAndHeaderAndLosesItsText) {
  TemplateOf made;
  with_header(made, "HM Inspectorate");
  const auto parts = written_with(made.parts());
  const auto text = parts.at("word/document.xml");
  EXPECT_THAT(text, HasSubstr("<w:pStyle w:val=\"Titel\"/>"));
  EXPECT_THAT(text, HasSubstr("<w:pStyle w:val=\"Kop1\"/>"));
  EXPECT_THAT(text, HasSubstr("w:w=\"12240\""));
  EXPECT_THAT(text, Not(HasSubstr("a sample")));
  const auto header = parts.at("word/header1.xml");
  EXPECT_LT(header.find("NOT FOR RELEASE"), header.find("HM Inspectorate"));
  EXPECT_THAT(parts.at("[Content_Types].xml"), HasSubstr("wordprocessingml.document.main+xml"));
}

TEST(WordTemplate, HasTheMarkOnEveryPageThatItKnows) {
  TemplateOf made;
  made.page += "<w:titlePg/>";
  made.settings = "<w:evenAndOddHeaders/>";
  with_header(made, "HM Inspectorate");
  const auto parts = written_with(made.parts());
  std::size_t marked = 0;
  for (const auto& [name, content] : parts) marked += times(content, "NOT FOR RELEASE");
  EXPECT_EQ(marked, 6U);  // head and foot of the first page, of left and of right ones
  EXPECT_EQ(times(parts.at("word/document.xml"), "Reference "), 6U);
}

TEST(WordTemplate, IsLeftAloneWhereThereIsNoMark) {
  TemplateOf made;
  with_header(made, "HM Inspectorate");
  const auto parts = written_with(made.parts(), one_sentence(""));
  EXPECT_THAT(parts.at("word/header1.xml"), HasSubstr("<w:p><w:r><w:t>HM Inspectorate</w:t></w:r></w:p></w:hdr>"));
  EXPECT_EQ(times(parts.at("word/document.xml"), "Reference "), 1U);
}

TEST(WordTemplate, ThatWasAFullSectionDoesNotMarkARelease) {
  const auto full = written_with(own_template("word"));
  for (const auto& [name, content] : written_with(full, one_sentence("")))
    EXPECT_EQ(times(content, "NOT FOR RELEASE"), 0U) << name;
  std::size_t marked = 0;
  for (const auto& [name, content] : written_with(full)) marked += times(content, "NOT FOR RELEASE");
  EXPECT_EQ(marked, 2U);
}

TEST(WordTemplate, TakesTheLanguageOfTheText) {
  TemplateOf made;
  made.styles = style("paragraph", "T", "Title") + style("paragraph", "H", "Heading 1") +
                "<w:style w:type=\"paragraph\" w:styleId=\"X\"><w:name w:val=\"Body Text\"/><w:rPr><w:lang "
                "w:val=\"de-DE\"/></w:rPr></w:style>";
  const auto styles = written_with(made.parts()).at("word/styles.xml");
  EXPECT_EQ(times(styles, "<w:lang w:val=\"cy-GB\"/>"), 2U);
  EXPECT_THAT(styles, Not(HasSubstr("de-DE")));
  EXPECT_LT(styles.find("<w:docDefaults>"), styles.find("<w:style "));
}

TEST(WordTemplate, IsToldWhatItLacks) {
  const auto file = docx(one_sentence(), TemplateOf{}.parts());
  ASSERT_TRUE(file);
  EXPECT_THAT(
      file->remarks,
      ElementsAre(HasSubstr("\"Body Text\""), HasSubstr("\"PerspectiveMark\": the mark on each page is in bold"),
                  HasSubstr("\"PerspectiveNote\""), HasSubstr("\"Caption\""), HasSubstr("\"PerspectiveTable\"")));
}

TEST(WordTemplate, IsRefusedWithoutTitleAndHeadingNamingBoth) {
  TemplateOf made;
  made.styles = style("paragraph", "B", "Body Text") + style("character", "T", "Title");
  EXPECT_THAT(refusal(made.parts()), HasSubstr("the template: has no style \"Title\" and \"Heading 1\""));
}

TEST(WordTemplate, LosesWhatTellsOfPeopleAndWhatWouldRunOrLoad) {
  TemplateOf made;
  made.settings = "<w:attachedTemplate r:id=\"rId1\"/><w:rsids/><w:zoom w:percent=\"100\"/>";
  made.further = {{"word/comments.xml", "<c/>"},
                  {"word/vbaProject.bin", "macro"},
                  {"docProps/app.xml", "<Manager/>"},
                  {"word/_rels/settings.xml.rels", "<Relationships/>"},
                  {"customXml/item1.xml", "<x/>"}};
  const auto parts = written_with(made.parts());
  for (const auto& [name, content] : made.further) EXPECT_THAT(parts, Not(Contains(Key(name))));
  EXPECT_THAT(parts.at("word/settings.xml"), Not(HasSubstr("attachedTemplate")));
  EXPECT_THAT(parts.at("word/settings.xml"), HasSubstr("zoom"));
}

TEST(WordTemplate, MayNotLoadAPictureFromElsewhere) {
  TemplateOf made;
  with_header(made, "HM Inspectorate");
  made.further["word/_rels/header1.xml.rels"] =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
      "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" "
      "Target=\"http://example.org/logo.png\" TargetMode=\"External\"/></Relationships>";
  EXPECT_THAT(refusal(made.parts()), HasSubstr("loads a part from elsewhere (image of word/header1.xml)"));
}

TEST(WordTemplate, KeepsThePictureOfItsHeader) {
  TemplateOf made;
  with_header(made, "HM Inspectorate");
  made.further["word/media/logo.png"] = "a picture";
  made.further["word/_rels/header1.xml.rels"] =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
      "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" "
      "Target=\"media/logo.png\"/></Relationships>";
  const auto parts = written_with(made.parts());
  EXPECT_EQ(parts.at("word/media/logo.png"), "a picture");
  EXPECT_THAT(parts.at("word/_rels/header1.xml.rels"), HasSubstr("Target=\"media/logo.png\""));
}

TEST(WordTemplate, IsRefusedWithASentenceWhereItIsNone) {
  auto parts = TemplateOf{}.parts();
  parts.erase("[Content_Types].xml");
  EXPECT_THAT(refusal(parts), HasSubstr("has no [Content_Types].xml"));
  parts = TemplateOf{}.parts();
  parts["word/styles.xml"] = "<!DOCTYPE a [<!ENTITY x \"y\">]><w:styles/>";
  EXPECT_THAT(refusal(parts), HasSubstr("word/styles.xml: has a document type"));
  parts = TemplateOf{}.parts();
  parts["word/document.xml"] = "<document><body/></document>";
  EXPECT_THAT(refusal(parts), HasSubstr("Strict Open XML"));
  parts["word/document.xml"] = "<w:document";
  EXPECT_THAT(refusal(parts), HasSubstr("is no XML"));
  EXPECT_THAT(refusal({}), HasSubstr("is no Word document"));
  EXPECT_THAT(read_template(as_bytes("no container")).error().what, StartsWith("the template: is no .docx file: save"));
  EXPECT_THAT(read_template(Bytes(kMaxTemplateBytes + 1)).error().what, HasSubstr("has more than 4 MB"));
}

// What a fuzzer does first: every byte of a small file changed.
TEST(WordTemplate, SpoiltAnywhereEndsInAnAnswer) {
  auto spoilt_bytes = docx(one_sentence(), TemplateOf{}.parts())->bytes;
  for (std::size_t i = 0; i < spoilt_bytes.size(); ++i) {
    spoilt_bytes[i] ^= 0x5A;
    if (const auto parts = read_template(spoilt_bytes)) (void)docx(one_sentence(), *parts);
    spoilt_bytes[i] ^= 0x5A;
  }
}

TEST(OpenDocumentText, IsTheSameForTheSameText) {
  const auto styles = own_template("odt");
  EXPECT_EQ(*odt(one_sentence(), styles), *odt(one_sentence(), styles));
}

TEST(OpenDocumentText, HasABookmarkOfItsOwnEachTimeAFigureIsStated) {
  auto document = one_sentence();
  document.blocks.push_back(document.blocks.back());
  const auto parts = reference_case::unwrapped(read_template(*odt(document, own_template("odt"))));
  EXPECT_THAT(parts.at("content.xml"), HasSubstr("text:name=\"victims/satisfied\""));
  EXPECT_THAT(parts.at("content.xml"), HasSubstr("text:name=\"victims/satisfied (2)\""));
}

TEST(OpenDocumentText, SaysInWhichLanguageWordsAreThatAreInAnother) {
  auto document = with_welsh_words();
  document.blocks.push_back(document.blocks.back());
  const auto parts = reference_case::unwrapped(read_template(*odt(document, own_template("odt"))));
  const auto& text = parts.at("content.xml");
  EXPECT_THAT(text, HasSubstr("<style:text-properties fo:language=\"cy\" fo:country=\"GB\"/>"));
  EXPECT_THAT(text, HasSubstr("One said <text:span text:style-name=\"PerspectiveLanguage-cy\">“diolch "
                              "<text:s text:c=\"1\"/>yn fawr”</text:span> and left."));
  EXPECT_EQ(times(text, "style:name=\"PerspectiveLanguage-cy\""), 1U);
  EXPECT_EQ(times(text, "</text:span> and left."), 2U);
}

}  // namespace
}  // namespace perspective::documents
