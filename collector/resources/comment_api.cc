#include "resources/comment_api.h"

#include <algorithm>
#include <boost/json.hpp>
#include <functional>
#include <utility>

#include "base/clock.h"
#include "base/log.h"
#include "http/problem.h"
#include "resources/audit_api.h"
#include "resources/comment_counts.h"
#include "resources/json_body.h"
#include "resources/paging.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;
using inspection::CommentWork;

namespace {

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

// As pages and scripts count: in characters, not in bytes.
std::size_t characters_before(std::string_view text, std::size_t at) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text.substr(0, at), [](unsigned char c) { return (c & 0xC0U) != 0x80; }));
}

json::object object_of(const inspection::Comment& comment) {
  json::array giveaways;
  for (const auto& [kind, begin, end] : comment.giveaways) {
    giveaways.push_back(json::object{{"kind", comments::to_text(kind)},
                                     {"begin", characters_before(comment.text, begin)},
                                     {"end", characters_before(comment.text, end)},
                                     {"words", std::string_view(comment.text).substr(begin, end - begin)}});
  }
  json::array translations;
  for (const auto& [language, words, translator] : comment.translations) {
    translations.push_back(json::object{{"language", language}, {"words", words}, {"translator", translator}});
  }
  json::value chosen(nullptr);
  if (comment.chosen) {
    const auto& words = comment.chosen->words;
    chosen = json::object{{"words", words ? json::value(*words) : json::value(nullptr)},
                          {"is_sic", comment.chosen->is_sic},
                          {"as_chosen", comment.chosen->as_chosen}};
  }
  json::array replacements;
  for (const auto& [words, as] : comment.replacements) {
    replacements.push_back(json::object{{"words", words}, {"as", as}});
  }
  const bool is_read = !comment.read_by.empty();
  return {{"reference", comment.reference},
          {"questionnaire", comment.questionnaire},
          {"variable", comment.variable},
          {"language", comment.language},
          {"text", comment.text},
          {"may_be_quoted", comment.may_be_quoted},
          {"is_chosen", comment.is_chosen},
          {"chosen", std::move(chosen)},
          {"is_read", is_read},
          {"read_by", is_read ? json::value(comment.read_by) : json::value(nullptr)},
          {"read_at", is_read ? json::value(time_text(comment.read_at_s)) : json::value(nullptr)},
          {"codes", json::value_from(comment.codes)},
          {"redacted", comment.redacted ? json::value(*comment.redacted) : json::value(nullptr)},
          {"replacements", std::move(replacements)},
          {"translations", std::move(translations)},
          {"concerns", json::value_from(comment.concerns)},
          {"giveaways", std::move(giveaways)}};
}

Result<Response> list_comments(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const auto comments = services.inspections->comments(inspection);
  if (!comments) return std::unexpected(comments.error());
  const auto unread = std::ranges::count_if(*comments, [](const auto& comment) { return comment.read_by.empty(); });
  // The unread first; among themselves in an order that is drawn for each listing, so that no place in it tells when
  // somebody wrote, and that stands for all its pages.
  const auto order = drawn_order(services, request, Reach::of_this_start);
  if (!order) return std::unexpected(order.error());
  const auto place = [&](const auto& comment) {
    const bool is_read = !comment.read_by.empty();
    return *order + (is_read ? "1" : "0") +
           services.stamps.mark(Reach::of_this_start, *order, key_of({inspection, comment.reference}));
  };
  const auto told = as_told(services, inspection);
  if (!told) return std::unexpected(told.error());
  auto counts = counts_of_codes(*comments, *told);
  counts["unread"] = unread;
  if (auto added = add_unreadable(services, inspection, *told, counts); !added) return std::unexpected(added.error());
  auto page = paged(
      services, request, "comments", *comments, place, [](const auto& comment) { return object_of(comment); },
      std::move(counts), Reach::of_this_start);
  if (!page) return page;
  auto response = audited(services, event_of(request, "comments read", inspection), *std::move(page));
  if (response) note_if_all_is_read(services, request, inspection);
  return response;
}

// A number for the home page, and no word: no entry in the audit.
Result<Response> count_unread(const Services& services, const Request& request) {
  const auto unread = services.inspections->unread_comments(request.parameter("inspection"));
  if (!unread) return std::unexpected(unread.error());
  return ok({{"unread", *unread}});
}

// Prepared, so that the entry of the audit names the sealed bytes; then kept with that entry.
Result<Response> done(const Services& services, const Request& request, CommentWork work, std::string what,
                      std::map<std::string, std::string> about = {}) {
  const std::string inspection = request.parameter("inspection");
  auto event = event_of(request, std::move(what), inspection, std::move(about));
  work.by = event.who;
  const auto sealed = services.inspections->prepare(inspection, work);
  if (!sealed) return std::unexpected(sealed.error());
  if (sealed->annotation.body.empty()) return ok({{"reference", sealed->reference}});
  event.about["sealed_sha256"] = sealed->sha256;
  const bool is_of_a_concern = std::holds_alternative<inspection::RaiseConcern>(work.what) ||
                               std::holds_alternative<inspection::Decide>(work.what) ||
                               std::holds_alternative<inspection::CloseConcern>(work.what);
  if (is_of_a_concern) event.about["concern"] = sealed->reference;
  const auto kept = services.audit->with(
      event, [&](const auto& entry) { return services.inspections->keep(inspection, *sealed, entry); });
  if (!kept) return std::unexpected(kept.error());
  return ok({{"reference", sealed->reference}}, 201);
}

Result<Response> mark_read(const Services& services, const Request& request) {
  auto response = done(services, request, {request.parameter("reference"), inspection::MarkRead{}, {}}, "comment read");
  if (response) note_if_all_is_read(services, request, request.parameter("inspection"));
  return response;
}

Result<Response> set_codes(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  auto codes = body->texts("codes");
  if (!codes) return std::unexpected(codes.error());
  return done(services, request, {request.parameter("reference"), inspection::SetCodes{*std::move(codes)}, {}},
              "comment coded");
}

// Comment by comment: where it fails in between, asking again does the rest.
Result<Response> rename_code(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto code = body->text("code");
  if (!code) return std::unexpected(code.error());
  const auto as = body->text("as");
  if (!as) return std::unexpected(as.error());
  const auto told = as_told(services, request.parameter("inspection"));
  if (!told) return std::unexpected(told.error());
  auto comments = services.inspections->comments(request.parameter("inspection"));
  if (!comments) return std::unexpected(comments.error());
  std::int64_t renamed = 0;
  for (auto& comment : *comments) {
    const auto found = std::ranges::find(comment.codes, *code);
    if (found == comment.codes.end()) continue;
    *found = *as;
    const auto kept = done(services, request, {comment.reference, inspection::SetCodes{std::move(comment.codes)}, {}},
                           "comment coded");
    if (!kept) return std::unexpected(kept.error());
    ++renamed;
  }
  if (renamed == 0) return fail(ErrorCode::not_found, "no comment has the code '" + *code + "'");
  return ok({{"comments", (*told)(renamed)}});
}

Result<inspection::Redact> redaction_of(const JsonBody& body) {
  inspection::Redact redact;
  const auto is_likely = body.flag_or("likely", false);
  if (!is_likely) return std::unexpected(is_likely.error());
  redact.is_likely_too = *is_likely;
  const auto is_nothing = body.flag_or("nothing", false);
  if (!is_nothing) return std::unexpected(is_nothing.error());
  redact.may_be_nothing = *is_nothing;
  const auto is_more = body.flag_or("more", false);
  if (!is_more) return std::unexpected(is_more.error());
  redact.is_more = *is_more;
  if (!body.has("replacements")) return redact;
  const auto* const list = body.object().at("replacements").if_array();
  if (list == nullptr) return fail(ErrorCode::invalid, "\"replacements\" should be a list");
  for (const auto& each : *list) {
    const auto* const object = each.if_object();
    const auto text = [&](const char* name) -> std::string {
      const json::value* const value = object == nullptr ? nullptr : object->if_contains(name);
      return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
    };
    redact.replacements.push_back({text("words"), text("as")});
  }
  return redact;
}

Result<Response> redact(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  auto redact = redaction_of(*body);
  if (!redact) return std::unexpected(redact.error());
  return done(services, request, {request.parameter("reference"), *std::move(redact), {}}, "comment redacted");
}

Result<Response> translate(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  inspection::Translate translate;
  for (const auto& [name, field] :
       {std::pair("language", &inspection::Translate::language), std::pair("words", &inspection::Translate::words),
        std::pair("translator", &inspection::Translate::translator)}) {
    auto text = body->text(name);
    if (!text) return std::unexpected(text.error());
    translate.*field = *std::move(text);
  }
  return done(services, request, {request.parameter("reference"), std::move(translate), {}}, "comment translated");
}

Result<Response> raise_concern(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto lead = body->text("lead");
  if (!lead) return std::unexpected(lead.error());
  auto why = body->text_or("why", {});
  if (!why) return std::unexpected(why.error());
  return done(services, request, {request.parameter("reference"), inspection::RaiseConcern{*lead, *std::move(why)}, {}},
              "concern raised", {{"lead", *lead}});
}

Result<Response> decide(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  auto words = body->text("words");
  if (!words) return std::unexpected(words.error());
  return done(services, request, {request.parameter("concern"), inspection::Decide{*std::move(words)}, {}},
              "concern decided");
}

Result<Response> close_concern(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  auto words = body->text("words");
  if (!words) return std::unexpected(words.error());
  return done(services, request, {request.parameter("concern"), inspection::CloseConcern{*std::move(words)}, {}},
              "outcome of a concern recorded");
}

json::array array_of(const std::vector<inspection::Ruling>& rulings) {
  json::array list;
  for (const auto& ruling : rulings) {
    list.push_back(json::object{{"words", ruling.words}, {"by", ruling.by}, {"at", time_text(ruling.at_s)}});
  }
  return list;
}

// What was asked, in words: a comment alone may say "yes, he does".
class QuestionTexts {
 public:
  QuestionTexts(const Services& services, std::string inspection, std::string language)
      : services_(services), inspection_(std::move(inspection)), language_(std::move(language)) {}
  Result<std::string> question_of(const inspection::Comment& comment) {
    auto known = texts_.find(comment.questionnaire);
    if (known == texts_.end()) {
      const auto found = services_.inspections->paper_questions(inspection_, comment.questionnaire, language_);
      if (!found) return std::unexpected(found.error());
      boost::system::error_code error;
      auto texts = json::parse(found->texts, error);
      if (error || !texts.is_object()) return fail(ErrorCode::corrupt, "the texts of a questionnaire cannot be read");
      known = texts_.emplace(comment.questionnaire, std::move(texts.get_object())).first;
    }
    const json::value* const text = known->second.if_contains("item." + comment.variable);
    return text != nullptr && text->is_string() ? std::string(text->get_string()) : comment.variable;
  }

 private:
  const Services& services_;
  const std::string inspection_;
  const std::string language_;
  std::map<std::string, json::object> texts_;  // by questionnaire
};

// The comment alone: what else that person answered is nobody's business here.
json::object object_of(const inspection::Concern& concern, const std::string& question) {
  json::value comment(nullptr);
  if (concern.comment) {
    comment = json::object{{"reference", concern.comment->reference}, {"questionnaire", concern.comment->questionnaire},
                           {"variable", concern.comment->variable},   {"question", question},
                           {"language", concern.comment->language},   {"text", concern.comment->text}};
  }
  return {{"reference", concern.reference},
          {"lead", concern.lead},
          {"why", concern.why},
          {"raised_by", concern.raised_by},
          {"raised_at", time_text(concern.raised_at_s)},
          {"comment", std::move(comment)},
          {"decisions", array_of(concern.decisions)},
          {"outcomes", array_of(concern.outcomes)}};
}

Result<Response> list_concerns(const Services& services, const Request& request) {
  if (!may(request.peer, people::Right::read_answers) && !may(request.peer, people::Right::decide_concerns)) {
    return fail(ErrorCode::refused, "only inspectors and safeguarding leads may see concerns");
  }
  const std::string inspection = request.parameter("inspection");
  const auto concerns = services.inspections->concerns(inspection);
  if (!concerns) return std::unexpected(concerns.error());
  QuestionTexts texts(services, inspection, request.query_value("language"));
  std::map<std::string, std::string> questions;  // by the concern's reference
  for (const auto& concern : *concerns) {
    if (!concern.comment) continue;
    auto question = texts.question_of(*concern.comment);
    if (!question) return std::unexpected(question.error());
    questions[concern.reference] = *std::move(question);
  }
  auto page = paged(
      services, request, "concerns", *concerns,
      [](const auto& concern) {
        return key_of({time_text(concern.raised_at_s), concern.reference});
      },
      [&](const auto& concern) { return object_of(concern, questions[concern.reference]); }, {}, Reach::of_this_start);
  if (!page) return page;
  return audited(services, event_of(request, "concerns read", inspection), *std::move(page));
}

// Counts and days alone; of what is locked too.
Result<Response> list_alarms(const Services& services, const Request& request) {
  const auto alarms = services.inspections->alarms();
  if (!alarms) return std::unexpected(alarms.error());
  json::array warnings;
  if (const auto warning = services.inspections->calendar_warning(); !warning.empty()) warnings.emplace_back(warning);
  return paged(
      services, request, "alarms", *alarms,
      [](const auto& alarm) {
        return key_of({alarm.due, alarm.inspection, std::string(inspection::to_text(alarm.kind)), alarm.since});
      },
      [](const auto& alarm) -> json::object {
        return {{"inspection", alarm.inspection},
                {"area", alarm.area},
                {"kind", inspection::to_text(alarm.kind)},
                {"since", alarm.since},
                {"due", alarm.due},
                {"is_overdue", alarm.is_overdue},
                {"says", alarm.says}};
      },
      {{"warnings", std::move(warnings)}, {"found", alarms->size()}});
}

}  // namespace

void note_if_all_is_read(const Services& services, const Request& request, const std::string& inspection) {
  auto event = event_of(request, "all comments read", inspection);
  const auto sealed = services.inspections->prepare_all_read(inspection, event.who);
  if (!sealed) return log::error("whether all is read could not be told: " + sealed.error().what);
  if (!*sealed) return;
  event.about["sealed_sha256"] = (*sealed)->sha256;
  const auto kept = services.audit->with(
      event, [&](const auto& entry) { return services.inspections->keep(inspection, **sealed, entry); });
  if (!kept) log::error("that all is read could not be noted: " + kept.error().what);
}

void add_comment_routes(http::Router& router, Services& services) {
  using enum people::Right;
  const auto add = [&](people::Right right, std::string method, std::string path, Asked asked) {
    const std::size_t max_body_bytes = method == "POST" ? http::kSmallBodyBytes : 0;
    add_route(router, services, right, std::move(method), std::move(path), asking(services, asked), max_body_bytes);
  };
  const std::string one = "/v1/inspections/{inspection}";
  const std::string comment = one + "/comments/{reference}";
  add(see_inspections, "GET", "/v1/alarms", list_alarms);
  add(read_answers, "GET", one + "/comments", list_comments);
  add(read_answers, "GET", one + "/comments/unread", count_unread);
  add(read_answers, "POST", comment + "/read", mark_read);
  add(read_answers, "POST", comment + "/codes", set_codes);
  add(read_answers, "POST", one + "/codes/renaming", rename_code);
  add(read_answers, "POST", comment + "/redaction", redact);
  add(read_answers, "POST", comment + "/translations", translate);
  add(read_answers, "POST", comment + "/concerns", raise_concern);
  add(see_inspections, "GET", one + "/concerns", list_concerns);  // and one of two rights more
  add(decide_concerns, "POST", one + "/concerns/{concern}/decision", decide);
  add(decide_concerns, "POST", one + "/concerns/{concern}/outcome", close_concern);
}

}  // namespace perspective::resources
