#include "resources/conditions.h"

#include <utility>

#include "http/conditional.h"
#include "http/problem.h"

namespace perspective::resources {

using http::Request;
using http::Response;

namespace {

constexpr int kTries = 5;

// Another entry of the audit came first (inspection/audit.h).
bool is_overtaken(const Result<Response>& response) {
  return !response && response.error().code == ErrorCode::conflict && response.error().retry;
}

}  // namespace

Answer tagged(const Services& services, Answer answer, Reach reach) {
  return [&services, answer = std::move(answer), reach](const Request& request) -> Result<Response> {
    auto response = answer(request);
    if (!response || response->status != 200 || !http::tag_of(*response).empty()) return response;
    auto tag = services.stamps.tag(reach, response->content_type, response->body);
    if (!tag.empty()) http::set_tag(*response, std::move(tag));
    return response;
  };
}

Answer unless_known(Answer answer) {
  return [answer = std::move(answer)](const Request& request) -> Result<Response> {
    auto response = answer(request);
    if (!response) return response;
    return http::unless_known(request, *std::move(response));
  };
}

Answer unless_changed(const Services& services, Answer change, Answer state) {
  return [&services, change = std::move(change), state = std::move(state)](const Request& request) -> Result<Response> {
    const std::string must_be = request.header("if-match");
    if (must_be.empty()) return change(request);
    Request conditional = request;
    for (int tries = 1;; ++tries) {
      const auto newest = services.audit->newest();
      if (!newest) return std::unexpected(newest.error());
      conditional.as_of = *newest ? (*newest)->number : 0;
      const auto now = state(request);
      if (!now) return now;
      if (!http::is_among(must_be, http::tag_of(*now), http::Comparison::strong)) {
        return http::problem(412, "It was changed meanwhile, and is not what If-Match names: read it again.");
      }
      auto response = change(conditional);
      if (!is_overtaken(response) || tries == kTries) return response;
    }
  };
}

Answer without_if_match(Answer answer) {
  return [answer = std::move(answer)](const Request& request) -> Result<Response> {
    if (request.header("if-match").empty()) return answer(request);
    return http::problem(412, "This address has no ETag to compare: leave If-Match out.");
  };
}

}  // namespace perspective::resources
