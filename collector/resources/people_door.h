// Who comes to the people's port: by a session's cookie or by an API token; and whether a change was really asked for
// by a page of ours.
//
// Promise:   what a stranger sends is read only on open routes. A change (all but GET and HEAD) that comes with a
// cookie,
//            or with nothing, must come from our own pages: Sec-Fetch-Site says same-origin and Origin is the host that
//            was asked, where a browser sends them, and it is JSON or has the header Perspective-Request, neither of
//            which another site's form can send (OWASP, Cross-Site Request Forgery Prevention: Fetch Metadata, custom
//            headers). 401: not known (any more); 403: a change from elsewhere, or without the right for it. What names
//            paths on the collector's own disk is not there: only whoever sits at the machine asks that.
// Threads:   any.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/router.h"
#include "http/server.h"
#include "resources/services.h"

namespace perspective::resources {

constexpr std::string_view kSessionCookie = "__Host-session";
constexpr std::string_view kDeviceCookie = "__Host-device";

http::Router people_routes(Services& services);  // services outlives it
http::Limits limits_of_people();

// Empty: there is none.
std::string cookie_of(const http::Request& request, std::string_view name);
// Until the browser is closed; empty: it is to be forgotten.
void set_session(http::Response& response, const std::string& secret);
void set_device(http::Response& response, const std::string& secret);
// Whose session or token it came with, as they are now. Asks the store. refused: nobody's. is_activity: sessions.h.
Result<people::Person> person_asking(const Services& services, const http::Request& head, bool is_activity = true);
// Why a change is refused; nothing: it may go on.
std::optional<std::string> why_not_ours(const http::Request& head);

}  // namespace perspective::resources
