// What inspectors and their scripts may ask, over the Unix socket (it lets in only the service's own user) and, by
// people_door.h, over the network.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "http/router.h"
#include "resources/services.h"

namespace perspective::resources {

http::Router admin_routes(Services& services);

// The body of POST /v1/inspections. A definition or catalogue may be a JSON value, or text that is JSON: text reaches
// the package byte for byte. Errors: invalid, naming the field.
// "like": an earlier inspection, whose questionnaires and terms hold where the body says nothing.
using Earlier = std::function<Result<inspection::NewInspection>(std::string_view inspection)>;
// "installed": questionnaires that lie beside the collector, by their ids.
using Installed =
    std::function<Result<inspection::NewQuestionnaire>(std::string_view id, const std::vector<std::string>& languages)>;
Result<inspection::NewInspection> read_new_inspection(ByteView body, const Earlier& earlier = {},
                                                      const Installed& installed = {});

// The body of POST /v1/inspections/{inspection}/settings. Errors: invalid, naming the field.
Result<inspection::Changes> read_changes(ByteView body);

}  // namespace perspective::resources
