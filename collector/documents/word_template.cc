#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "documents/word.h"
#include "documents/word_safety.h"

namespace perspective::documents {
namespace {

constexpr std::array<std::string_view, 8> kKept{"styles",    "theme",       "settings", "fontTable",
                                                "numbering", "webSettings", "header",   "footer"};

std::string in_small_letters(std::string text) {
  for (char& letter : text)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return text;
}

// Keeps a part with what it needs; of its relationships only what is inside the file, and links that a reader follows.
class Keeping {
 public:
  Keeping(const Parts& all, std::map<std::string, std::string> types, WordTemplate& word)
      : all_(all), types_(std::move(types)), word_(word) {}

  Result<void> keep(const std::string& name) {
    if (word_.parts.contains(name)) return {};
    const auto found = all_.find(name);
    if (found == all_.end()) return fail(ErrorCode::invalid, "names a part that is not there, " + name);
    const auto type = types_.find(name);
    if (type == types_.end()) return fail(ErrorCode::invalid, "does not say of which type its part is, " + name);
    word_.parts[name] = found->second;
    word_.types[name] = type->second;
    return {};
  }

  Result<void> keep_with_all(const std::string& name) {
    if (auto kept = keep(name); !kept) return kept;
    const auto relationships = relationships_of(all_, name);
    if (!relationships) return std::unexpected(relationships.error());
    for (const auto& one : *relationships)
      if (!one.is_external)
        if (auto kept = keep(one.target); !kept) return kept;
    word_.relationships[name] = *relationships;
    return {};
  }

 private:
  const Parts& all_;
  std::map<std::string, std::string> types_;
  WordTemplate& word_;
};

Result<std::string> main_part_of(const Parts& parts) {
  const auto top = relationships_of(parts, "");
  if (!top) return std::unexpected(top.error());
  const auto found = std::ranges::find(*top, "officeDocument", &Relationship::type);
  if (found == top->end() || !parts.contains(found->target))
    return fail(ErrorCode::invalid, "is no Word document: save it as \"Word Document (.docx)\"");
  return found->target;
}

std::string name_of_style(xmlNodePtr style) {
  auto name = in_small_letters(value_of(child(style, kWord, "name"), &kWord, "val"));
  std::erase(name, ' ');
  return name;
}

// Word writes the names of its own styles in English, whatever language it speaks.
std::string style_named(const XmlTree& styles, const char* type, const std::string& wanted) {
  for (auto* style : children(styles.root(), kWord, "style"))
    if (value_of(style, &kWord, "type") == type && name_of_style(style) == wanted)
      return value_of(style, &kWord, "styleId");
  return {};
}

Result<void> find_styles(WordTemplate& word) {
  const auto part = part_of_type(word, "styles");
  if (part.empty()) return fail(ErrorCode::invalid, "has no styles: save it from Word or LibreOffice");
  const auto tree = XmlTree::parse(word.parts.at(part));
  if (!tree) return in_context(part, tree.error());
  struct Wanted {
    const char* type;
    const char* name;
    std::string WordStyles::*id;
    const char* without;  // null: there must be one
  };
  static constexpr std::array<Wanted, 7> kWanted{
      {{"paragraph", "Title", &WordStyles::title, nullptr},
       {"paragraph", "Heading 1", &WordStyles::heading, nullptr},
       {"paragraph", "Body Text", &WordStyles::text, "paragraphs look as the template's default"},
       {"paragraph", "PerspectiveMark", &WordStyles::mark, "the mark on each page is in bold and centred"},
       {"paragraph", "PerspectiveNote", &WordStyles::note, "notes look like other paragraphs"},
       {"paragraph", "Caption", &WordStyles::caption, "captions of tables look like other paragraphs"},
       {"table", "PerspectiveTable", &WordStyles::table, "tables have plain lines"}}};
  std::vector<std::string> missing;
  for (const auto& [type, name, id, without] : kWanted) {
    auto wanted = in_small_letters(name);
    std::erase(wanted, ' ');
    word.styles.*id = style_named(*tree, type, wanted);
    if (!(word.styles.*id).empty()) continue;
    if (without == nullptr)
      missing.push_back(fmt::format("\"{}\"", name));
    else
      word.remarks.push_back(fmt::format("the template has no {} style \"{}\": {}", type, name, without));
  }
  if (missing.empty()) return {};
  return fail(ErrorCode::invalid,
              fmt::format("has no style {}, which tell a screen reader what is a title and a heading: add {} in Word",
                          fmt::join(missing, " and "), missing.size() == 1 ? "it" : "them"));
}

Result<WordTemplate> opened(const Parts& parts) {
  WordTemplate word;
  if (auto sized = check_sizes(parts); !sized) return std::unexpected(sized.error());
  const auto main = main_part_of(parts);
  if (!main) return std::unexpected(main.error());
  if (auto checked = check_safe(parts); !checked) return std::unexpected(checked.error());
  word.main = *main;
  auto types = content_types_of(parts);
  if (!types) return std::unexpected(types.error());
  Keeping keeping(parts, *std::move(types), word);
  if (auto kept = keeping.keep(word.main); !kept) return std::unexpected(kept.error());
  const auto relationships = relationships_of(parts, word.main);
  if (!relationships) return std::unexpected(relationships.error());
  for (const auto& one : *relationships) {
    if (one.is_external || std::ranges::find(kKept, one.type) == kKept.end()) continue;
    // Settings lead to the template that this one was made from, and to lists of addresses.
    auto kept = one.type == "settings" ? keeping.keep(one.target) : keeping.keep_with_all(one.target);
    if (!kept) return std::unexpected(kept.error());
    word.relationships[word.main].push_back(one);
  }
  word.types[word.main] = std::string(kWordType) + "document.main+xml";  // not a template's, nor one with macros
  if (auto found = find_styles(word); !found) return std::unexpected(found.error());
  return word;
}

}  // namespace

std::string part_of_type(const WordTemplate& word, std::string_view type) {
  const auto found = word.relationships.find(word.main);
  if (found == word.relationships.end()) return {};
  const auto one = std::ranges::find(found->second, type, &Relationship::type);
  return one == found->second.end() ? std::string() : one->target;
}

Result<WordTemplate> open_word_template(const Parts& parts) {
  auto word = opened(parts);
  if (!word) return in_context("the template", word.error());
  return word;
}

}  // namespace perspective::documents
