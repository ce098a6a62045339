#include "report/edited_document.h"

#include <map>
#include <utility>
#include <variant>

namespace perspective::report {
namespace {

std::string text_of(const Paragraph& paragraph) {
  std::string text;
  for (const auto& run : paragraph.runs) text += run.text;
  return text;
}

}  // namespace

Document edited_document(Document generated, const std::vector<std::string>& edited) {
  std::map<std::string, Paragraph> known;
  for (auto& block : generated.blocks)
    if (auto* const paragraph = std::get_if<Paragraph>(&block)) {
      auto text = text_of(*paragraph);
      known.emplace(std::move(text), std::move(*paragraph));
    }
  generated.blocks.clear();
  if (!generated.page_mark.empty())
    generated.blocks.emplace_back(Paragraph{Paragraph::Kind::mark, {{generated.page_mark}}});
  for (const auto& text : edited) {
    const auto found = known.find(text);
    const bool is_known = found != known.end();
    if (is_known && found->second.kind == Paragraph::Kind::mark) continue;  // it stands at head and foot
    generated.blocks.emplace_back(is_known ? found->second : Paragraph{.runs = {{text}}});
  }
  if (!generated.page_mark.empty())
    generated.blocks.emplace_back(Paragraph{Paragraph::Kind::mark, {{generated.page_mark}}});
  return generated;
}

}  // namespace perspective::report
