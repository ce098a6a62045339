#include "resources/life_api.h"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "base/log.h"
#include "inspection/releases.h"
#include "protocol/limits.h"
#include "resources/admin_api.h"
#include "resources/audit_api.h"
#include "resources/paging.h"
#include "resources/questionnaire_api.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;
using inspection::State;

namespace {

constexpr std::string_view kUnfinished = "unfinished";
constexpr std::size_t kMaxInspectionBytes = 2 * protocol::kMaxPackageBytes;  // its section's words do not travel

Response ok(const json::object& body, int status = 200) { return http::json_response(status, json::serialize(body)); }

Result<Response> create_inspection(const Services& services, const Request& request) {
  const auto inspection = read_new_inspection(
      request.bytes(), [&](std::string_view earlier) { return services.inspections->like(earlier); },
      [&](std::string_view id, const auto& languages) {
        return installed_questionnaire(services.assets, id, languages);
      });
  if (!inspection) return std::unexpected(inspection.error());
  const auto created =
      services.audit->with(event_of(request, "inspection created", inspection->id),
                           [&](const auto& entry) { return services.inspections->create(*inspection, entry); });
  if (!created) return std::unexpected(created.error());
  log::info("inspection " + inspection->id + " was created");
  return ok({{"inspection", inspection->id}}, 201);
}

json::object object_of(const inspection::Dates& dates) {
  const auto day = [](const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); };
  return {{"fieldwork_starts", day(dates.fieldwork_starts)},
          {"fieldwork_ends", day(dates.fieldwork_ends)},
          {"report_due", day(dates.report_due)},
          {"published_on", day(dates.published_on)}};
}

json::object object_of(const inspection::Reminder& reminder) {
  return {{"is_overdue", reminder.is_overdue},
          {"what", reminder.what},
          {"day", reminder.day},
          {"days_left", reminder.days_left},
          {"says", reminder.says}};
}

json::object object_of(const inspection::Summary& summary) {
  const bool is_rounded = !is_past_fieldwork(summary.state);
  json::array reminders;
  for (const auto& reminder : summary.reminders) reminders.push_back(object_of(reminder));
  json::array alarms;
  for (const auto& alarm : summary.alarms) {
    alarms.push_back(json::object{{"kind", inspection::to_text(alarm.kind)},
                                  {"due", alarm.due},
                                  {"is_overdue", alarm.is_overdue},
                                  {"says", alarm.says}});
  }
  return {
      {"id", summary.id},
      {"area", summary.area},
      {"state", inspection::to_text(summary.state)},
      {"is_unlocked", summary.is_unlocked},
      {"locks_in_minutes", summary.locks_in_s ? json::value((*summary.locks_in_s + 59) / 60) : json::value(nullptr)},
      {"package_version", summary.package_version},
      {"envelopes", is_rounded ? inspection::in_fives(summary.envelopes) : summary.envelopes},
      {"unread", is_rounded ? inspection::in_fives(summary.unread) : summary.unread},
      {"is_rounded_down", is_rounded},
      {"is_accepting", summary.is_accepting},
      {"dates", object_of(summary.dates)},
      {"reminders", std::move(reminders)},
      {"alarms", std::move(alarms)}};
}

// ?state=open: those alone; "unfinished": neither published nor destroyed. ?words=croy: in the area or the id.
Result<inspection::Wanted> wanted_in(const Request& request) {
  inspection::Wanted wanted{.words = request.query_value("words")};
  const std::string state = request.query_value("state");
  if (state.empty()) return wanted;
  if (state == kUnfinished) {
    wanted.is_unfinished = true;
    return wanted;
  }
  const auto* const found =
      std::ranges::find_if(inspection::kStates, [&](State each) { return inspection::to_text(each) == state; });
  if (found == inspection::kStates.end()) {
    return fail(ErrorCode::invalid,
                "\"state\" must be a state of an inspection, or \"" + std::string(kUnfinished) + "\"");
  }
  wanted.state = *found;
  return wanted;
}

Result<Response> list_inspections(const Services& services, const Request& request) {
  const auto wanted = wanted_in(request);
  if (!wanted) return std::unexpected(wanted.error());
  const auto ids = services.inspections->ids(*wanted);
  if (!ids) return std::unexpected(ids.error());
  const auto page = cut(services, request, *ids, Reach::of_every_collector);
  if (!page) return std::unexpected(page.error());
  std::vector<std::string> shown;
  for (const auto index : page->shown) shown.push_back((*ids)[index]);
  const auto summaries = services.inspections->summaries(shown);
  if (!summaries) return std::unexpected(summaries.error());
  json::array list;
  for (const auto& summary : *summaries) list.push_back(object_of(summary));
  return page_of(request, "inspections", std::move(list), page->next, {{"found", ids->size()}});
}

Result<Response> list_reminders(const Services& services, const Request& request) {
  const auto due = services.inspections->due_reminders();
  if (!due) return std::unexpected(due.error());
  return paged(
      services, request, "reminders", *due,
      [](const auto& one) {
        return key_of({one.reminder.is_overdue ? "0" : "1", one.inspection, one.reminder.says});
      },
      [](const auto& one) -> json::object {
        auto object = object_of(one.reminder);
        object["inspection"] = one.inspection;
        object["area"] = one.area;
        return object;
      },
      {{"found", due->size()}});
}

json::object object_of(const inspection::Policy& policy) {
  return {{"languages", json::value_from(policy.languages)},
          {"is_own_machine", policy.is_own_machine},
          {"smallest_batch", policy.smallest_batch},
          {"are_tokens_asked_for", policy.are_tokens_asked_for},
          {"why_no_tokens", policy.why_no_tokens},
          {"may_ask_worker", policy.may_ask_worker},
          {"guardian_policies", json::value_from(policy.guardian_policies)},
          {"retention_months", policy.retention_months},
          {"guard_threshold", policy.guard_threshold}};
}

Result<Response> show(const Services& services, const Request& request) {
  const auto described =
      services.inspections->describe(request.parameter("inspection"), request.query_value("language"));
  if (!described) return std::unexpected(described.error());
  json::object body = object_of(described->summary);
  body["questionnaires"] = json::value_from(described->questionnaires);
  body["titles"] = json::value_from(described->titles);
  body["policy"] = object_of(described->policy);
  const auto frozen = inspection::Releases(*services.inspections).frozen(described->summary.id);
  if (!frozen) return std::unexpected(frozen.error());
  body["releases"] = *frozen;
  return ok(body);
}

// What people decide of it, and nothing that changes by itself: so its ETag stands until somebody decides again.
Result<Response> settings(const Services& services, const Request& request) {
  const auto described = services.inspections->describe(request.parameter("inspection"));
  if (!described) return std::unexpected(described.error());
  const auto& summary = described->summary;
  return ok({{"id", summary.id},
             {"area", summary.area},
             {"state", inspection::to_text(summary.state)},
             {"dates", object_of(summary.dates)},
             {"policy", object_of(described->policy)}});
}

// Which fields were set: their names are enough, and a reason may be long.
std::string names_in(ByteView body) {
  boost::system::error_code error;
  const auto value = json::parse(as_text(body), error);
  std::string names;
  if (error || !value.is_object()) return names;
  for (const auto& [name, ignored] : value.get_object()) names += (names.empty() ? "" : ", ") + std::string(name);
  return names;
}

Result<Response> set(const Services& services, const Request& request) {
  const auto changes = read_changes(request.bytes());
  if (!changes) return std::unexpected(changes.error());
  const std::string inspection = request.parameter("inspection");
  const auto changed = services.audit->with(
      event_of(request, "inspection changed", inspection, {{"what", names_in(request.bytes())}}),
      [&](const auto& entry) { return services.inspections->change(inspection, *changes, entry); });
  if (!changed) return std::unexpected(changed.error());
  return show(services, request);
}

struct Step {
  const char* name;
  State to;
  const char* done;
};
constexpr Step kSteps[] = {{"open", State::open, "inspection opened"},
                           {"end-fieldwork", State::fieldwork_ended, "fieldwork ended"},
                           {"provisional", State::provisional, "provisional findings out"},
                           {"draft-report", State::draft_report, "draft report sent"},
                           {"publish", State::published, "report published"}};

// One step in the life of an inspection, without a body.
Answer take_step(const Services& services, const Step& step) {
  return [&services, step](const Request& request) -> Result<Response> {
    const std::string inspection = request.parameter("inspection");
    const auto taken = services.audit->with(event_of(request, step.done, inspection), [&](const auto& entry) {
      return services.inspections->advance(inspection, step.to, entry);
    });
    if (!taken) return std::unexpected(taken.error());
    log::info("inspection " + inspection + ": " + step.done);
    return ok({{"inspection", inspection}});
  };
}

}  // namespace

Result<std::map<std::string, std::string>> inspection_texts(const Services& services) {
  const auto summaries = services.inspections->list();
  if (!summaries) return std::unexpected(summaries.error());
  std::map<std::string, std::string> texts;
  for (const auto& summary : *summaries) texts.emplace(summary.id, json::serialize(object_of(summary)));
  return texts;
}

void add_life_routes(http::Router& router, Services& services) {
  using enum people::Right;
  const std::string all = "/v1/inspections";
  const std::string one = all + "/{inspection}";
  add_route(router, services, see_inspections, "GET", all, asking(services, list_inspections));
  add_route(router, services, set_up_inspections, "POST", all, asking(services, create_inspection),
            kMaxInspectionBytes);
  add_route(router, services, see_inspections, "GET", "/v1/reminders", asking(services, list_reminders));
  add_route(router, services, see_inspections, "GET", one, asking(services, show));
  const Answer state = asking(services, settings);
  add_state(router, services, see_inspections, one + "/settings", state);
  add_change(router, services, set_up_inspections, one + "/settings", asking(services, set), state);
  for (const auto& step : kSteps) {
    add_change(router, services, set_up_inspections, one + "/" + step.name, take_step(services, step), state);
  }
}

}  // namespace perspective::resources
