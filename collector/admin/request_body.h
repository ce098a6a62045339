// JSON for the API, with secrets in it that never lie in ordinary memory.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "base/secret.h"

namespace boost::json {
class object;
}

namespace perspective::admin {

using NamedSecrets = std::vector<std::pair<std::string_view, const SecretBytes*>>;

using NamedSecretLists = std::vector<std::pair<std::string_view, const std::vector<SecretBytes>*>>;

SecretBytes request_body(const boost::json::object& open, const NamedSecrets& secrets,
                         const NamedSecretLists& lists = {});

}  // namespace perspective::admin
