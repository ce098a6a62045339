// How a kiosk becomes known to a collector, once; and what it keeps of that.
//
// Promise:   nothing is trusted at first sight: the collector's authority must have the hash that the invite names. The
//            device key is made here and never leaves. The folder is enrolled when device.pem is in it, which is
//            written last: cut short at any step, enrol() can be called again (with a new invite, if the old one was
//            spent). A kiosk whose certificate has ended or was revoked is enrolled anew in its own folder, with its
//            own collector: what waits there is untouched, and cut short it is as it was.
// Errors:    invalid for an invite that is none; conflict when the folder is enrolled with another collector, or with
//            one that it cannot tell any more; refused when the
//            authority is another or the collector does not take the invite; unreachable when nobody answers; io.
// Threads:   any, one a folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "upload/transport.h"

namespace perspective::upload {

struct Enrolment {
  std::string host;
  std::uint16_t port = 0;
  std::string kiosk;
  std::string authority_pem;
  std::string certificate_pem;
  SecretBytes key_pem;

  Identity identity() const;
};

using MakeTransport = std::function<std::unique_ptr<Transport>(Identity)>;
std::unique_ptr<Transport> make_curl_transport(Identity identity);

bool is_enrolled(const std::filesystem::path& folder);
Result<Enrolment> enrol(std::string_view invite, const std::filesystem::path& folder, const MakeTransport& make);

// Errors:    not_found, saying what to do, when the folder is not enrolled; another kind when what it keeps is damaged
//            or does not belong together.
Result<Enrolment> load_enrolment(const std::filesystem::path& folder);

}  // namespace perspective::upload
