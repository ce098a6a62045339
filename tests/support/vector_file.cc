#include "vector_file.h"

#include <openssl/evp.h>

#include <algorithm>
#include <optional>

#include "base/file.h"

namespace perspective::testing {
namespace {

constexpr std::size_t kLineBytes = 64;  // as PEM has it; a multiple of four

std::unexpected<Error> invalid(const std::string& name, const std::string& what) {
  return fail(ErrorCode::invalid, "vector " + name + ": " + what);
}

bool is_known(const VectorKind& kind, const std::string& line) {
  return line == "expect" || line == "comment" || std::ranges::count(kind.needed, line) > 0 ||
         std::ranges::count(kind.allowed, line) > 0;
}

// Line ends may be anywhere.
std::optional<Bytes> from_base64(std::string_view text) {
  std::string dense;
  std::ranges::copy_if(text, std::back_inserter(dense), [](char c) { return c != '\n' && c != '\r'; });
  if (dense.size() % 4 != 0) return std::nullopt;
  Bytes bytes(dense.size() / 4 * 3);
  const auto* in = reinterpret_cast<const unsigned char*>(dense.data());
  if (!dense.empty() && EVP_DecodeBlock(bytes.data(), in, static_cast<int>(dense.size())) < 0) return std::nullopt;
  const auto padding = dense.size() - std::min(dense.size(), dense.find_last_not_of('=') + 1);
  if (padding > 2) return std::nullopt;
  bytes.resize(bytes.size() - padding);
  return bytes;
}

std::string to_base64(ByteView bytes) {
  std::string dense(bytes.size() / 3 * 4 + 5, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(dense.data()), bytes.data(), static_cast<int>(bytes.size()));
  dense.resize(static_cast<std::size_t>(size));
  std::string lines;
  for (std::size_t at = 0; at < dense.size(); at += kLineBytes) lines += dense.substr(at, kLineBytes) + "\n";
  return lines;
}

Result<std::map<std::string, std::string>> parse_header(const std::string& name, std::string_view text,
                                                        const VectorKind& kind) {
  std::map<std::string, std::string> header;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto colon = line.find(": ");
    if (colon == std::string_view::npos) return invalid(name, "'" + std::string(line) + "' is no 'name: value'");
    const std::string key(line.substr(0, colon));
    if (!is_known(kind, key)) return invalid(name, "no vector of " + kind.folder + " has a line '" + key + "'");
    if (!header.emplace(key, line.substr(colon + 2)).second) return invalid(name, "'" + key + "' stands there twice");
  }
  return header;
}

}  // namespace

const VectorKind& envelope_vectors() {
  static const VectorKind kind{
      "envelope",
      {"ok", "wrong_key", "changed_byte", "cut_short", "missing_content", "other_kdf", "other_profile", "wrong_size",
       "other_id", "other_inspection", "unknown_version", "not_a_submission"},
      {"key", "id", "inspection", "envelope_bytes"},
      {"plaintext_sha256"}};
  return kind;
}

const VectorKind& package_vectors() {
  static const VectorKind kind{
      "package",
      {"ok", "changed_byte", "cut_short", "missing_content", "missing_certificate", "other_profile",
       "signed_by_another", "not_for_packages", "rolled_back", "changed_without_version", "other_inspection",
       "unknown_version", "wrong_size", "unusable"},
      {"authority", "inspection"},
      {"held"}};
  return kind;
}

const VectorKind& bundle_vectors() {
  static const VectorKind kind{
      "bundle",
      {"ok", "changed_byte", "cut_short", "missing_content", "missing_certificate", "other_profile", "says_more",
       "signed_by_another", "not_a_kiosk", "not_a_bundle", "unknown_version", "wrong_size"},
      {"authority", "envelope_bytes"},
      {"inspection", "envelopes_sha256", "tokens_sha256", "ledger"}};
  return kind;
}

const VectorKind& receipt_vectors() {
  static const VectorKind kind{"receipt",
                               {"ok", "withdrawn", "set_aside", "later", "wrong_key", "other_id", "other_digest",
                                "unknown_version", "changed_byte", "cut_short", "wrong_size"},
                               {"key", "id", "envelope", "status"},
                               {"signed_key", "signed_id", "signed_envelope", "signed_words"}};
  return kind;
}

const VectorKind& audit_vectors() {
  static const VectorKind kind{"audit",
                               {"ok", "changed", "signature", "dropped", "swapped", "twice", "replaced", "cut-off"},
                               {"key"},
                               {"since"}};
  return kind;
}

Result<VectorFile> parse_vector(const std::string& name, std::string_view text, const VectorKind& kind) {
  const auto blank = text.find("\n\n");
  if (blank == std::string_view::npos) return invalid(name, "no blank line ends its header");
  auto header = parse_header(name, text.substr(0, blank), kind);
  if (!header) return std::unexpected(header.error());
  auto needed = kind.needed;
  needed.insert(needed.end(), {"expect", "comment"});
  for (const auto& line : needed) {
    if (!header->contains(line)) return invalid(name, "it has no line '" + line + "'");
  }
  if (!kind.outcomes.contains(header->at("expect"))) {
    return invalid(name, "no vector of " + kind.folder + " ends with '" + header->at("expect") + "'");
  }
  auto body = from_base64(text.substr(blank + 2));
  if (!body) return invalid(name, "what follows the blank line is not base64");
  return VectorFile{name, std::move(*header), std::move(*body)};
}

std::string to_text(const VectorFile& vector, const VectorKind& kind) {
  std::string text = "expect: " + vector.at("expect") + "\n";
  for (const auto* lines : {&kind.needed, &kind.allowed}) {
    for (const auto& line : *lines) {
      if (vector.has(line)) text += line + ": " + vector.at(line) + "\n";
    }
  }
  return text + "comment: " + vector.at("comment") + "\n\n" + to_base64(vector.body);
}

Result<std::vector<VectorFile>> load_vectors(const std::filesystem::path& vectors, const VectorKind& kind) {
  std::error_code error;
  std::set<std::filesystem::path> paths;
  for (std::filesystem::directory_iterator entry(vectors / kind.folder, error), end; !error && entry != end;
       entry.increment(error)) {
    paths.insert(entry->path());
  }
  if (error || paths.empty()) return invalid(kind.folder, "there is none in " + (vectors / kind.folder).string());
  std::vector<VectorFile> loaded;
  for (const auto& path : paths) {
    const auto text = read_text(path);
    if (!text) return std::unexpected(text.error());
    auto vector = parse_vector(kind.folder + "/" + path.filename().string(), *text, kind);
    if (!vector) return std::unexpected(vector.error());
    vector->name = path.filename().string();
    loaded.push_back(std::move(*vector));
  }
  return loaded;
}

}  // namespace perspective::testing
