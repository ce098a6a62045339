// libcurl as tests need it: one request, one answer, with the certificates and the socket that a test names.
#pragma once

#include <curl/curl.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace perspective {

struct WebAnswer {
  CURLcode curl = CURLE_OK;
  long status = 0;
  std::string body;
  std::string header;  // every line of it
  bool is_reused = false;
};

class WebClient {
 public:
  explicit WebClient(std::string base) : base_(std::move(base)), handle_(curl_easy_init(), curl_easy_cleanup) {}

  std::string authority_pem;  // of the server; empty: not checked
  std::string certificate_pem;
  std::string key_pem;
  std::filesystem::path socket;  // Unix socket instead of TCP
  long tls_version = CURL_SSLVERSION_DEFAULT;
  std::string groups;  // of the key exchange, as OpenSSL names them; empty: what it offers by itself
  long timeout_ms = 20'000;
  std::vector<std::string> headers;  // a body's type is said by itself, where it is JSON or bytes

  WebAnswer get(const std::string& path) { return send("GET", path, nullptr); }
  WebAnswer post(const std::string& path, const std::string& body) { return send("POST", path, &body); }

  WebAnswer send(const std::string& method, const std::string& path, const std::string* body) {
    CURL* const curl = handle_.get();
    curl_easy_reset(curl);  // keeps the connections
    WebAnswer answer;
    const std::string url = base_ + path;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method.c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, tls_version);
    if (!groups.empty()) curl_easy_setopt(curl, CURLOPT_SSL_EC_CURVES, groups.c_str());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &append);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer.header);
    if (!socket.empty()) curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, socket.c_str());
    if (body) {
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->data());
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(body->size()));
    }
    set_certificates();
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> list(header_list(body), curl_slist_free_all);
    if (list) curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list.get());
    answer.curl = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer.status);
    long connects = 0;
    curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, &connects);
    answer.is_reused = connects == 0;
    return answer;
  }

 private:
  static std::size_t append(const char* data, std::size_t size, std::size_t count, void* text) {
    static_cast<std::string*>(text)->append(data, size * count);
    return size * count;
  }

  void set_certificates() {
    CURL* const curl = handle_.get();
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, authority_pem.empty() ? 0L : 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, authority_pem.empty() ? 0L : 2L);
    if (!authority_pem.empty()) set_blob(CURLOPT_CAINFO_BLOB, authority_pem);
    if (certificate_pem.empty()) return;
    set_blob(CURLOPT_SSLCERT_BLOB, certificate_pem);
    set_blob(CURLOPT_SSLKEY_BLOB, key_pem);
  }

  void set_blob(CURLoption option, std::string& text) {
    curl_blob blob{text.data(), text.size(), CURL_BLOB_COPY};
    curl_easy_setopt(handle_.get(), option, &blob);
  }

  curl_slist* header_list(const std::string* body) const {
    curl_slist* list = nullptr;
    for (const std::string& header : headers) list = curl_slist_append(list, header.c_str());
    const bool says_type = std::any_of(headers.begin(), headers.end(),
                                       [](const auto& header) { return header.starts_with("Content-Type"); });
    if (body && !says_type) {
      // Of bytes one in 256 begins like that.
      const bool is_json = body->empty() || (body->front() == '{' && body->back() == '}');
      list = curl_slist_append(list,
                               is_json ? "Content-Type: application/json" : "Content-Type: application/octet-stream");
    }
    return list;
  }

  std::string base_;
  std::unique_ptr<CURL, void (*)(CURL*)> handle_;
};

}  // namespace perspective
