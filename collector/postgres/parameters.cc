// Values as PostgreSQL's binary format has them: integers with the highest byte first; arrays with their length.
#include <algorithm>

#include "postgres/connection.h"

namespace perspective::postgres {
namespace {

// Numbers of types, from the server's catalogue (src/include/catalog/pg_type.dat); they never change.
constexpr Oid kBool = 16, kBytea = 17, kInt8 = 20, kText = 25;
constexpr Oid kByteaArray = 1001, kTextArray = 1009, kInt8Array = 1016;

template <typename Unsigned>
void append(std::string& to, Unsigned value) {
  for (int shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8) {
    to.push_back(static_cast<char>((value >> shift) & 0xFF));
  }
}

std::string binary(std::int64_t value) {
  std::string bytes;
  append(bytes, static_cast<std::uint64_t>(value));
  return bytes;
}

// array_recv(): dimensions, whether NULLs are in it, type; of each dimension its length and first index; then each
// element with its length before it.
template <typename Values, typename Write>
std::string array_of(Oid type, const Values& values, Write write) {
  std::string bytes;
  append(bytes, std::uint32_t{values.empty() ? 0U : 1U});
  append(bytes, std::uint32_t{0});
  append(bytes, static_cast<std::uint32_t>(type));
  if (values.empty()) return bytes;
  append(bytes, static_cast<std::uint32_t>(values.size()));
  append(bytes, std::uint32_t{1});
  for (const auto& value : values) {
    const std::string_view element = write(value);
    append(bytes, static_cast<std::uint32_t>(element.size()));
    bytes += element;
  }
  return bytes;
}

}  // namespace

Parameters& Parameters::add(Oid type, std::optional<std::string> value) {
  types_.push_back(type);
  values_.push_back(std::move(value));
  return *this;
}

Parameters& Parameters::text(std::string_view value) { return add(kText, std::string(value)); }

Parameters& Parameters::integer(std::optional<std::int64_t> value) {
  return add(kInt8, value ? std::optional(binary(*value)) : std::nullopt);
}

Parameters& Parameters::flag(std::optional<bool> value) {
  return add(kBool, value ? std::optional(std::string(1, *value ? '\1' : '\0')) : std::nullopt);
}

Parameters& Parameters::bytes(ByteView value) { return add(kBytea, std::string(as_text(value))); }

Parameters& Parameters::null_text() { return add(kText, std::nullopt); }
Parameters& Parameters::null_bytes() { return add(kBytea, std::nullopt); }

Parameters& Parameters::texts(const std::vector<std::string_view>& values) {
  return add(kTextArray, array_of(kText, values, [](std::string_view value) { return value; }));
}

Parameters& Parameters::integers(const std::vector<std::int64_t>& values) {
  std::string element;
  return add(kInt8Array, array_of(kInt8, values, [&element](std::int64_t value) -> std::string_view {
               element = binary(value);
               return element;
             }));
}

Parameters& Parameters::byte_strings(const std::vector<ByteView>& values) {
  return add(kByteaArray, array_of(kBytea, values, [](ByteView value) { return as_text(value); }));
}

std::int64_t Rows::affected() const {
  const std::string digits = PQcmdTuples(result_.get());
  return digits.empty() ? 0 : std::stoll(digits);
}

ByteView Rows::raw(int row, int column) const {
  const auto* const begin = reinterpret_cast<const std::uint8_t*>(PQgetvalue(result_.get(), row, column));
  return {begin, static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

std::string Rows::text(int row, int column) const { return std::string(as_text(raw(row, column))); }

std::int64_t Rows::integer(int row, int column) const {
  std::uint64_t value = 0;
  for (const auto byte : raw(row, column)) value = (value << 8) | byte;
  return static_cast<std::int64_t>(value);
}

bool Rows::flag(int row, int column) const {
  const auto bytes = raw(row, column);
  return !bytes.empty() && bytes.front() != 0;
}

Bytes Rows::bytes(int row, int column) const {
  const auto bytes = raw(row, column);
  return {bytes.begin(), bytes.end()};
}

}  // namespace perspective::postgres
