#include "upload/enrolment.h"

#include <boost/json.hpp>
#include <optional>

#include "base/file.h"
#include "protocol/enrolment.h"

namespace perspective::upload {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::size_t kMaxPemBytes = 16 * 1024;

Result<std::string> member(std::string_view text, std::string_view key) {
  json::error_code error;
  const auto value = json::parse({text.data(), text.size()}, error);
  const auto* object = error ? nullptr : value.if_object();
  const auto* found = object == nullptr ? nullptr : object->if_contains(key);
  if (found == nullptr || !found->is_string()) {
    return fail(ErrorCode::corrupt, "the collector's answer has no '" + std::string(key) + "'");
  }
  return std::string(found->get_string());
}

Result<std::string> fetch_authority(const protocol::Invite& invite, const MakeTransport& make) {
  const auto transport =
      make({.host = invite.host, .port = invite.port, .authority_pem = {}, .certificate_pem = {}, .key_pem = {}});
  const auto answer =
      transport->send({.path = "/v1/authority", .headers = {}, .body = {}, .max_answer_bytes = kMaxPemBytes});
  if (!answer) return std::unexpected(answer.error());
  if (answer->status == 429 || answer->status == 503) {
    return fail(ErrorCode::unreachable, "the collector has too much to do just now. Try again in a minute", true);
  }
  if (answer->status != 200) {
    return fail(ErrorCode::refused, "the collector answered " + std::to_string(answer->status) +
                                        " when asked who it is. Is the address in the invite the collector's?");
  }
  const std::string pem(as_text(answer->body));
  const auto hash = protocol::sha256_of_certificate(pem);
  if (!hash || *hash != invite.authority_sha256) {
    return fail(ErrorCode::refused,
                "whoever answers at " + invite.host +
                    " is not the collector that made this invite. Do not go on; tell the inspector who gave it to you");
  }
  return pem;
}

struct Issued {
  std::string kiosk;
  std::string certificate_pem;
};

Result<Issued> issued_from(const Answer& answer) {
  if (answer.status == 401 || answer.status == 403 || answer.status == 404) {
    return fail(ErrorCode::refused,
                "the collector does not take this invite: it was used, is older than seven days or has a typing error. "
                "Ask the inspector for a new one");
  }
  if (answer.status == 429 || answer.status == 503) {
    return fail(ErrorCode::unreachable, "the collector has too much to do just now. Try again in a minute", true);
  }
  if (answer.status != 201) {
    return fail(ErrorCode::refused, "the collector answered " + std::to_string(answer.status) + " to the enrolment",
                true);
  }
  const auto kiosk = member(as_text(answer.body), "kiosk");
  if (!kiosk) return std::unexpected(kiosk.error());
  const auto certificate = member(as_text(answer.body), "certificate");
  if (!certificate) return std::unexpected(certificate.error());
  const auto name = protocol::common_name_of(*certificate);
  if (!name || *name != *kiosk) return fail(ErrorCode::corrupt, "the collector's certificate is for another kiosk");
  return Issued{*kiosk, *certificate};
}

Result<Issued> ask_for_certificate(const protocol::Invite& invite, const std::string& authority_pem,
                                   const std::string& request_pem, const MakeTransport& make) {
  const auto transport = make(
      {.host = invite.host, .port = invite.port, .authority_pem = authority_pem, .certificate_pem = {}, .key_pem = {}});
  const auto body = json::serialize(json::object{{"secret", invite.secret}, {"request", request_pem}});
  const auto answer = transport->send({.method = "POST",
                                       .path = "/v1/enrolments",
                                       .headers = {"Content-Type: application/json"},
                                       .body = Bytes(body.begin(), body.end()),
                                       .max_answer_bytes = kMaxPemBytes});
  if (!answer) return std::unexpected(answer.error());
  return issued_from(*answer);
}

Result<void> write_text(const fs::path& path, std::string_view text) { return write_file(path, as_bytes(text)); }

constexpr const char* kKey = "device.key";
constexpr const char* kNextKey = "device.key.next";  // until a certificate for it is there

// The key of an attempt whose answer was lost, which may have spent the invite: for this key the collector answers it
// again. Never the one that a certificate is kept for: whoever is invited again comes with a new key.
std::optional<protocol::KeyAndRequest> key_of_last_attempt(const fs::path& folder, const std::string& authority_pem) {
  const auto key = read_secret(folder / kNextKey);
  if (!key) return std::nullopt;
  const auto certificate = read_text(folder / "device.pem");
  if (certificate && protocol::check_kiosk_certificate(*certificate, key->text(), authority_pem)) return std::nullopt;
  auto request = protocol::request_for_key(key->text());
  if (!request) return std::nullopt;
  return protocol::KeyAndRequest{std::string(key->text()), std::move(*request)};
}

Result<protocol::KeyAndRequest> key_for(const fs::path& folder, const std::string& authority_pem) {
  if (auto kept = key_of_last_attempt(folder, authority_pem)) return *std::move(kept);
  return protocol::make_device_key();
}

// device.pem says that all is there: from then on the next key is the key, also if the power goes before its new name.
Result<void> keep(const Enrolment& enrolment, const fs::path& folder) {
  const auto collector =
      json::serialize(json::object{{"host", enrolment.host}, {"port", enrolment.port}, {"kiosk", enrolment.kiosk}});
  if (auto written = write_text(folder / "authority.pem", enrolment.authority_pem); !written) return written;
  if (auto written = write_text(folder / "collector.json", collector); !written) return written;
  if (auto written = write_text(folder / "device.pem", enrolment.certificate_pem); !written) return written;
  std::error_code error;
  fs::rename(folder / kNextKey, folder / kKey, error);
  if (error) return fail(ErrorCode::io, (folder / kKey).string() + ": " + error.message());
  return {};
}

// The one that the certificate is for.
Result<void> read_key(const fs::path& folder, Enrolment& enrolment) {
  Result<void> outcome;
  for (const auto* name : {kNextKey, kKey}) {
    auto key = read_secret(folder / name);
    outcome = key ? protocol::check_kiosk_certificate(enrolment.certificate_pem, key->text(), enrolment.authority_pem)
                  : std::unexpected(key.error());
    if (!outcome) continue;
    enrolment.key_pem = std::move(*key);
    return {};
  }
  return outcome;
}

// not_found stays for folders that never were enrolled.
std::unexpected<Error> damaged(const fs::path& folder, Error error) {
  if (error.code == ErrorCode::not_found) error.code = ErrorCode::corrupt;
  error.what +=
      ". Enrol this kiosk again: with this folder where it can still tell its collector, else with a new one; what is "
      "in "
      "the old one may still have to be sent";
  return in_context("enrolment in " + folder.string(), std::move(error));
}

Result<void> read_collector(const fs::path& folder, Enrolment& enrolment) {
  const auto text = read_text(folder / "collector.json");
  if (!text) return damaged(folder, text.error());
  json::error_code error;
  const auto value = json::parse(*text, error);
  const auto* object = error ? nullptr : value.if_object();
  const auto* port = object == nullptr ? nullptr : object->if_contains("port");
  const auto host = member(*text, "host");
  const auto kiosk = member(*text, "kiosk");
  if (port == nullptr || !port->is_int64() || !host || !kiosk) {
    return damaged(folder, {ErrorCode::corrupt, "collector.json means nothing", false});
  }
  enrolment.host = *host;
  enrolment.port = static_cast<std::uint16_t>(port->get_int64());
  enrolment.kiosk = *kiosk;
  return {};
}

}  // namespace

Identity Enrolment::identity() const {
  return {host, port, authority_pem, certificate_pem, SecretBytes(key_pem.view())};
}

std::unique_ptr<Transport> make_curl_transport(Identity identity) {
  return std::make_unique<CurlTransport>(std::move(identity));
}

bool is_enrolled(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder / "device.pem", error);
}

Result<Enrolment> enrol(std::string_view invite_text, const fs::path& folder, const MakeTransport& make) {
  const auto invite = protocol::parse_invite(invite_text);
  if (!invite) return std::unexpected(invite.error());
  if (auto made = make_private_directory(folder); !made) return std::unexpected(made.error());
  const auto authority = fetch_authority(*invite, make);
  if (!authority) return std::unexpected(authority.error());
  if (is_enrolled(folder) && read_text(folder / "authority.pem").value_or("") != *authority) {
    return fail(
        ErrorCode::conflict,
        "this kiosk is enrolled with another collector. For this one use another folder (--state); what is in " +
            folder.string() + " may still have to be sent");
  }
  auto key = key_for(folder, *authority);
  if (!key) return std::unexpected(key.error());
  Enrolment enrolment{invite->host, invite->port, {}, *authority, {}, SecretBytes(as_bytes(key->key_pem))};
  wipe(key->key_pem.data(), key->key_pem.size());
  // Before the invite is spent: a disk that cannot keep the key must not cost it.
  if (auto written = write_file(folder / kNextKey, enrolment.key_pem.view()); !written) {
    return std::unexpected(written.error());
  }
  auto issued = ask_for_certificate(*invite, *authority, key->request_pem, make);
  if (!issued) return std::unexpected(issued.error());
  const auto fits = protocol::check_kiosk_certificate(issued->certificate_pem, enrolment.key_pem.text(), *authority);
  if (!fits) return in_context("the collector's answer", fits.error());
  enrolment.kiosk = std::move(issued->kiosk);
  enrolment.certificate_pem = std::move(issued->certificate_pem);
  if (auto kept = keep(enrolment, folder); !kept) return std::unexpected(kept.error());
  return enrolment;
}

Result<Enrolment> load_enrolment(const fs::path& folder) {
  if (!is_enrolled(folder)) {
    return fail(ErrorCode::not_found,
                "this kiosk is not enrolled yet. Ask an inspector for an invite, then run: "
                "perspective-kiosk enrol --state " +
                    folder.string());
  }
  Enrolment enrolment;
  if (auto read = read_collector(folder, enrolment); !read) return std::unexpected(read.error());
  auto authority = read_text(folder / "authority.pem");
  auto certificate = read_text(folder / "device.pem");
  if (!authority) return damaged(folder, authority.error());
  if (!certificate) return damaged(folder, certificate.error());
  enrolment.authority_pem = std::move(*authority);
  enrolment.certificate_pem = std::move(*certificate);
  if (auto read = read_key(folder, enrolment); !read) return damaged(folder, read.error());
  return enrolment;
}

}  // namespace perspective::upload
