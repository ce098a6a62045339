#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "archive/archive.h"
#include "documents/documents.h"
#include "documents/language.h"
#include "documents/word_body.h"
#include "text/catalogue.h"

namespace perspective::documents {
namespace {

constexpr Namespace kCore{"http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "cp"};
constexpr Namespace kDublinCore{"http://purl.org/dc/elements/1.1/", "dc"};
constexpr const char* kCoreType = "application/vnd.openxmlformats-package.core-properties+xml";
constexpr const char* kCoreName = "docProps/core.xml";

bool is_on(xmlNodePtr node) {
  const auto value = node == nullptr ? "0" : value_of(node, &kWord, "val");
  return value != "0" && value != "false" && value != "off";
}

// One way to change a part of the template that is XML.
template <typename Change>
Result<void> change(WordTemplate& word, const std::string& part, Change&& change) {
  const auto tree = XmlTree::parse(word.parts.at(part));
  if (!tree) return in_context("the template: " + part, tree.error());
  change(tree->root());
  word.parts[part] = tree->text();
  return {};
}

void set_language(xmlNodePtr styles, const std::string& language) {
  auto* defaults = child(styles, kWord, "docDefaults");
  if (defaults == nullptr) {
    defaults = add(styles, kWord, "docDefaults");
    auto* const first = styles->children;
    xmlUnlinkNode(defaults);
    xmlAddPrevSibling(first, defaults);
  }
  auto* runs = child(defaults, kWord, "rPrDefault");
  if (runs == nullptr) {
    runs = add(defaults, kWord, "rPrDefault");
    xmlUnlinkNode(runs);
    if (defaults->children == nullptr)
      xmlAddChild(defaults, runs);
    else
      xmlAddPrevSibling(defaults->children, runs);
  }
  auto* const properties = child(runs, kWord, "rPr") != nullptr ? child(runs, kWord, "rPr") : add(runs, kWord, "rPr");
  if (child(properties, kWord, "lang") == nullptr) add(properties, kWord, "lang");
  for (auto* each : descendants(styles, kWord, "lang")) set(each, {&kWord, "val", language});
}

// What would load another file, or tells of the template's own past.
void clean_settings(xmlNodePtr settings, const std::string& language) {
  for (const char* name : {"attachedTemplate", "mailMerge", "docVars", "rsids", "trackRevisions", "saveThroughXslt"})
    for (auto* each : children(settings, kWord, name)) remove(each);
  for (auto* each : children(settings, kWord, "themeFontLang")) set(each, {&kWord, "val", language});
}

std::string core_properties(const report::Document& document) {
  const XmlTree tree(kCore, "coreProperties", {&kDublinCore});
  add_with_text(tree.root(), kDublinCore, "title", document.title);
  add_with_text(tree.root(), kDublinCore, "language", with_country(document.language).tag());
  return tree.text();
}

// Headers and footers: the mark stands in each that a page can have.
class PageMarks {
 public:
  PageMarks(WordTemplate& word, xmlNodePtr page, std::string mark) : word_(word), page_(page), mark_(std::move(mark)) {}

  Result<void> put(bool has_even_pages) {
    std::vector<std::string> kinds{"default"};
    if (is_on(child(page_, kWord, "titlePg"))) kinds.emplace_back("first");
    if (has_even_pages) kinds.emplace_back("even");
    for (const std::string what : {"header", "footer"})
      for (const auto& kind : kinds)
        if (auto done = put(what, kind); !done) return done;
    return {};
  }

 private:
  Result<void> put(const std::string& what, const std::string& kind) {
    const auto part = part_of(what, kind);
    if (part.empty()) {
      make(what, kind);
      return {};
    }
    if (std::ranges::find(marked_, part) != marked_.end()) return {};
    marked_.push_back(part);
    return change(word_, part, [&](xmlNodePtr root) {
      auto* const only = xmlChildElementCount(root) == 1 ? child(root, kWord, "p") : nullptr;
      if (only != nullptr && only->children == nullptr) remove(only);  // an empty line, which a mark takes the place of
      put_mark_first(root, mark_, word_.styles);
    });
  }

  std::string part_of(const std::string& what, const std::string& kind) const {
    for (auto* reference : children(page_, kWord, (what + "Reference").c_str())) {
      if (value_of(reference, &kWord, "type") != kind) continue;
      const auto id = value_of(reference, &kOfficeRelation, "id");
      const auto& all = word_.relationships.at(word_.main);
      if (const auto found = std::ranges::find(all, id, &Relationship::id); found != all.end()) return found->target;
    }
    return {};
  }

  void make(const std::string& what, const std::string& kind) {
    const auto id = "perspective-" + what + "-" + kind;
    const auto slash = word_.main.rfind('/');
    const auto part = (slash == std::string::npos ? "" : word_.main.substr(0, slash + 1)) + id + ".xml";
    const XmlTree tree(kWord, what == "header" ? "hdr" : "ftr");
    put_mark_first(tree.root(), mark_, word_.styles);
    word_.parts[part] = tree.text();
    word_.types[part] = kWordType + what + "+xml";
    word_.relationships[word_.main].push_back({.id = id, .type = what, .target = part});
    auto* const reference =
        add(page_, kWord, (what + "Reference").c_str(), {{&kWord, "type", kind}, {&kOfficeRelation, "id", id}});
    if (page_->children == reference) return;
    auto* const first = page_->children;
    xmlUnlinkNode(reference);
    xmlAddPrevSibling(first, reference);
  }

  WordTemplate& word_;
  xmlNodePtr page_;
  std::string mark_;
  std::vector<std::string> marked_;
};

// A section of ours that somebody restyled has our mark already, also where it becomes the template of a release.
Result<void> take_out_marks(WordTemplate& word) {
  if (word.styles.mark.empty()) return {};
  for (const auto& one : word.relationships[word.main]) {
    if (one.type != "header" && one.type != "footer") continue;
    auto done = change(word, one.target, [&](xmlNodePtr root) {
      for (auto* paragraph : children(root, kWord, "p")) {
        auto* const style = child(child(paragraph, kWord, "pPr"), kWord, "pStyle");
        if (style != nullptr && value_of(style, &kWord, "val") == word.styles.mark) remove(paragraph);
      }
      if (xmlChildElementCount(root) == 0) add(root, kWord, "p");
    });
    if (!done) return done;
  }
  return {};
}

// The properties of the template's last page, which hold for all; A4 with margins of an inch where it has none.
xmlNodePtr page_of(xmlNodePtr body) {
  const auto pages = children(body, kWord, "sectPr");
  if (!pages.empty()) return pages.back();
  auto* const page = add(body, kWord, "sectPr");
  add(page, kWord, "pgSz", {{&kWord, "w", "11906"}, {&kWord, "h", "16838"}});
  add(page, kWord, "pgMar",
      {{&kWord, "top", "1440"},
       {&kWord, "right", "1440"},
       {&kWord, "bottom", "1440"},
       {&kWord, "left", "1440"},
       {&kWord, "header", "708"},
       {&kWord, "footer", "708"},
       {&kWord, "gutter", "0"}});
  return page;
}

// The template's text goes, its page stays.
Result<xmlNodePtr> emptied(xmlNodePtr root) {
  auto* const body = child(root, kWord, "body");
  if (!is(root, kWord, "document") || body == nullptr)
    return fail(ErrorCode::invalid,
                "the template: is no document that can be written: save it as \"Word Document (.docx)\", not as "
                "\"Strict Open XML\"");
  auto* const page = page_of(body);
  for (auto* each : children(page, kWord, "sectPrChange")) remove(each);
  xmlUnlinkNode(page);
  for (auto* node = root->children; node != nullptr;) {  // a background that is a picture
    auto* const next = node->next;
    if (node != body) remove(node);
    node = next;
  }
  remove_children(body);
  xmlAddChild(body, page);
  return body;
}

Result<Bytes> packed(WordTemplate& word, const report::Document& document) {
  word.parts[kCoreName] = core_properties(document);
  word.types[kCoreName] = kCoreType;
  auto parts = word.parts;
  set_content_types(parts, word.types);
  set_relationships(parts, "",
                    {{.id = "rId1", .type = "officeDocument", .target = word.main},
                     {.id = "rId2", .type = "core-properties", .target = kCoreName}});
  for (const auto& [part, relationships] : word.relationships) set_relationships(parts, part, relationships);
  return archive::write_archive(parts);
}

}  // namespace

Result<WordFile> docx(const report::Document& document, const Parts& word_template) {
  auto word = open_word_template(word_template);
  if (!word) return std::unexpected(word.error());
  const auto language = with_country(document.language).tag();
  const auto styled = change(*word, part_of_type(*word, "styles"), [&](auto* root) { set_language(root, language); });
  if (!styled) return std::unexpected(styled.error());
  if (auto done = take_out_marks(*word); !done) return std::unexpected(done.error());
  bool has_even_pages = false;
  if (const auto settings = part_of_type(*word, "settings"); !settings.empty()) {
    const auto set = change(*word, settings, [&](xmlNodePtr root) {
      clean_settings(root, language);
      has_even_pages = is_on(child(root, kWord, "evenAndOddHeaders"));
    });
    if (!set) return std::unexpected(set.error());
  }
  const auto tree = XmlTree::parse(word->parts.at(word->main));
  if (!tree) return in_context("the template: " + word->main, tree.error());
  const auto body = emptied(tree->root());
  if (!body) return std::unexpected(body.error());
  auto* const page = (*body)->last;
  if (!document.page_mark.empty())
    if (auto put = PageMarks(*word, page, document.page_mark).put(has_even_pages); !put)
      return std::unexpected(put.error());
  WordBody(*body, page, word->styles, text::is_right_to_left(document.language)).write(document);
  word->parts[word->main] = tree->text();
  auto bytes = packed(*word, document);
  if (!bytes) return std::unexpected(bytes.error());
  return WordFile{.bytes = *std::move(bytes), .remarks = word->remarks};
}

}  // namespace perspective::documents
