#include "protocol/end_of_fieldwork.h"

#include <string>

namespace perspective::protocol {
namespace {

std::string signed_words(std::string_view inspection) {
  return "perspective end of fieldwork 1\n" + std::string(inspection);
}

}  // namespace

Result<Receipt> sign_end_of_fieldwork(const ReceiptKey& key, std::string_view inspection) {
  return key.sign(as_bytes(signed_words(inspection)));
}

bool is_end_of_fieldwork(const Receipt& word, std::string_view inspection, ByteView public_key) {
  return is_signed(word, as_bytes(signed_words(inspection)), public_key);
}

}  // namespace perspective::protocol
