// The command line's side of the collector's API, over the Unix socket of a data folder.
//
// Promise:   a body's bytes are sent from where they are and kept nowhere.
// Errors:    unreachable when no service answers, saying how to start it; what the service refuses comes back as
//            refused, not_found, conflict or invalid with the words of its problem, everything else as io.
// Ownership: owns its libcurl handle.
// Threads:   one.
#pragma once

#include <filesystem>
#include <map>
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
  std::string audit_head() const { return header("audit-head"); }
  // What a template lacks, by the last answer. Empty: nothing, or none was asked for.
  std::string template_remarks() const { return header("template-remarks"); }
  static std::string segment(std::string_view text);  // percent-encoded

 private:
  Result<std::string> call(const char* method, const std::string& path, ByteView body);
  Error not_answering(int curl_code, long system_error) const;

  std::filesystem::path data_;
  std::string header(const std::string& name) const {
    const auto found = headers_.find(name);
    return found == headers_.end() ? std::string() : found->second;
  }
  std::map<std::string, std::string> headers_;  // of the last answer, by names in small letters
  std::unique_ptr<void, void (*)(void*)> handle_;
};

}  // namespace perspective::admin
