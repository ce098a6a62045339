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
  void write_text(ByteView text) {  // between quotation marks
    constexpr std::string_view kDigits = "0123456789abcdef";
    put('"');
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
    put('"');
  }
  std::size_t size() const { return size_; }

 private:
  void put(std::uint8_t byte) { page_.span()[size_++] = byte; }
  SecretBytes& page_;
  std::size_t size_ = 0;
};

}  // namespace

SecretBytes request_body(const boost::json::object& open, const NamedSecrets& secrets, const NamedSecretLists& lists) {
  const std::string public_part = boost::json::serialize(open);
  std::size_t size = public_part.size();
  for (const auto& [name, secret] : secrets) size += name.size() + 6 + kMaxEscapedBytes * secret->size();
  for (const auto& [name, list] : lists) {
    size += name.size() + 6;
    for (const SecretBytes& secret : *list) size += 3 + kMaxEscapedBytes * secret.size();
  }
  SecretBytes body(size);
  Pen pen(body);
  pen.write(std::string_view(public_part).substr(0, public_part.size() - 1));
  bool is_first = open.empty();
  const auto write_name = [&](std::string_view name) {
    pen.write(is_first ? "\"" : ",\"");
    pen.write(name);
    pen.write("\":");
    is_first = false;
  };
  for (const auto& [name, secret] : secrets) {
    write_name(name);
    pen.write_text(secret->view());
  }
  for (const auto& [name, list] : lists) {
    write_name(name);
    pen.write("[");
    for (const SecretBytes& secret : *list) {
      if (&secret != list->data()) pen.write(",");
      pen.write_text(secret.view());
    }
    pen.write("]");
  }
  pen.write("}");
  body.shrink(pen.size());
  return body;
}

}  // namespace perspective::admin
