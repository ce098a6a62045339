#include "resources/paper_api.h"

#include <boost/json.hpp>
#include <utility>

#include "http/problem.h"
#include "resources/audit_api.h"
#include "resources/json_body.h"

namespace perspective::resources {

namespace json = boost::json;
using http::Request;
using http::Response;

namespace {

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

}  // namespace

void add_paper_routes(http::Router& router, Services& services) {
  const std::string paper = "/v1/inspections/{inspection}/paper";
  add_route(router, services, people::Right::set_up_inspections, "POST", paper + "/forms", asking(services, print),
            http::kSmallBodyBytes);
}

}  // namespace perspective::resources
