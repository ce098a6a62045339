#include "upload/renewal.h"

#include <boost/json.hpp>

#include "base/file.h"
#include "protocol/enrolment.h"

namespace perspective::upload {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxPemBytes = 16 * 1024;

Result<std::string> certificate_in(const Answer& answer) {
  if (answer.status != 201) {
    return fail(ErrorCode::refused, "the collector answered " + std::to_string(answer.status), true);
  }
  json::error_code error;
  const auto value = json::parse(std::string(as_text(answer.body)), error);
  const auto* object = error ? nullptr : value.if_object();
  const auto* certificate = object == nullptr ? nullptr : object->if_contains("certificate");
  if (certificate == nullptr || !certificate->is_string()) {
    return fail(ErrorCode::corrupt, "the collector's answer has no 'certificate'");
  }
  return std::string(certificate->get_string());
}

Result<void> check(const std::string& certificate_pem, const Enrolment& held) {
  const auto fits = protocol::check_kiosk_certificate(certificate_pem, held.key_pem.text(), held.authority_pem);
  if (!fits) return fits;
  const auto name = protocol::common_name_of(certificate_pem);
  const auto old_name = protocol::common_name_of(held.certificate_pem);
  if (!name || !old_name || *name != *old_name) return fail(ErrorCode::refused, "it is for another kiosk");
  const auto life = protocol::validity_of(certificate_pem);
  const auto old_life = protocol::validity_of(held.certificate_pem);
  if (!life || !old_life || life->not_after_s <= old_life->not_after_s) {
    return fail(ErrorCode::refused, "it is good for no longer than the old one");
  }
  return {};
}

}  // namespace

Result<std::optional<Enrolment>> renew_if_due(const std::filesystem::path& folder, std::int64_t now_s,
                                              Transport& transport) {
  auto held = load_enrolment(folder);
  if (!held) return std::unexpected(held.error());
  const auto life = protocol::validity_of(held->certificate_pem);
  if (!life) return std::unexpected(life.error());
  if (now_s < protocol::renewal_due_s(*life)) return std::nullopt;
  const auto answer = transport.send(
      {.method = "POST", .path = "/v1/certificates", .headers = {}, .body = {}, .max_answer_bytes = kMaxPemBytes});
  if (!answer) return std::unexpected(answer.error());
  auto certificate = certificate_in(*answer);
  if (!certificate) return std::unexpected(certificate.error());
  if (auto checked = check(*certificate, *held); !checked) return in_context("new certificate", checked.error());
  held->certificate_pem = std::move(*certificate);
  if (auto kept = write_file(folder / "device.pem", as_bytes(held->certificate_pem)); !kept) {
    return std::unexpected(kept.error());
  }
  return std::optional(std::move(*held));
}

}  // namespace perspective::upload
