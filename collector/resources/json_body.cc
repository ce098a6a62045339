#include "resources/json_body.h"

#include <boost/json.hpp>
#include <new>

namespace perspective::resources {

namespace json = boost::json;

namespace {

class WipingResource final : public json::memory_resource {
  void* do_allocate(std::size_t size_bytes, std::size_t alignment) override {
    return ::operator new(size_bytes, std::align_val_t(alignment));
  }
  void do_deallocate(void* memory, std::size_t size_bytes, std::size_t alignment) override {
    wipe(memory, size_bytes);
    ::operator delete(memory, std::align_val_t(alignment));
  }
  bool do_is_equal(const json::memory_resource& other) const noexcept override { return this == &other; }
};

std::unexpected<Error> wrong(std::string_view name, const std::string& expected) {
  return fail(ErrorCode::invalid, "\"" + std::string(name) + "\" must be " + expected);
}

// Each is 24 bytes or more, and may have been two: what is to be kept of a body could be 25 times as large as it.
constexpr std::size_t kMostValues = 200'000;

bool has_too_many_values(std::string_view body) {
  std::size_t values = 1;
  bool is_in_text = false;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const char c = body[i];
    if (is_in_text && c == '\\') ++i;
    if (c == '"') is_in_text = !is_in_text;
    if (!is_in_text && (c == ',' || c == '[' || c == '{')) ++values;
  }
  return values > kMostValues;
}

}  // namespace

JsonBody::JsonBody(std::unique_ptr<json::value> value) : value_(std::move(value)) {}
JsonBody::JsonBody(JsonBody&&) noexcept = default;
JsonBody& JsonBody::operator=(JsonBody&&) noexcept = default;
JsonBody::~JsonBody() = default;

Result<JsonBody> JsonBody::parse(ByteView body) {
  if (has_too_many_values(as_text(body))) return fail(ErrorCode::invalid, "the body has more than 200,000 values");
  try {
    const json::storage_ptr memory = json::make_shared_resource<WipingResource>();
    json::parser parser(memory);
    parser.reset(memory);
    boost::system::error_code error;
    parser.write(as_text(body), error);
    if (error) return fail(ErrorCode::invalid, "the body is not JSON: " + error.message());
    auto value = std::make_unique<json::value>(parser.release());
    if (!value->is_object()) return fail(ErrorCode::invalid, "the body must be a JSON object");
    return JsonBody(std::move(value));
  } catch (const std::exception&) {
    return fail(ErrorCode::invalid, "the body is not JSON");
  }
}

const json::object& JsonBody::object() const { return value_->get_object(); }

Result<std::string> JsonBody::text(std::string_view name) const {
  const json::value* const value = object().if_contains(name);
  if (!value || !value->is_string() || value->get_string().empty()) return wrong(name, "text, and is needed");
  return std::string(value->get_string());
}

Result<std::string> JsonBody::text_or(std::string_view name, std::string fallback) const {
  const json::value* const value = object().if_contains(name);
  if (!value || value->is_null()) return fallback;
  if (!value->is_string()) return wrong(name, "text");
  return std::string(value->get_string());
}

Result<bool> JsonBody::flag_or(std::string_view name, bool fallback) const {
  const json::value* const value = object().if_contains(name);
  if (!value || value->is_null()) return fallback;
  if (!value->is_bool()) return wrong(name, "true or false");
  return value->get_bool();
}

Result<std::vector<std::string>> JsonBody::texts(std::string_view name) const {
  const json::value* const value = object().if_contains(name);
  if (!value || !value->is_array()) return wrong(name, "a list of texts, and is needed");
  std::vector<std::string> texts;
  for (const json::value& text : value->get_array()) {
    if (!text.is_string()) return wrong(name, "a list of texts");
    texts.emplace_back(text.get_string());
  }
  return texts;
}

Result<std::size_t> JsonBody::count_or(std::string_view name, std::size_t fallback) const {
  const json::value* const value = object().if_contains(name);
  if (!value) return fallback;
  const auto count = json::try_value_to<std::size_t>(*value);
  if (!count) return wrong(name, "a whole number");
  return *count;
}

bool JsonBody::has(std::string_view name) const {
  const json::value* const value = object().if_contains(name);
  return value != nullptr && !value->is_null();
}

Result<SecretBytes> JsonBody::secret(std::string_view name) const {
  const json::value* const value = object().if_contains(name);
  if (!value || !value->is_string() || value->get_string().empty()) return wrong(name, "text, and is needed");
  const json::string& text = value->get_string();
  return SecretBytes(as_bytes(std::string_view(text.data(), text.size())));
}

Result<std::vector<SecretBytes>> JsonBody::secrets(std::string_view name) const {
  std::vector<SecretBytes> list;
  const json::value* const value = object().if_contains(name);
  if (!value) return list;
  if (!value->is_array()) return wrong(name, "a list of texts");
  for (const json::value& one : value->get_array()) {
    if (!one.is_string() || one.get_string().empty()) return wrong(name, "a list of texts");
    const json::string& text = one.get_string();
    list.emplace_back(as_bytes(std::string_view(text.data(), text.size())));
  }
  return list;
}

}  // namespace perspective::resources
