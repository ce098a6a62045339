#include "envelope/der.h"

#include <algorithm>

namespace perspective::der {

bool is_cut_short(ByteView bytes) {
  if (bytes.size() < 2) return true;
  if (bytes[1] < 0x80) return bytes.size() - 2 < bytes[1];
  const std::size_t digits = bytes[1] & 0x7f;
  if (digits == 0 || digits > 4) return false;  // no DER: not for us to say
  if (bytes.size() - 2 < digits) return true;
  std::size_t length = 0;
  for (std::size_t i = 0; i < digits; ++i) length = length << 8 | bytes[2 + i];
  return bytes.size() - 2 - digits < length;
}

ByteView Reader::element(std::uint8_t tag, const char* field) {
  const auto length = header(tag);
  if (broken_ != nullptr || !length || *length > rest_.size()) return fail_at(field);
  const ByteView value = rest_.first(*length);
  rest_ = rest_.subspan(*length);
  return value;
}

ByteView Reader::element(std::uint8_t tag, std::size_t length, const char* field) {
  const ByteView value = element(tag, field);
  return value.size() == length ? value : fail_at(field);
}

void Reader::expect(std::uint8_t tag, ByteView value, const char* field) {
  if (!std::ranges::equal(element(tag, field), value)) fail_at(field);
}

void Reader::end(const char* field) {
  if (!rest_.empty()) fail_at(field);
}

std::optional<std::size_t> Reader::header(std::uint8_t tag) {
  if (rest_.size() < 2 || rest_[0] != tag) return std::nullopt;
  const std::uint8_t first = rest_[1];
  if (first < 0x80) {
    rest_ = rest_.subspan(2);
    return first;
  }
  const std::size_t digits = first & 0x7f;
  if (digits == 0 || digits > 4 || rest_.size() < 2 + digits) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 0; i < digits; ++i) length = length << 8 | rest_[2 + i];
  if (length < 0x80 || rest_[2] == 0) return std::nullopt;
  rest_ = rest_.subspan(2 + digits);
  return length;
}

ByteView Reader::fail_at(const char* field) {
  if (broken_ == nullptr) broken_ = field;
  rest_ = {};
  return {};
}

}  // namespace perspective::der
