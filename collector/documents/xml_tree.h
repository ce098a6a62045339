// Inside collector/documents: XML as a tree (libxml2), read from a template and written into a part.
//
// Promise:   parse() refuses a document type: with it go entities that expand or load. Nothing is fetched. What XML
//            cannot hold (a control character in a text) is written as U+FFFD.
// Errors:    invalid: "is no XML: line 3".
// Ownership: a XmlTree owns its nodes; a node pointer is good as long as it.
// Threads:   one at a time.
#pragma once

#include <libxml/tree.h>

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace perspective::documents {

// A name in a namespace. The prefix is the one that is used where the document has none for it yet.
struct Namespace {
  const char* uri;
  const char* prefix;
};

struct Attribute {
  const Namespace* space;  // null: none
  const char* name;
  std::string value;
};

class XmlTree {
 public:
  static Result<XmlTree> parse(std::string_view xml);
  XmlTree(const Namespace& space, const char* root, std::initializer_list<const Namespace*> others = {});

  xmlNodePtr root() const { return xmlDocGetRootElement(document_.get()); }
  std::string text() const;

 private:
  struct Free {
    void operator()(xmlDocPtr document) const { xmlFreeDoc(document); }
  };
  explicit XmlTree(xmlDocPtr document) : document_(document) {}
  std::unique_ptr<xmlDoc, Free> document_;
};

// A new last child. add_text() adds words to one.
xmlNodePtr add(xmlNodePtr parent, const Namespace& space, const char* name, const std::vector<Attribute>& with = {});
void add_text(xmlNodePtr parent, std::string_view text);
xmlNodePtr add_with_text(xmlNodePtr parent, const Namespace& space, const char* name, std::string_view text,
                         const std::vector<Attribute>& with = {});
void set(xmlNodePtr node, const Attribute& attribute);

bool is(xmlNodePtr node, const Namespace& space, const char* name);
xmlNodePtr child(xmlNodePtr parent, const Namespace& space, const char* name);  // the first; null: none, or no parent
std::vector<xmlNodePtr> children(xmlNodePtr parent, const Namespace& space, const char* name);
std::vector<xmlNodePtr> descendants(xmlNodePtr parent, const Namespace& space, const char* name);
std::string value_of(xmlNodePtr node, const Namespace* space, const char* name);  // empty: it has none
void remove(xmlNodePtr node);
void remove_children(xmlNodePtr parent);

}  // namespace perspective::documents
