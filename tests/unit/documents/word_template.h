// A template as an inspectorate would make one in Word, small enough to read.
#pragma once

#include <string>

#include "documents/documents.h"
#include "support/reference_case.h"
#include "support/source_folder.h"

namespace perspective::documents {

inline Parts own_template(const std::string& name) {
  return reference_case::unwrapped(parts_in(std::string(kSourceFolder) + "/assets/report/" + name));
}

inline std::string style(const std::string& type, const std::string& id, const std::string& name) {
  return "<w:style w:type=\"" + type + "\" w:styleId=\"" + id + "\"><w:name w:val=\"" + name + "\"/></w:style>";
}

struct TemplateOf {
  std::string styles = style("paragraph", "Titel", "Title") + style("paragraph", "Kop1", "heading 1");
  std::string page = "<w:pgSz w:w=\"12240\" w:h=\"15840\"/>";  // of the last section
  std::string settings = {};
  std::string relationships = {};  // further ones, of the main part
  Parts further = {};
  std::string types = {};  // of these

  Parts parts() const {
    const std::string word =
        " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
        " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    const std::string type = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    const auto relations = [](const std::string& all) {
      return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + all +
             "</Relationships>";
    };
    const auto relation = [&](const std::string& id, const std::string& of, const std::string& target) {
      return "<Relationship Id=\"" + id + "\" Type=\"" + office + of + "\" Target=\"" + target + "\"/>";
    };
    Parts all = further;
    all["[Content_Types].xml"] =
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"png\" "
        "ContentType=\"image/png\"/><Override PartName=\"/word/document.xml\" ContentType=\"" +
        type + "template.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"" + type +
        "styles+xml\"/><Override PartName=\"/word/settings.xml\" ContentType=\"" + type + "settings+xml\"/>" + types +
        "</Types>";
    all["_rels/.rels"] = relations(relation("rId1", "officeDocument", "word/document.xml"));
    all["word/_rels/document.xml.rels"] = relations(relation("rId1", "styles", "styles.xml") +
                                                    relation("rId2", "settings", "settings.xml") + relationships);
    all["word/document.xml"] = "<w:document" + word + "><w:body><w:p><w:r><w:t>a sample</w:t></w:r></w:p><w:sectPr>" +
                               page + "</w:sectPr></w:body></w:document>";
    all["word/styles.xml"] = "<w:styles" + word + ">" + styles + "</w:styles>";
    all["word/settings.xml"] = "<w:settings" + word + ">" + settings + "</w:settings>";
    return all;
  }
};

// A header of the template's own, with an id for its section.
inline std::string header_part(const std::string& words) {
  return "<w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:r><w:t>" + words +
         "</w:t></w:r></w:p></w:hdr>";
}

inline TemplateOf& with_header(TemplateOf& made, const std::string& words) {
  made.relationships +=
      "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" "
      "Target=\"header1.xml\"/>";
  made.types +=
      "<Override PartName=\"/word/header1.xml\" "
      "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>";
  made.further["word/header1.xml"] = header_part(words);
  made.page = "<w:headerReference w:type=\"default\" r:id=\"rId9\"/>" + made.page;
  return made;
}

inline report::Document one_sentence(const std::string& mark = "NOT FOR RELEASE") {
  using Kind = report::Paragraph::Kind;
  return {.title = "A section",
          .language = "cy",
          .page_mark = mark,
          .blocks = {report::Paragraph{Kind::title, {{"A section"}}}, report::Paragraph{Kind::heading, {{"Victims"}}},
                     report::Paragraph{Kind::text, {{"Four of the five", "victims/satisfied"}, {" said so."}}}}};
}

// The parts of what docx() made of it.
inline Parts written_with(const Parts& parts, const report::Document& document = one_sentence()) {
  const auto file = docx(document, parts);
  if (!file) throw std::runtime_error(file.error().what);
  return reference_case::unwrapped(read_template(file->bytes));
}

}  // namespace perspective::documents
