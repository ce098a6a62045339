#include "documents/odf.h"

#include <algorithm>
#include <vector>

#include "archive/archive.h"
#include "documents/language.h"

namespace perspective::documents {
namespace {

constexpr Namespace kMeta{"urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta"};
constexpr Namespace kDublinCore{"http://purl.org/dc/elements/1.1/", "dc"};
constexpr Namespace kManifest{"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest"};

std::string meta_of(const std::string& title, const std::string& language) {
  const XmlTree tree(kOffice, "document-meta", {&kMeta, &kDublinCore});
  set(tree.root(), {&kOffice, "version", kOdfVersion});
  auto* const meta = add(tree.root(), kOffice, "meta");
  add_with_text(meta, kMeta, "generator", "Perspective");
  add_with_text(meta, kDublinCore, "title", title);
  add_with_text(meta, kDublinCore, "language", with_country(language).tag());
  return tree.text();
}

std::string manifest_of(const std::string& media_type, const Parts& parts) {
  const XmlTree tree(kManifest, "manifest");
  set(tree.root(), {&kManifest, "version", kOdfVersion});
  const auto entry = [&](const std::string& path, const std::string& type) {
    add(tree.root(), kManifest, "file-entry", {{&kManifest, "full-path", path}, {&kManifest, "media-type", type}});
  };
  entry("/", media_type);
  for (const auto& [name, content] : parts) entry(name, "text/xml");
  return tree.text();
}

}  // namespace

void OdfWords::add(std::string_view text) {
  while (!text.empty()) {
    if (text.front() == '\n' || text.front() == '\t') {
      documents::add(paragraph_, kText, text.front() == '\n' ? "line-break" : "tab");
      is_after_space_ = true;
      text.remove_prefix(1);
    } else if (text.front() == ' ' && is_after_space_) {
      const auto count = std::min(text.find_first_not_of(' '), text.size());
      documents::add(paragraph_, kText, "s", {{&kText, "c", std::to_string(count)}});
      text.remove_prefix(count);
    } else {
      auto end = std::min(text.find_first_of("\n\t"), text.size());
      if (const auto spaces = text.substr(0, end).find("  "); spaces != std::string_view::npos) end = spaces + 1;
      add_text(paragraph_, text.substr(0, end));
      is_after_space_ = text[end - 1] == ' ';
      text.remove_prefix(end);
    }
  }
}

void set_odf_language(xmlNodePtr properties, std::string_view language) {
  const auto [code, country] = with_country(language);
  set(properties, {&kFo, "language", code});
  if (!country.empty()) set(properties, {&kFo, "country", country});
}

Result<Bytes> odf_file(const std::string& media_type, Parts parts, const std::string& title,
                       const std::string& language) {
  parts["meta.xml"] = meta_of(title, language);
  std::vector<archive::Part> all{{.name = "mimetype", .content = media_type, .is_stored = true}};
  for (const auto& [name, content] : parts) all.push_back({.name = name, .content = content});
  all.push_back({.name = "META-INF/manifest.xml", .content = manifest_of(media_type, parts)});
  return archive::write_archive(all);
}

}  // namespace perspective::documents
