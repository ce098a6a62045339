#include "resources/paper_api.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "base/clock.h"
#include "http/problem.h"
#include "resources/audit_api.h"
#include "resources/json_body.h"
#include "resources/paging.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;

namespace {

constexpr std::size_t kMaxKeyingBytes = 256 * 1024;  // 64 comments of the longest, and as much again

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

// The forms themselves, as PDF.
Result<Response> print(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  auto questionnaire = body->text_or("questionnaire", {});
  if (!questionnaire) return std::unexpected(questionnaire.error());
  auto language = body->text_or("language", {});
  if (!language) return std::unexpected(language.error());
  auto style = body->text_or("form", "standard");
  if (!style) return std::unexpected(style.error());
  const auto copies = body->count_or("copies", 1);
  if (!copies) return std::unexpected(copies.error());
  const std::string inspection = request.parameter("inspection");
  const inspection::PaperForms wanted{.questionnaire = *std::move(questionnaire),
                                      .language = *std::move(language),
                                      .style = *std::move(style),
                                      .copies = *copies};
  auto forms = services.inspections->paper_forms(inspection, wanted);
  if (!forms) return std::unexpected(forms.error());
  return audited(services,
                 event_of(request, "paper forms printed", inspection,
                          {{"questionnaire", wanted.questionnaire},
                           {"language", wanted.language},
                           {"form", wanted.style},
                           {"copies", std::to_string(wanted.copies)}}),
                 Response{.status = 200, .content_type = "application/pdf", .body = *std::move(forms), .headers = {}});
}

Result<Response> questions(const Services& services, const Request& request) {
  auto found = services.inspections->paper_questions(
      request.parameter("inspection"), request.query_value("questionnaire"), request.query_value("language"));
  if (!found) return std::unexpected(found.error());
  return ok({{"language", found->language}, {"definition", found->definition}, {"texts", found->texts}});
}

// {"variable": "option", "other": ["this", "that"], "words": "as they were written", "nothing": null}
Result<paper::Given> given_in(const JsonBody& body) {
  paper::Given given;
  const auto* const answers = body.object().if_contains("answers");
  if (answers == nullptr || answers->is_null()) return given;
  if (!answers->is_object()) return fail(ErrorCode::invalid, "\"answers\" must be an object");
  for (const auto& pair : answers->get_object()) {
    auto& values = given[std::string(pair.key())];
    if (pair.value().is_string()) values.emplace_back(pair.value().get_string());
    if (pair.value().is_string() || pair.value().is_null()) continue;
    if (!pair.value().is_array()) return fail(ErrorCode::invalid, "an answer is a text, texts or null");
    for (const auto& value : pair.value().get_array()) {
      if (!value.is_string()) return fail(ErrorCode::invalid, "an answer is a text, texts or null");
      values.emplace_back(value.get_string());
    }
  }
  return given;
}

void forget(paper::Given& given) {
  for (auto& [variable, values] : given) {
    for (auto& value : values) wipe(value.data(), value.size());
  }
}

Result<inspection::PaperKeying> keying_in(const JsonBody& body) {
  auto reference = body.text("reference");
  if (!reference) return std::unexpected(reference.error());
  auto questionnaire = body.text("questionnaire");
  if (!questionnaire) return std::unexpected(questionnaire.error());
  auto language = body.text("language");
  if (!language) return std::unexpected(language.error());
  auto token = body.text_or("token", {});
  if (!token) return std::unexpected(token.error());
  auto answers = given_in(body);
  if (!answers) return std::unexpected(answers.error());
  return inspection::PaperKeying{.reference = *std::move(reference),
                                 .questionnaire = *std::move(questionnaire),
                                 .language = *std::move(language),
                                 .answers = *std::move(answers),
                                 .token = *std::move(token)};
}

// Two keyings are two people's.
const std::string& keyer_in(const Request& request) { return person_of(request.peer); }

Result<Response> key(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  auto keying = keying_in(*body);
  if (!keying) return std::unexpected(keying.error());
  const std::string inspection = request.parameter("inspection");
  const auto event = event_of(request, "paper form keyed", inspection, {{"questionnaire", keying->questionnaire}});
  int times = 0;
  const auto kept = services.audit->with(event, [&](const auto& entry) -> Result<void> {
    const auto keyed = services.inspections->key_paper(inspection, *keying, keyer_in(request), entry);
    if (!keyed) return std::unexpected(keyed.error());
    times = *keyed;
    return {};
  });
  forget(keying->answers);
  wipe(keying->token.data(), keying->token.size());
  if (!kept) return std::unexpected(kept.error());
  return ok({{"keyed", times}}, 201);
}

// Whoever sits at the machine fills it as they like.
Result<Response> key_one_more(const Services& services, const Request& request) {
  if (request.peer.is_local) return key(services, request);
  if (services.keyings.take(keyer_in(request), 1, SystemClock().now_s()) != Ration::Granted::yes) {
    return http::problem(429, "You have keyed in a thousand forms, and 500 more for each day; go on tomorrow.");
  }
  auto keyed = key(services, request);
  if (!keyed) services.keyings.give_back(keyer_in(request), 1);
  return keyed;
}

json::value value_of(const std::vector<std::string>& values) {
  if (values.empty()) return nullptr;
  return json::value_from(values);
}

json::object object_of(const inspection::KeyedForm& form, const std::string& who) {
  json::array differences;
  for (const auto& difference : form.differences) {
    differences.push_back(json::object{{"number", difference.item + 1},
                                       {"first", value_of(difference.first)},
                                       {"second", value_of(difference.second)}});
  }
  return {{"reference", form.reference},
          {"questionnaire", form.questionnaire},
          {"language", form.languages.empty() ? std::string() : form.languages.front()},
          {"languages", json::value_from(form.languages)},
          {"keyed_by", json::value_from(form.keyers)},
          {"is_keyed_by_you", std::ranges::find(form.keyers, who) != form.keyers.end()},
          {"is_agreed", form.is_agreed()},
          {"is_of_one_questionnaire", form.is_of_one_questionnaire},
          {"unreadable", json::value_from(form.unreadable)},
          {"differences", std::move(differences)}};
}

Result<Response> standing(const Services& services, const Request& request) {
  const std::string inspection = request.parameter("inspection");
  const auto found = services.inspections->paper_standing(inspection);
  if (!found) return std::unexpected(found.error());
  const auto has_ended = services.inspections->has_fieldwork_ended(inspection);
  if (!has_ended) return std::unexpected(has_ended.error());
  const auto told = [&](std::int64_t count) { return *has_ended ? count : inspection::in_fives(count); };
  json::object counts{{"keyed_once", told(found->keyed_once)},
                      {"keyed_twice", told(found->keyed_twice)},
                      {"discarded", told(found->discarded)},
                      {"is_rounded_down", !*has_ended}};
  if (!found->forms) {
    counts["forms"] = nullptr;
    counts["next"] = nullptr;
    return ok(counts);
  }
  // A place in the list goes into addresses, where the letters of a form have no business.
  const auto place = [&](const auto& form) {
    const std::string letters = form.reference.empty() ? to_hex(form.form) : form.reference;
    return services.stamps.mark(Reach::of_this_start, "order of forms", letters);
  };
  const auto shown = [&](const auto& form) { return object_of(form, keyer_in(request)); };
  auto page = paged(services, request, "forms", *found->forms, place, shown, std::move(counts), Reach::of_this_start);
  if (!page) return page;
  return audited(services, event_of(request, "keyed paper forms read", inspection), *std::move(page));
}

using Settling = inspection::PaperSettling;

Result<inspection::PaperSettlement> settle_one(const Services& services, const Request& request,
                                               const Settling& settling) {
  const std::string inspection = request.parameter("inspection");
  const bool is_third = !settling.third.answers.empty() || !settling.third.language.empty();
  const auto event =
      event_of(request, "paper form counted", inspection, {{"by", is_third ? "a third look" : "agreement"}});
  Result<inspection::PaperSettlement> settled;
  const auto done = services.audit->with(event, [&](const auto& entry) -> Result<void> {
    settled = services.inspections->settle_paper(inspection, settling, entry);
    if (!settled) return std::unexpected(settled.error());
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return settled;
}

Response settled(std::int64_t counted, std::int64_t taken_back, const std::vector<std::size_t>& unasked = {}) {
  json::array asks;
  for (const auto item : unasked) asks.emplace_back(item + 1);
  const bool is_done = unasked.empty();
  return ok({{"counted", counted}, {"taken_back", taken_back}, {"asks", std::move(asks)}}, is_done ? 201 : 200);
}

Result<Response> settle_named(const Services& services, const Request& request, const JsonBody& body,
                              const std::string& reference) {
  auto answers = given_in(body);
  if (!answers) return std::unexpected(answers.error());
  auto language = body.text_or("language", {});
  if (!language) return std::unexpected(language.error());
  Settling settling{reference, {*std::move(answers), *std::move(language)}, keyer_in(request)};
  const auto done = settle_one(services, request, settling);
  forget(settling.third.answers);
  if (!done) return std::unexpected(done.error());
  return settled(done->is_counted ? 1 : 0, done->is_taken_back ? 1 : 0, done->unasked);
}

// What is so of one form, and says nothing of the next.
bool is_of_this_form(ErrorCode code) {
  return code == ErrorCode::conflict || code == ErrorCode::corrupt || code == ErrorCode::invalid;
}

// Without a reference: all on which both agree. Where one cannot be counted, the others are all the same: it stays in
// the list, with what is to be done.
Result<Response> settle(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto reference = body->text_or("reference", {});
  if (!reference) return std::unexpected(reference.error());
  if (!reference->empty()) return settle_named(services, request, *body, *reference);
  const auto found = services.inspections->paper_standing(request.parameter("inspection"));
  if (!found) return std::unexpected(found.error());
  if (!found->forms) {
    return fail(ErrorCode::refused, "the inspection is locked: an inspector, who has its passphrase, unlocks it first");
  }
  std::int64_t counted = 0;
  std::int64_t taken_back = 0;
  std::optional<Error> first_error;
  for (const auto& form : *found->forms) {
    if (!form.is_agreed()) continue;
    const auto done = settle_one(services, request, {form.reference, {}, keyer_in(request)});
    // Taken back, or counted by somebody else, since they were listed.
    if (!done && done.error().code == ErrorCode::not_found) continue;
    if (!done && !is_of_this_form(done.error().code)) return std::unexpected(done.error());
    if (!done) {
      if (!first_error) first_error = done.error();
      continue;
    }
    counted += done->is_counted ? 1 : 0;
    taken_back += done->is_taken_back ? 1 : 0;
  }
  if (counted + taken_back == 0 && first_error) return std::unexpected(*first_error);
  return settled(counted, taken_back);
}

Result<Response> discard(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  auto reference = body->text("reference");
  if (!reference) return std::unexpected(reference.error());
  auto reason = body->text_or("reason", {});
  if (!reason) return std::unexpected(reason.error());
  const auto is_for_good = body->flag_or("for_good", false);
  if (!is_for_good) return std::unexpected(is_for_good.error());
  const inspection::PaperDiscard wanted{.reference = *std::move(reference),
                                        .why = *std::move(reason),
                                        .by = keyer_in(request),
                                        .may_read_answers = may(request.peer, people::Right::read_answers),
                                        .is_for_good = *is_for_good};
  const std::string inspection = request.parameter("inspection");
  const char* const what = wanted.is_for_good ? "paper form discarded for good" : "keyed paper form discarded";
  const auto event = event_of(request, what, inspection, {{"reason", wanted.why}});
  const auto discarded = services.audit->with(
      event, [&](const auto& entry) { return services.inspections->discard_paper(inspection, wanted, entry); });
  if (!discarded) return std::unexpected(discarded.error());
  return ok({{"inspection", inspection}});
}

Result<Response> withdraw(const Services& services, const Request& request) {
  const auto body = JsonBody::parse(request.bytes());
  if (!body) return std::unexpected(body.error());
  const auto reference = body->text("reference");
  if (!reference) return std::unexpected(reference.error());
  const std::string inspection = request.parameter("inspection");
  const auto event = event_of(request, "answers taken back with the letters of a form", inspection);
  const auto withdrawn = services.audit->with(
      event, [&](const auto& entry) { return services.inspections->withdraw_paper(inspection, *reference, entry); });
  if (!withdrawn) return std::unexpected(withdrawn.error());
  return ok({{"inspection", inspection}});
}

}  // namespace

void add_paper_routes(http::Router& router, Services& services) {
  using enum people::Right;
  const auto add = [&](people::Right right, std::string method, const std::string& path, Asked asked,
                       std::size_t max_body_bytes = 0) {
    add_route(router, services, right, std::move(method), "/v1/inspections/{inspection}/paper" + path,
              asking(services, asked), max_body_bytes);
  };
  add(set_up_inspections, "POST", "/forms", print, http::kSmallBodyBytes);
  add(enter_paper, "GET", "/questions", questions);
  add(enter_paper, "POST", "/keyings", key_one_more, kMaxKeyingBytes);
  add(read_answers, "GET", "/keyings", standing);
  add(read_answers, "POST", "/settlements", settle, kMaxKeyingBytes);
  add(enter_paper, "POST", "/discards", discard, http::kSmallBodyBytes);
  add(read_answers, "POST", "/withdrawals", withdraw, http::kSmallBodyBytes);
}

}  // namespace perspective::resources
