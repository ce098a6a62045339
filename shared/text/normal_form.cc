#include "text/normal_form.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <vector>

namespace perspective::text {
namespace {

// A character of UTF-8 becomes at most this many units of NFKC (UAX 15, "maximum expansion": 18 of UTF-16 for one).
constexpr std::size_t kMostExpansion = 18;

class Units {
 public:
  explicit Units(std::size_t count) : units_(count) {}
  Units(const Units&) = delete;
  Units& operator=(const Units&) = delete;
  ~Units() { wipe(units_.data(), units_.size() * sizeof(UChar)); }
  UChar* data() { return units_.data(); }
  std::int32_t size() const { return static_cast<std::int32_t>(units_.size()); }

 private:
  std::vector<UChar> units_;
};

std::unexpected<Error> not_text() { return fail(ErrorCode::invalid, "it is not text in UTF-8"); }

}  // namespace

Result<SecretBytes> in_normal_form(ByteView text) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* const form = unorm2_getNFKCInstance(&error);
  Units typed(text.size() + 1);
  std::int32_t count = 0;
  const auto bytes = as_text(text);
  u_strFromUTF8(typed.data(), typed.size(), &count, bytes.data(), static_cast<std::int32_t>(bytes.size()), &error);
  if (U_FAILURE(error)) return not_text();
  Units normal(text.size() * kMostExpansion + 1);
  const auto units = unorm2_normalize(form, typed.data(), count, normal.data(), normal.size(), &error);
  SecretBytes utf8(static_cast<std::size_t>(normal.size()) * 3);
  std::int32_t size = 0;
  u_strToUTF8(reinterpret_cast<char*>(utf8.span().data()), static_cast<std::int32_t>(utf8.size()), &size, normal.data(),
              units, &error);
  if (U_FAILURE(error)) return not_text();
  utf8.shrink(static_cast<std::size_t>(size));
  return utf8;
}

Result<std::size_t> characters_in(ByteView text) {
  Units typed(text.size() + 1);
  std::int32_t count = 0;
  UErrorCode error = U_ZERO_ERROR;
  const auto bytes = as_text(text);
  u_strFromUTF8(typed.data(), typed.size(), &count, bytes.data(), static_cast<std::int32_t>(bytes.size()), &error);
  if (U_FAILURE(error)) return not_text();
  return static_cast<std::size_t>(u_countChar32(typed.data(), count));
}

}  // namespace perspective::text
