#include "admin/request_body.h"

#include <boost/json.hpp>

namespace perspective::admin {

namespace {

constexpr std::size_t kMaxEscapedBytes = 6;  // \u001f

// Writes into memory that is large enough from the start, so that no copy is left behind by growing.
class Pen {
 public:
  explicit Pen(SecretBytes& page) : page_(page) {}
  void write(std::string_view text) {
    for (const char c : text) put(static_cast<std::uint8_t>(c));
  }
  void write_escaped(ByteView text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (const std::uint8_t byte : text) {
      if (byte == '"' || byte == '\\') put('\\');
      if (byte >= 0x20) {
        put(byte);
      } else {
        write("\\u00");
        put(static_cast<std::uint8_t>(kDigits[byte >> 4]));
        put(static_cast<std::uint8_t>(kDigits[byte & 15]));
      }
    }
  }
  std::size_t size() const { return size_; }

 private:
  void put(std::uint8_t byte) { page_.span()[size_++] = byte; }
  SecretBytes& page_;
  std::size_t size_ = 0;
};

}  // namespace

SecretBytes request_body(const boost::json::object& open, const NamedSecrets& secrets) {
  const std::string public_part = boost::json::serialize(open);
  std::size_t size = public_part.size();
  for (const auto& [name, secret] : secrets) size += name.size() + 6 + kMaxEscapedBytes * secret->size();
  SecretBytes body(size);
  Pen pen(body);
  pen.write(std::string_view(public_part).substr(0, public_part.size() - 1));
  bool is_first = open.empty();
  for (const auto& [name, secret] : secrets) {
    pen.write(is_first ? "\"" : ",\"");
    pen.write(name);
    pen.write("\":\"");
    pen.write_escaped(secret->view());
    pen.write("\"");
    is_first = false;
  }
  pen.write("}");
  body.shrink(pen.size());
  return body;
}

}  // namespace perspective::admin
