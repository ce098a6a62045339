#include "report/statement_arguments.h"

#include <algorithm>
#include <utility>

#include "release/routing.h"
#include "release/rules.h"
#include "report/phrase.h"
#include "report/statement_phrase.h"

namespace perspective::report {
namespace {

using release::Statement;
using release::Whom;

bool is_set_against_all(const Statement& statement, const release::Part& part) {
  return statement.whom == Whom::everyone && statement.of == part.respondents;
}

const release::StatedMore* stated_more(const release::Part& part, const std::string& finding) {
  const auto found = std::ranges::find(part.stated_more, finding, &release::StatedMore::finding);
  return found == part.stated_more.end() ? nullptr : &*found;
}

// The first of these that the catalogue has; a language may have words of its own for one way of saying it.
Result<std::string> first_of(const std::vector<std::string>& keys, const text::Catalogue& words) {
  for (const auto& key : keys)
    if (words.has(key)) return words.format(key);
  return std::string();
}

// " who answered", or the like: whom the statement is about, as far as its phrase has not said so.
Result<std::string> who(const Statement& statement, const release::Part& part, bool has_outside,
                        const text::Catalogue& words) {
  const bool applied = has_outside && statement.whom == Whom::who_answered;
  // B of a routed group whose size is printed: they are not all who took part.
  const bool asked = statement.whom == Whom::everyone && !is_set_against_all(statement, part);
  const auto whom = applied ? std::string("applied") : asked ? "asked" : std::string(to_text(statement.whom));
  const std::string of = statement.of ? ".of" : "";
  const std::string begin = "report.release.who.";
  return first_of({begin + std::string(to_text(statement.says)) + "." + whom + of, begin + whom + of}, words);
}

Result<std::string> those(const Statement& statement, const text::Catalogue& words) {
  if (statement.of) return std::string();
  return first_of({"report.release.those." + std::string(to_text(statement.says)), "report.release.those"}, words);
}

// As the rules would print it, were they to print it.
Statement statement_of(const survey::Finding& finding, const release::StatedMore& stated) {
  return {finding.id, release::Says::exactly, finding.within ? Whom::these : Whom::who_answered, stated.count,
          stated.base};
}

struct Phrases {
  Result<std::string> middle;
  Result<std::string> start;
};

Phrases phrases_of(const Statement& statement, const text::Catalogue& words) {
  return {phrase(statement, Place::middle, words), phrase(statement, Place::start, words)};
}

Phrases phrases_of(const release::StatedMore& stated, const text::Catalogue& words) {
  tally::FindingCount count;
  count.count = stated.count;
  count.base = stated.base;
  return {phrase(count, survey::Form::count_of, Place::middle, words),
          phrase(count, survey::Form::count_of, Place::start, words)};
}

}  // namespace

bool is_said(const release::Part& part, const std::string& finding) {
  const auto* statement = part.statement(finding);
  return stated_more(part, finding) != nullptr || (statement != nullptr && release::says_something(*statement));
}

Result<std::string> note_on_figures(std::span<const release::Part> parts, const text::Catalogue& words) {
  bool says = false;
  bool is_all_against_all = true;
  bool is_tiny = true;
  for (const auto& part : parts) {
    if (part.respondents >= release::kFewest) is_tiny = false;
    if (!part.stated_more.empty()) says = true, is_all_against_all = false;
    for (const auto& statement : part.statements) {
      if (!release::says_something(statement)) continue;
      says = true;
      is_all_against_all = is_all_against_all && is_set_against_all(statement, part);
    }
  }
  if (!says) return words.format(is_tiny ? "report.release.nothing" : "report.release.nothing.figures");
  return words.format(is_all_against_all ? "report.release.note.everyone" : "report.release.note.answered");
}

bool has_edges(const release::Part& part) {
  return std::ranges::any_of(part.statements, [](const Statement& statement) {
    return statement.says == release::Says::few_or_none || statement.says == release::Says::nearly_all;
  });
}

Result<void> add_release_arguments(const survey::Questionnaire& questionnaire, const release::Part& part,
                                   const std::string& finding, const text::Catalogue& words,
                                   text::Arguments& arguments) {
  const auto& defined = *questionnaire.finding(finding);
  const auto* stated = stated_more(part, finding);
  const auto statement = stated == nullptr ? *part.statement(finding) : statement_of(defined, *stated);
  auto [middle, start] = stated == nullptr ? phrases_of(statement, words) : phrases_of(*stated, words);
  if (!middle) return std::unexpected(middle.error());
  if (!start) return std::unexpected(start.error());
  auto whom = who(statement, part, release::has_outside_option(*questionnaire.item(defined.item)), words);
  if (!whom) return std::unexpected(whom.error());
  auto group = those(statement, words);
  if (!group) return std::unexpected(group.error());
  arguments[finding] = *std::move(middle);
  arguments[finding + "_start"] = *std::move(start);
  arguments[finding + "_says"] = std::string(to_text(statement.says));
  arguments[finding + "_whom"] = std::string(to_text(statement.whom));
  arguments[finding + "_who"] = *std::move(whom);
  arguments[finding + "_those"] = *std::move(group);
  arguments[finding + "_edge"] = std::string(stated != nullptr && stated->count == 0 ? "none" : "some");
  return {};
}

}  // namespace perspective::report
