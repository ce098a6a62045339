#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "protocol/limits.h"
#include "upload/tls_failure.h"
#include "upload/transport.h"

namespace perspective::upload {
namespace {

constexpr int kTurnMs = 1000;
constexpr int kUnauthorized = 401;

struct FreeEasy {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeMulti {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// What the callbacks fill.
struct Received {
  Answer answer;
  std::size_t max_body_bytes = 0;
  std::size_t header_bytes = 0;
  bool is_too_long = false;
  std::array<char, CURL_ERROR_SIZE> failure{};
};

std::size_t take_body(const char* data, std::size_t, std::size_t size, void* context) {
  auto& received = *static_cast<Received*>(context);
  if (received.answer.body.size() + size > received.max_body_bytes) {
    received.is_too_long = true;
    return 0;
  }
  received.answer.body.insert(received.answer.body.end(), data, data + size);
  return size;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::size_t take_header(const char* data, std::size_t, std::size_t size, void* context) {
  auto& received = *static_cast<Received*>(context);
  received.header_bytes += size;
  if (received.header_bytes > protocol::kMaxHeaderBytes) {
    received.is_too_long = true;
    return 0;
  }
  const std::string_view line(data, size);
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  std::string name(line.substr(0, colon));
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  received.answer.headers[name] = trimmed(line.substr(colon + 1));
  return size;
}

void set_blob(CURL* easy, CURLoption option, std::string_view text) {
  curl_blob blob{const_cast<char*>(text.data()), text.size(), CURL_BLOB_COPY};
  curl_easy_setopt(easy, option, &blob);
}

void pin(CURL* easy, const Identity& identity) {
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_3);
  // Debian's curl would trust the system's authorities beside ours.
  curl_easy_setopt(easy, CURLOPT_CAINFO, nullptr);
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  const bool is_pinned = !identity.authority_pem.empty();
  if (is_pinned) set_blob(easy, CURLOPT_CAINFO_BLOB, identity.authority_pem);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, is_pinned ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, is_pinned ? 2L : 0L);
  if (identity.certificate_pem.empty()) return;
  set_blob(easy, CURLOPT_SSLCERT_BLOB, identity.certificate_pem);
  set_blob(easy, CURLOPT_SSLKEY_BLOB, identity.key_pem.text());
}

void set_limits(CURL* easy, const Patience& patience) {
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NETRC, CURL_NETRC_IGNORED);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(patience.connect.count()));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(patience.whole.count()));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(patience.stall.count()));
}

void set_request(CURL* easy, const Identity& identity, const Request& request) {
  // An IPv6 address stands in brackets.
  const bool is_ipv6 = identity.host.find(':') != std::string::npos && !identity.host.starts_with('[');
  const std::string host = is_ipv6 ? "[" + identity.host + "]" : identity.host;
  curl_easy_setopt(easy, CURLOPT_URL, ("https://" + host + ":" + std::to_string(identity.port) + request.path).c_str());
  if (request.method == "POST") {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
  }
}

// The request's own headers; no "Expect: 100-continue", which would cost a round trip.
std::unique_ptr<curl_slist, FreeList> header_list(const Request& request) {
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  for (const auto& header : request.headers) list = curl_slist_append(list, header.c_str());
  return std::unique_ptr<curl_slist, FreeList>(list);
}

Result<Answer> outcome_of(CURLcode code, CURL* easy, Received& received, const Identity& identity) {
  const std::string who = identity.host + ":" + std::to_string(identity.port);
  if (received.is_too_long) return fail(ErrorCode::refused, who + ": the answer is longer than it may be");
  if (code == CURLE_OK) {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    received.answer.status = static_cast<int>(status);
    return std::move(received.answer);
  }
  const std::string why = curl_easy_strerror(code);
  switch (tls_failure_of(code, received.failure.data())) {
    case TlsFailure::not_accepted:
      return Answer{kUnauthorized, {}, {}};
    case TlsFailure::stranger:
      return fail(ErrorCode::refused,
                  who + ": this is not the collector of the invite, or a clock is wrong (" + why + ")", true);
    case TlsFailure::away:
      break;
  }
  return fail(ErrorCode::unreachable, who + ": " + why, true);
}

}  // namespace

std::string Answer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

struct CurlTransport::State {
  Identity identity;
  Patience patience;
  std::unique_ptr<CURL, FreeEasy> easy{curl_easy_init()};
  std::unique_ptr<CURLM, FreeMulti> multi{curl_multi_init()};
  std::atomic<bool> is_interrupted = false;

  // The multi interface and not curl_easy_perform(), which cannot be woken from another thread.
  CURLcode perform() {
    curl_multi_add_handle(multi.get(), easy.get());
    CURLcode code = CURLE_ABORTED_BY_CALLBACK;
    for (int running = 1; running > 0 && !is_interrupted;) {
      if (curl_multi_perform(multi.get(), &running) != CURLM_OK) break;
      int left = 0;
      const CURLMsg* message = curl_multi_info_read(multi.get(), &left);
      if (message != nullptr && message->msg == CURLMSG_DONE) code = message->data.result;
      if (running > 0) curl_multi_poll(multi.get(), nullptr, 0, kTurnMs, nullptr);
    }
    curl_multi_remove_handle(multi.get(), easy.get());
    return code;
  }
};

CurlTransport::CurlTransport(Identity identity, Patience patience) : state_(std::make_unique<State>()) {
  state_->identity = std::move(identity);
  state_->patience = patience;
}

CurlTransport::~CurlTransport() = default;

void CurlTransport::use(Identity identity) { state_->identity = std::move(identity); }

void CurlTransport::interrupt() {
  state_->is_interrupted = true;
  curl_multi_wakeup(state_->multi.get());
}

Result<Answer> CurlTransport::send(const Request& request) {
  CURL* easy = state_->easy.get();
  if (easy == nullptr || state_->multi == nullptr) return fail(ErrorCode::io, "libcurl cannot be started");
  curl_easy_reset(easy);  // keeps the connection
  Received received;
  received.max_body_bytes = request.max_answer_bytes;
  set_limits(easy, state_->patience);
  pin(easy, state_->identity);
  set_request(easy, state_->identity, request);
  const auto headers = header_list(request);
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &received);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &received);
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, received.failure.data());
  const CURLcode code = state_->perform();
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, nullptr);  // what it points to ends here
  return outcome_of(code, easy, received, state_->identity);
}

}  // namespace perspective::upload
