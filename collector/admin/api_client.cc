#include "admin/api_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cerrno>

namespace perspective::admin {

namespace {

constexpr long kConnectMs = 10'000;

std::size_t append(const char* data, std::size_t size, std::size_t count, void* text) {
  static_cast<std::string*>(text)->append(data, size * count);
  return size * count;
}

std::size_t keep_header(const char* data, std::size_t size, std::size_t count, void* headers) {
  const std::string_view line(data, size * count);
  const auto colon = line.find(": ");
  if (colon == std::string_view::npos) return line.size();
  std::string name(line.substr(0, colon));
  for (char& letter : name)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  const auto value = line.substr(colon + 2);
  (*static_cast<std::map<std::string, std::string>*>(headers))[name] = value.substr(0, value.find_first_of("\r\n"));
  return line.size();
}

std::string detail_of(const std::string& problem, long status) {
  boost::system::error_code error;
  const auto value = boost::json::parse(problem, error);
  if (!error && value.is_object()) {
    const auto* const detail = value.get_object().if_contains("detail");
    if (detail && detail->is_string()) return std::string(detail->get_string());
  }
  return "the collector answered with status " + std::to_string(status);
}

// All that commands send is an object of JSON, but for a kiosk's bundle, which is CMS (DER).
const char* type_line(ByteView body) {
  const bool is_json = body.empty() || body.front() == '{';
  return is_json ? "Content-Type: application/json" : "Content-Type: application/cms";
}

ErrorCode code_of(long status) {
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return ErrorCode::invalid;
    case 401:
    case 403:
      return ErrorCode::refused;
    case 404:
      return ErrorCode::not_found;
    case 409:
      return ErrorCode::conflict;
    default:
      return ErrorCode::io;
  }
}

}  // namespace

ApiClient::ApiClient(std::filesystem::path data)
    : data_(std::move(data)), handle_(curl_easy_init(), curl_easy_cleanup) {}

Result<std::string> ApiClient::get(const std::string& path) { return call("GET", path, {}); }

Result<std::string> ApiClient::post(const std::string& path, ByteView json) { return call("POST", path, json); }

std::string ApiClient::segment(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (is_plain) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return encoded;
}

Result<std::string> ApiClient::call(const char* method, const std::string& path, ByteView body) {
  if (!handle_) return fail(ErrorCode::io, "libcurl cannot be used: out of memory");
  CURL* const curl = handle_.get();
  const std::string url = "http://collector" + path;
  const std::string socket = (data_ / "admin.sock").string();
  std::string answer;
  curl_easy_reset(curl);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, socket.c_str());
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  headers_.clear();
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &keep_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &headers_);
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(curl_slist_append(nullptr, type_line(body)),
                                                                   curl_slist_free_all);
  if (*method == 'P') {
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.empty() ? "" : reinterpret_cast<const char*>(body.data()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  }
  const CURLcode code = curl_easy_perform(curl);
  long system_error = 0;
  curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &system_error);
  if (code != CURLE_OK) return std::unexpected(not_answering(code, system_error));
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if (status >= 400) return fail(code_of(status), detail_of(answer, status));
  return answer;
}

Error ApiClient::not_answering(int curl_code, long system_error) const {
  const std::string program = "perspective-collector --data " + data_.string();
  const auto error = [](ErrorCode code, std::string what) { return Error{code, std::move(what), true}; };
  if (curl_code != CURLE_COULDNT_CONNECT) {
    return error(ErrorCode::io, std::string("the collector broke off: ") +
                                    curl_easy_strerror(static_cast<CURLcode>(curl_code)) +
                                    ". Its log says why; `inspection list` shows what was done.");
  }
  if (system_error == EACCES) {
    return error(ErrorCode::unreachable, "you may not use the collector in " + data_.string() +
                                             ". Run this as the user that it runs as, or as root.");
  }
  std::error_code ignored;
  if (!std::filesystem::exists(data_ / "configuration.json", ignored)) {
    return error(ErrorCode::unreachable, "there is no collector in " + data_.string() +
                                             " (or you may not look there).\nMake one with:  " + program +
                                             " init\nor name its folder with --data.");
  }
  return error(ErrorCode::unreachable,
               "the collector in " + data_.string() + " is not running.\nStart it with:  " + program + " serve");
}

}  // namespace perspective::admin
