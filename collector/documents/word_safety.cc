#include "documents/word_safety.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "documents/package.h"
#include "documents/word.h"
#include "documents/xml_tree.h"

namespace perspective::documents {
namespace {

constexpr std::string_view kVml = "urn:schemas-microsoft-com:vml";

// Fields that compute something of the document itself. All others are refused: INCLUDEPICTURE, INCLUDETEXT, LINK, DDE,
// DDEAUTO, DATABASE, RD and AUTOTEXT load, MACROBUTTON and EMBED run, and of one that nobody knows nobody can tell.
constexpr std::array<std::string_view, 50> kFields{
    "ADVANCE",  "AUTHOR",   "AUTONUM",      "AUTONUMLGL",   "AUTONUMOUT",  "BIBLIOGRAPHY", "CITATION",
    "COMMENTS", "COMPARE",  "CREATEDATE",   "DATE",         "DOCPROPERTY", "EDITTIME",     "EQ",
    "FILENAME", "FILESIZE", "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT",    "HYPERLINK",    "IF",
    "INDEX",    "INFO",     "KEYWORDS",     "LASTSAVEDBY",  "LISTNUM",     "NOTEREF",      "NUMCHARS",
    "NUMPAGES", "NUMWORDS", "PAGE",         "PAGEREF",      "PRINTDATE",   "QUOTE",        "REF",
    "REVNUM",   "SAVEDATE", "SECTION",      "SECTIONPAGES", "SEQ",         "STYLEREF",     "SUBJECT",
    "SYMBOL",   "TC",       "TIME",         "TITLE",        "TOA",         "TOC",          "USERNAME",
    "XE"};

struct Refused {
  std::string_view name;  // of an element
  std::string_view what;
};
constexpr std::array<Refused, 6> kElements{{{"altChunk", "a part of another format (altChunk)"},
                                            {"object", "an object of another program (object)"},
                                            {"OLEObject", "an object of another program (OLEObject)"},
                                            {"control", "a control (ActiveX)"},
                                            {"subDoc", "a part that is a document of its own (subDoc)"},
                                            {"movie", "a film (movie)"}}};
constexpr std::array<Refused, 6> kRelationships{{{"aFChunk", "a part of another format (aFChunk)"},
                                                 {"oleObject", "an object of another program (oleObject)"},
                                                 {"package", "a file of another program (package)"},
                                                 {"control", "a control (ActiveX)"},
                                                 {"subDocument", "a part that is a document of its own (subDocument)"},
                                                 {"frame", "a frame with a page of its own (frame)"}}};

std::unexpected<Error> holds(std::string_view what, const std::string& part) {
  return fail(ErrorCode::invalid, fmt::format("holds {} in {}, which loads or runs something when the document is "
                                              "opened: take it out in Word",
                                              what, part));
}

bool ends_so(const std::string& name, std::string_view end) {
  if (name.size() < end.size()) return false;
  return std::equal(end.begin(), end.end(), name.end() - static_cast<std::ptrdiff_t>(end.size()),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
}

bool is_xml(const std::string& name, const std::map<std::string, std::string>& types) {
  const auto type = types.find(name);
  return ends_so(name, ".xml") || ends_so(name, ".rels") || (type != types.end() && type->second.ends_with("xml"));
}

Result<void> check_size(const std::string& name, const std::string& content) {
  if (content.size() <= kMaxXmlPartBytes) return {};
  return fail(ErrorCode::invalid,
              fmt::format("its part {} has more than 1 MB: take text out of it, and shapes that are "
                          "drawn; pictures may stay",
                          name));
}

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

std::string first_word(const std::string& instruction) {
  const auto begin = instruction.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  auto word = instruction.substr(begin, instruction.find_first_of(" \t\r\n\\\"", begin) - begin);
  for (char& letter : word)
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  return word;
}

std::string text_of(xmlNodePtr node) {
  std::string text;
  for (auto* each = node->children; each != nullptr; each = each->next)
    if (each->content != nullptr) text += reinterpret_cast<const char*>(each->content);
  return text;
}

// Looks at every element of a part, and puts together the instructions of fields that lie in several runs.
class Look {
 public:
  explicit Look(const std::string& part) : part_(part) {}

  Result<void> at(xmlNodePtr root) {
    for (auto* node = root; node != nullptr; node = after(node, root)) {
      if (node->type != XML_ELEMENT_NODE) continue;
      if (auto seen = element(node); !seen) return seen;
    }
    while (!open_.empty())
      if (auto ended = end_of_instruction(); !ended) return ended;
    return {};
  }

 private:
  static xmlNodePtr after(xmlNodePtr node, xmlNodePtr root) {
    if (node->children != nullptr && node->type == XML_ELEMENT_NODE) return node->children;
    while (node != root && node->next == nullptr) node = node->parent;
    return node == root ? nullptr : node->next;
  }

  Result<void> element(xmlNodePtr node) {
    const std::string_view name(reinterpret_cast<const char*>(node->name));
    const auto refused = std::ranges::find(kElements, name, &Refused::name);
    if (refused != kElements.end()) return holds(refused->what, part_);
    if (is(node, kWord, "fldSimple")) return field(value_of(node, &kWord, "instr"));
    if (is(node, kWord, "instrText") || is(node, kWord, "delInstrText")) {
      if (open_.empty()) open_.emplace_back();  // of no field that began: Word may read it all the same
      open_.back().text += text_of(node);
    }
    if (is(node, kWord, "fldChar")) return field_mark(value_of(node, &kWord, "fldCharType"));
    return attributes(node);
  }

  Result<void> field_mark(const std::string& type) {
    if (type == "begin") {
      if (!open_.empty()) open_.back().has_another = true;
      open_.emplace_back();
    }
    if (type != "end" || open_.empty()) return {};
    return end_of_instruction();
  }

  Result<void> end_of_instruction() {
    const auto instruction = std::move(open_.back());
    open_.pop_back();
    // What another field within it says may be the name.
    if (instruction.has_another && is_blank(instruction.text)) return holds("a field without a name", part_);
    return field(instruction.text);
  }

  Result<void> field(const std::string& instruction) const {
    const auto name = first_word(instruction);
    if (is_blank(instruction) || name.starts_with('=') || std::ranges::find(kFields, name) != kFields.end()) return {};
    return holds(fmt::format("a field ({})", name.substr(0, 40)), part_);
  }

  // A picture of the old kind can name its file by itself, without a relationship.
  Result<void> attributes(xmlNodePtr node) const {
    if (node->ns == nullptr || node->ns->href == nullptr || kVml != reinterpret_cast<const char*>(node->ns->href))
      return {};
    for (auto* each = node->properties; each != nullptr; each = each->next) {
      const std::string_view name(reinterpret_cast<const char*>(each->name));
      if ((name == "src" || name == "althref" || name == "href") && each->children != nullptr)
        return holds(fmt::format("a picture by its address ({})", name), part_);
    }
    return {};
  }

  const std::string& part_;
  struct Instruction {
    std::string text;
    bool has_another = false;
  };
  std::vector<Instruction> open_;  // of the fields that have begun, the innermost last
};

// "word/_rels/header1.xml.rels" -> "word/header1.xml"
std::string owner_of(const std::string& relationships) {
  const auto at = relationships.find("_rels/");
  return relationships.substr(0, at) + relationships.substr(at + 6, relationships.size() - at - 6 - 5);
}

Result<void> check_relationships(const Parts& parts, const std::string& name) {
  const auto owner = owner_of(name);
  const auto relationships = relationships_of(parts, owner);
  if (!relationships) return std::unexpected(relationships.error());
  for (const auto& one : *relationships) {
    const auto refused = std::ranges::find(kRelationships, one.type, &Refused::name);
    if (refused != kRelationships.end()) return holds(refused->what, owner);
    if (!one.is_external || one.type == "hyperlink" || one.type == "attachedTemplate") continue;
    return fail(ErrorCode::invalid,
                fmt::format("loads a part from elsewhere ({} of {}), which tells others who opens the document: put "
                            "the {} itself into the template",
                            one.type, owner, one.type));
  }
  return {};
}

}  // namespace

Result<void> check_sizes(const Parts& parts) {
  for (const auto& [name, content] : parts)
    if (ends_so(name, ".xml") || ends_so(name, ".rels"))
      if (auto sized = check_size(name, content); !sized) return sized;
  return {};
}

Result<void> check_safe(const Parts& parts) {
  const auto types = content_types_of(parts);
  if (!types) return std::unexpected(types.error());
  for (const auto& [name, content] : parts) {
    if (!is_xml(name, *types)) continue;
    if (auto sized = check_size(name, content); !sized) return sized;
    if (ends_so(name, ".rels")) {
      if (name.find("_rels/") == std::string::npos) continue;
      if (auto checked = check_relationships(parts, name); !checked) return checked;
      continue;
    }
    const auto tree = XmlTree::parse(content);
    if (!tree) return in_context(name, tree.error());
    if (tree->root() == nullptr) continue;
    if (auto looked = Look(name).at(tree->root()); !looked) return looked;
  }
  return {};
}

}  // namespace perspective::documents
