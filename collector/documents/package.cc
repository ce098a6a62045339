#include "documents/package.h"

#include <algorithm>

#include "documents/xml_tree.h"

namespace perspective::documents {
namespace {

constexpr Namespace kRelationships{"http://schemas.openxmlformats.org/package/2006/relationships", ""};
constexpr Namespace kTypes{"http://schemas.openxmlformats.org/package/2006/content-types", ""};
constexpr std::string_view kDocumentType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view kPackageType =
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/";  // core-properties

std::string folder_of(std::string_view part) {
  const auto slash = part.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(part.substr(0, slash + 1));
}

std::string relationships_name(const std::string& part) {
  const auto folder = folder_of(part);
  return folder + "_rels/" + part.substr(folder.size()) + ".rels";
}

// A target is relative to the part that names it, or begins with "/": then to the container.
std::string resolved(const std::string& part, const std::string& target) {
  const auto path = target.starts_with('/') ? target.substr(1) : folder_of(part) + target;
  return std::filesystem::path(path).lexically_normal().generic_string();
}

// Relative where it can be, as every program reads it.
std::string named_from(const std::string& part, const std::string& target) {
  const auto folder = folder_of(part);
  return target.starts_with(folder) ? target.substr(folder.size()) : "/" + target;
}

std::string last_word(const std::string& type) { return type.substr(type.rfind('/') + 1); }

std::string suffix_of(const std::string& name) {
  const auto dot = name.rfind('.');
  auto suffix = dot == std::string::npos ? std::string() : name.substr(dot + 1);
  for (char& letter : suffix)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return suffix;
}

}  // namespace

Result<std::vector<Relationship>> relationships_of(const Parts& parts, const std::string& part) {
  std::vector<Relationship> all;
  const auto name = relationships_name(part);
  const auto found = parts.find(name);
  if (found == parts.end()) return all;
  const auto tree = XmlTree::parse(found->second);
  if (!tree) return in_context(name, tree.error());
  for (auto* node : children(tree->root(), kRelationships, "Relationship")) {
    Relationship one{.id = value_of(node, nullptr, "Id"),
                     .type = last_word(value_of(node, nullptr, "Type")),
                     .target = value_of(node, nullptr, "Target"),
                     .is_external = value_of(node, nullptr, "TargetMode") == "External"};
    if (!one.is_external) one.target = resolved(part, one.target);
    all.push_back(std::move(one));
  }
  return all;
}

Result<std::map<std::string, std::string>> content_types_of(const Parts& parts) {
  const auto found = parts.find(std::string(kContentTypes));
  if (found == parts.end())
    return fail(ErrorCode::invalid, "has no [Content_Types].xml: save the template as \"Word Document (.docx)\"");
  const auto tree = XmlTree::parse(found->second);
  if (!tree) return in_context(std::string(kContentTypes), tree.error());
  std::map<std::string, std::string> by_suffix;
  for (auto* node : children(tree->root(), kTypes, "Default"))
    by_suffix[suffix_of("." + value_of(node, nullptr, "Extension"))] = value_of(node, nullptr, "ContentType");
  std::map<std::string, std::string> types;
  for (const auto& [name, content] : parts)
    if (const auto known = by_suffix.find(suffix_of(name)); known != by_suffix.end()) types[name] = known->second;
  for (auto* node : children(tree->root(), kTypes, "Override")) {
    const auto name = value_of(node, nullptr, "PartName");
    if (name.starts_with('/') && parts.contains(name.substr(1)))
      types[name.substr(1)] = value_of(node, nullptr, "ContentType");
  }
  return types;
}

void set_relationships(Parts& parts, const std::string& part, const std::vector<Relationship>& relationships) {
  if (relationships.empty()) return;
  const XmlTree tree(kRelationships, "Relationships");
  for (const auto& one : relationships) {
    const auto space = one.type == "core-properties" ? kPackageType : kDocumentType;
    auto* const node = add(tree.root(), kRelationships, "Relationship",
                           {{nullptr, "Id", one.id},
                            {nullptr, "Type", std::string(space) + one.type},
                            {nullptr, "Target", one.is_external ? one.target : named_from(part, one.target)}});
    if (one.is_external) set(node, {nullptr, "TargetMode", "External"});
  }
  parts[relationships_name(part)] = tree.text();
}

void set_content_types(Parts& parts, const std::map<std::string, std::string>& types) {
  const XmlTree tree(kTypes, "Types");
  add(tree.root(), kTypes, "Default",
      {{nullptr, "Extension", "rels"},
       {nullptr, "ContentType", "application/vnd.openxmlformats-package.relationships+xml"}});
  for (const auto& [name, type] : types)
    add(tree.root(), kTypes, "Override", {{nullptr, "PartName", "/" + name}, {nullptr, "ContentType", type}});
  parts[std::string(kContentTypes)] = tree.text();
}

}  // namespace perspective::documents
