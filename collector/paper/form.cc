#include "paper/form.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "paper/route_words.h"

namespace perspective::paper {
namespace {

using Kind = Line::Kind;

class Writer {
 public:
  Writer(const survey::Questionnaire& questionnaire, const text::Catalogue& texts, const text::Catalogue& words,
         const About& about)
      : questionnaire_(questionnaire), texts_(texts), words_(words), about_(about) {}

  Result<Form> form() {
    Part asked = questions();  // first: the cover says whether answers tell where to go on
    Form form{.language = texts_.language(), .title = own("title"), .parts = {cover(), std::move(asked), keep()}};
    if (error_) return std::unexpected(*error_);
    return form;
  }

 private:
  std::string said(const Result<std::string>& text) {
    if (text) return *text;
    if (!error_) error_ = text.error();
    return {};
  }
  std::string say(std::string_view key, const text::Arguments& arguments = {}) {
    return said(words_.format(key, arguments));
  }
  std::string helpline(const survey::Helpline& line) {
    std::string number;
    for (const char c : line.number) number += c == ' ' ? std::string("\u00a0") : std::string(1, c);
    return say("paper.helpline", {{"name", own(line.text)}, {"number", number}});
  }
  std::string first_helpline() {
    return questionnaire_.helplines.empty() ? std::string() : helpline(questionnaire_.helplines.front());
  }
  std::string own(const std::string& key) {
    const std::string on_paper = key + ".paper";
    const std::string& which = texts_.has(on_paper) ? on_paper : key;
    const auto names = texts_.argument_names(which);
    if (names.empty()) return said(texts_.format(which));
    return said(texts_.format(which, {{"helpline", first_helpline()}}));
  }

  Part cover() {
    Block head{{Kind::title, own("title")}, {Kind::paragraph, say("paper.area", {{"area", about_.area}})}};
    Block start{{Kind::heading, say("paper.start")}};
    for (const auto& key : questionnaire_.welcome) start.push_back({Kind::paragraph, own(key)});
    Block how{{Kind::heading, say("paper.how")}, {Kind::paragraph, say("paper.how.text")}};
    if (does_tell_where_to_go_) how.push_back({Kind::paragraph, say("paper.how.go")});
    Part part{.blocks = {std::move(head), std::move(start), std::move(how)}, .has_reference = false};
    if (about_.has_token) {
      part.blocks.push_back(
          {{Kind::heading, say("paper.token")}, {Kind::paragraph, say("paper.token.text")}, {Kind::token_box}});
    }
    return part;
  }

  Part questions() {
    Part part;
    for (std::size_t i = 0; i < questionnaire_.items.size(); ++i) {
      Block block = question(i);
      if (i == 0) block.insert(block.begin(), {Kind::heading, say("paper.questions")});
      part.blocks.push_back(std::move(block));
    }
    part.blocks.push_back({{Kind::heading, say("paper.thanks")}, {Kind::paragraph, say("paper.thanks.text")}});
    return part;
  }

  Part keep() {
    Block code{{Kind::heading, say("paper.keep")},
               {Kind::paragraph, say("paper.keep.text")},
               {Kind::code, say("paper.code", {{"reference", "{reference}"}})}};
    Block talk{{Kind::heading, say("paper.talk")}};
    for (const auto& key : questionnaire_.talk) talk.push_back({Kind::paragraph, own(key)});
    for (const auto& line : questionnaire_.helplines) {
      std::string text = helpline(line);
      if (!line.checked.empty()) text += "\n" + say("paper.helpline.checked", {{"day", line.checked}});
      talk.push_back({Kind::paragraph, text});
    }
    return {.blocks = {std::move(code), std::move(talk)}};
  }

  Block question(std::size_t at) {
    const auto& item = questionnaire_.items[at];
    const std::string key = "item." + item.variable;
    Block block;
    if (auto condition = only_if(at); !condition.empty()) block.push_back({Kind::condition, std::move(condition)});
    block.push_back({.kind = Kind::question, .text = own(key), .lead = std::to_string(at + 1)});
    if (texts_.has(key + ".help")) block.push_back({Kind::paragraph, own(key + ".help")});
    meanings(item, block);
    for (const auto& note : item.notes) block.push_back({Kind::remark, own(note.text)});
    if (survey::is_text(item)) {
      block.push_back({Kind::paragraph, say("paper.write")});
      block.push_back({Kind::write_box});
    } else {
      options(at, block);
    }
    return block;
  }

  // What a word means stands where the word comes first.
  void meanings(const survey::Item& item, Block& block) {
    for (const auto& word : item.words) {
      if (!explained_.insert(word).second) continue;
      const std::string key = "word." + word;
      block.push_back({Kind::remark, say("paper.word", {{"word", own(key)}, {"meaning", own(key + ".meaning")}})});
    }
  }

  void options(std::size_t at, Block& block) {
    const auto& item = questionnaire_.items[at];
    const bool are_many = std::holds_alternative<survey::MultipleChoice>(item.kind);
    block.push_back({Kind::paragraph, say(are_many ? "paper.tick_any" : "paper.tick_one")});
    const auto& options = survey::options_of(item);
    std::set<std::size_t> nexts;
    std::vector<std::size_t> next(options.size(), at + 1);
    for (std::size_t i = 0; i < options.size(); ++i) {
      next[i] = are_many ? next_after(questionnaire_, at, std::nullopt) : next_after(questionnaire_, at, i);
      nexts.insert(next[i]);
    }
    const bool is_same = nexts.size() == 1;
    for (std::size_t i = 0; i < options.size(); ++i) {
      Line line{.kind = Kind::option,
                .text = own("item." + item.variable + "." + options[i].id),
                .lead = std::to_string(i + 1)};
      if (!is_same && next[i] != at + 1) line.go = go("paper.go", next[i]);
      if (about_.style == Style::easy_read && !options[i].picture.empty()) {
        line.picture = options[i].picture;
        line.alternative = own("picture." + options[i].picture);
      }
      block.push_back(std::move(line));
    }
    const bool is_last = at + 1 == questionnaire_.items.size();
    if (is_same && !is_last && *nexts.begin() != at + 1) {
      block.push_back({Kind::condition, go("paper.now", *nexts.begin())});
    }
  }

  std::string go(const std::string& key, std::size_t next) {
    does_tell_where_to_go_ = true;
    if (next == questionnaire_.items.size()) return say(key + ".end");
    return say(key, {{"number", static_cast<std::int64_t>(next + 1)}});
  }

  std::string only_if(std::size_t at) {
    const auto asked = asked_if(questionnaire_, at);
    if (!asked) {
      if (!error_) error_ = asked.error();
      return {};
    }
    const auto& needed = asked->requirements;
    if (needed.empty()) return {};
    const char* const joint = asked->are_all_needed ? "paper.list.and" : "paper.list.or";
    std::vector<std::string> parts;
    // Those that need the same of several questions are said together.
    for (std::size_t i = 0; i < needed.size();) {
      std::size_t end = i + 1;
      while (end < needed.size() && words_for(needed[end]) == words_for(needed[i]) && !has_options(needed[i])) ++end;
      parts.push_back(has_options(needed[i])
                          ? about_options(needed[i])
                          : say(words_for(needed[i]), {{"numbers", numbers(needed, i, end, joint)}}));
      i = end;
    }
    return say("paper.only_if", {{"condition", text::joined(parts, say("paper.list.comma"), say(joint))}});
  }

  static bool has_options(const Requirement& requirement) {
    return !requirement.options.empty() || requirement.kind == Requirement::Kind::several;
  }
  std::string words_for(const Requirement& requirement) const {
    if (requirement.kind == Requirement::Kind::unanswered) return "paper.only_if.unanswered";
    if (requirement.kind == Requirement::Kind::ticked) return "paper.only_if.ticked";
    if (requirement.kind == Requirement::Kind::several) return "paper.only_if.several";
    if (requirement.kind == Requirement::Kind::not_ticked) return "paper.only_if.not_ticked";
    return survey::is_text(questionnaire_.items[requirement.item]) ? "paper.only_if.written" : "paper.only_if.answered";
  }
  std::string numbers(const std::vector<Requirement>& needed, std::size_t from, std::size_t to, const char* joint) {
    std::vector<std::string> all;
    for (std::size_t i = from; i < to; ++i) all.push_back(std::to_string(needed[i].item + 1));
    return text::joined(all, say("paper.list.comma"), say(joint));
  }
  std::string about_options(const Requirement& requirement) {
    const auto& item = questionnaire_.items[requirement.item];
    std::vector<std::string> ticked;
    for (const auto option : requirement.options) {
      const std::string label = own("item." + item.variable + "." + survey::options_of(item)[option].id);
      ticked.push_back(say("paper.only_if.option", {{"option", label}}));
    }
    return say(words_for(requirement),
               {{"options", text::joined(ticked, say("paper.list.comma"), say("paper.list.or"))},
                {"least", static_cast<std::int64_t>(requirement.least)},
                {"number", static_cast<std::int64_t>(requirement.item + 1)}});
  }

  const survey::Questionnaire& questionnaire_;
  const text::Catalogue& texts_;
  const text::Catalogue& words_;
  const About& about_;
  std::set<std::string> explained_;
  bool does_tell_where_to_go_ = false;
  std::optional<Error> error_;  // the first mistake, so that what is written reads as the form does
};

}  // namespace

Result<Form> form_of(const survey::Questionnaire& questionnaire, const text::Catalogue& texts,
                     const text::Catalogue& words, const About& about) {
  return Writer(questionnaire, texts, words, about).form();
}

}  // namespace perspective::paper
