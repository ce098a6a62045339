#include "documents/xml_tree.h"

#include <libxml/parser.h>

#include <cstdint>
#include <limits>

namespace perspective::documents {
namespace {

const xmlChar* xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }
std::string plain(const xmlChar* text) { return text == nullptr ? "" : reinterpret_cast<const char*>(text); }

struct FreeText {
  void operator()(xmlChar* text) const { xmlFree(text); }
};
using OwnText = std::unique_ptr<xmlChar, FreeText>;

struct FreeContext {
  void operator()(xmlParserCtxtPtr context) const { xmlFreeParserCtxt(context); }
};

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// How many bytes the character takes whose first one is here; 0: it is none that XML 1.0 has.
std::size_t length_of_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return first >= 0x20 || first == '\t' || first == '\n' || first == '\r' ? 1 : 0;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0;
  if (length == 0 || length > text.size()) return 0;
  std::uint32_t code = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80U) return 0;
    code = code << 6U | (next & 0x3FU);
  }
  constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[length] || code > 0x10FFFF || is_surrogate || code == 0xFFFE || code == 0xFFFF) return 0;
  return length;
}

std::string as_xml_has_it(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    auto length = length_of_character(text);
    clean += length == 0 ? kReplacement : text.substr(0, length);
    if (length == 0)  // with all that belongs to it
      for (length = 1; length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U;) ++length;
    text.remove_prefix(length);
  }
  return clean;
}

// As the document calls it; declared at the root where it does not.
xmlNsPtr space_in(xmlNodePtr node, const Namespace& space) {
  if (auto* const found = xmlSearchNsByHref(node->doc, node, xml(space.uri))) return found;
  auto* const root = xmlDocGetRootElement(node->doc);
  if (auto* const made = xmlNewNs(root, xml(space.uri), xml(space.prefix))) return made;
  return xmlNewNs(root, xml(space.uri), xml((std::string(space.prefix) + "p").c_str()));  // its prefix is taken
}

// The same for an attribute, which has no namespace without a prefix.
xmlNsPtr prefixed_space_in(xmlNodePtr node, const Namespace& space) {
  auto* const found = space_in(node, space);
  if (found == nullptr || found->prefix != nullptr) return found;
  for (auto* each = xmlDocGetRootElement(node->doc)->nsDef; each != nullptr; each = each->next)
    if (each->prefix != nullptr && xmlStrEqual(each->href, xml(space.uri)) != 0) return each;
  return xmlNewNs(xmlDocGetRootElement(node->doc), xml(space.uri), xml(space.prefix));
}

}  // namespace

Result<XmlTree> XmlTree::parse(std::string_view text) {
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    return fail(ErrorCode::invalid, "is too large");
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
  auto* const document = xmlCtxtReadMemory(context.get(), text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                                           XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (document == nullptr) {
    const auto* const error = xmlCtxtGetLastError(context.get());
    return fail(ErrorCode::invalid, "is no XML: line " + std::to_string(error == nullptr ? 1 : error->line));
  }
  XmlTree tree(document);
  if (document->intSubset != nullptr || document->extSubset != nullptr)
    return fail(ErrorCode::invalid, "has a document type, which no program for documents writes");
  return tree;
}

XmlTree::XmlTree(const Namespace& space, const char* name, std::initializer_list<const Namespace*> others)
    : document_(xmlNewDoc(xml("1.0"))) {
  auto* const made = xmlNewDocNode(document_.get(), nullptr, xml(name), nullptr);
  xmlDocSetRootElement(document_.get(), made);
  xmlSetNs(made, xmlNewNs(made, xml(space.uri), *space.prefix == '\0' ? nullptr : xml(space.prefix)));
  for (const auto* other : others) xmlNewNs(made, xml(other->uri), xml(other->prefix));
}

std::string XmlTree::text() const {
  xmlChar* bytes = nullptr;
  int size = 0;
  xmlDocDumpMemoryEnc(document_.get(), &bytes, &size, "UTF-8");
  const OwnText own(bytes);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

xmlNodePtr add(xmlNodePtr parent, const Namespace& space, const char* name, const std::vector<Attribute>& with) {
  auto* const node = xmlNewChild(parent, space_in(parent, space), xml(name), nullptr);
  for (const auto& attribute : with) set(node, attribute);
  return node;
}

void add_text(xmlNodePtr parent, std::string_view text) {
  const auto clean = as_xml_has_it(text);
  xmlAddChild(parent, xmlNewDocTextLen(parent->doc, xml(clean.c_str()), static_cast<int>(clean.size())));
}

xmlNodePtr add_with_text(xmlNodePtr parent, const Namespace& space, const char* name, std::string_view text,
                         const std::vector<Attribute>& with) {
  auto* const node = add(parent, space, name, with);
  if (!text.empty()) add_text(node, text);
  return node;
}

void set(xmlNodePtr node, const Attribute& attribute) {
  const auto clean = as_xml_has_it(attribute.value);
  if (attribute.space == nullptr)
    xmlSetProp(node, xml(attribute.name), xml(clean.c_str()));
  else
    xmlSetNsProp(node, prefixed_space_in(node, *attribute.space), xml(attribute.name), xml(clean.c_str()));
}

bool is(xmlNodePtr node, const Namespace& space, const char* name) {
  return node != nullptr && node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, xml(name)) != 0 &&
         node->ns != nullptr && xmlStrEqual(node->ns->href, xml(space.uri)) != 0;
}

std::vector<xmlNodePtr> children(xmlNodePtr parent, const Namespace& space, const char* name) {
  std::vector<xmlNodePtr> found;
  if (parent == nullptr) return found;
  for (auto* node = parent->children; node != nullptr; node = node->next)
    if (is(node, space, name)) found.push_back(node);
  return found;
}

xmlNodePtr child(xmlNodePtr parent, const Namespace& space, const char* name) {
  const auto all = children(parent, space, name);
  return all.empty() ? nullptr : all.front();
}

std::vector<xmlNodePtr> descendants(xmlNodePtr parent, const Namespace& space, const char* name) {
  std::vector<xmlNodePtr> found;
  for (auto* node = parent->children; node != nullptr; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    if (is(node, space, name)) found.push_back(node);
    const auto below = descendants(node, space, name);
    found.insert(found.end(), below.begin(), below.end());
  }
  return found;
}

std::string value_of(xmlNodePtr node, const Namespace* space, const char* name) {
  const OwnText value(space == nullptr ? xmlGetNoNsProp(node, xml(name))
                                       : xmlGetNsProp(node, xml(name), xml(space->uri)));
  return plain(value.get());
}

void remove(xmlNodePtr node) {
  xmlUnlinkNode(node);
  xmlFreeNode(node);
}

void remove_children(xmlNodePtr parent) {
  while (parent->children != nullptr) remove(parent->children);
}

}  // namespace perspective::documents
