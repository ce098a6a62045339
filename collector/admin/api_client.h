// The command line's side of the collector's API, over the Unix socket of a data folder.
//
// Promise:   a body's bytes are sent from where they are and kept nowhere.
// Errors:    unreachable when no service answers, saying how to start it; what the service refuses comes back as
//            refused, not_found, conflict or invalid with the words of its problem, everything else as io.
// Ownership: owns its libcurl handle.
// Threads:   one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace perspective::admin {

class ApiClient {
 public:
  explicit ApiClient(std::filesystem::path data);

  // The body of the answer. path begins with /v1; what a user typed goes through segment().
  Result<std::string> get(const std::string& path);
  Result<std::string> post(const std::string& path, ByteView json);
  // Which head of the audit the last answer named: what was read was written down. Empty: none.
  const std::string& audit_head() const { return audit_head_; }
  static std::string segment(std::string_view text);  // percent-encoded

 private:
  Result<std::string> call(const char* method, const std::string& path, ByteView body);
  Error not_answering(int curl_code, long system_error) const;

  std::filesystem::path data_;
  std::string audit_head_;
  std::unique_ptr<void, void (*)(void*)> handle_;
};

}  // namespace perspective::admin
