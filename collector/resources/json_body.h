// The JSON body of a request, read field by field.
//
// Promise:   the memory of what was parsed is overwritten before it is given back: a passphrase may be in it.
// Errors:    invalid, naming the field and what it should be.
// Threads:   a plain value.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

namespace boost::json {
class object;
class value;
}  // namespace boost::json

namespace perspective::resources {

class JsonBody {
 public:
  static Result<JsonBody> parse(ByteView body);  // an object
  JsonBody(JsonBody&&) noexcept;
  JsonBody& operator=(JsonBody&&) noexcept;
  ~JsonBody();

  const boost::json::object& object() const;
  Result<std::string> text(std::string_view name) const;  // there, and not empty
  Result<std::string> text_or(std::string_view name, std::string fallback) const;
  Result<bool> flag_or(std::string_view name, bool fallback) const;
  Result<std::size_t> count_or(std::string_view name, std::size_t fallback) const;
  Result<std::vector<std::string>> texts(std::string_view name) const;
  bool has(std::string_view name) const;  // and not null
  Result<SecretBytes> secret(std::string_view name) const;
  Result<std::vector<SecretBytes>> secrets(std::string_view name) const;  // none where it is missing

 private:
  explicit JsonBody(std::unique_ptr<boost::json::value> value);
  std::unique_ptr<boost::json::value> value_;
};

}  // namespace perspective::resources
