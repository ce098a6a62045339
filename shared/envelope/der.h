// Strict DER (ITU-T X.690), read in a straight line.
//
// Promise:   elements are read one after the other. The first field that is not as expected is noted in `broken`; from
//            then on everything reads as empty, so that a structure is written down without an `if` after each field.
//            Lengths are definite and in their shortest form.
// Ownership: views; the bytes and `broken` outlive every Reader of them. `field` names are literals.
// Threads:   pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"

namespace perspective::der {

// Does the outermost element end behind the last byte? Nothing at all is cut short, too.
bool is_cut_short(ByteView bytes);

inline constexpr std::uint8_t kInteger = 0x02;
inline constexpr std::uint8_t kBitString = 0x03;
inline constexpr std::uint8_t kOctetString = 0x04;
inline constexpr std::uint8_t kObject = 0x06;
inline constexpr std::uint8_t kSequence = 0x30;
inline constexpr std::uint8_t kSet = 0x31;
inline constexpr std::uint8_t kContext0 = 0xa0;
inline constexpr std::uint8_t kContext1 = 0xa1;
inline constexpr std::uint8_t kContext0Primitive = 0x80;

class Reader {
 public:
  Reader(ByteView bytes, const char*& broken) : rest_(bytes), broken_(broken) {}

  ByteView element(std::uint8_t tag, const char* field);                      // its value
  ByteView element(std::uint8_t tag, std::size_t length, const char* field);  // of this length
  Reader inside(std::uint8_t tag, const char* field) { return {element(tag, field), broken_}; }
  void expect(std::uint8_t tag, ByteView value, const char* field);
  void expect_number(std::uint8_t number, const char* field) { expect(kInteger, ByteView(&number, 1), field); }
  void end(const char* field);  // nothing follows

 private:
  std::optional<std::size_t> header(std::uint8_t tag);
  ByteView fail_at(const char* field);

  ByteView rest_;
  const char*& broken_;
};

}  // namespace perspective::der
