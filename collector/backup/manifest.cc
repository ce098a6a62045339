#include "backup/manifest.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "protocol/receipt.h"

namespace perspective::backup {

namespace json = boost::json;

namespace {

constexpr int kFormat = 1;
constexpr std::string_view kWhat = "backup of a collector";

void append(Bytes& to, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) to.push_back(static_cast<std::uint8_t>((number >> shift) & 0xFF));
}

void append(Bytes& to, ByteView bytes) {
  append(to, bytes.size());
  to.insert(to.end(), bytes.begin(), bytes.end());
}

// Each value with its kind and its length: no two rows give the same bytes.
void append(Bytes& to, const store::Value& value) {
  to.push_back(static_cast<std::uint8_t>(value.index()));
  if (const auto* number = std::get_if<std::int64_t>(&value)) append(to, static_cast<std::uint64_t>(*number));
  if (const auto* text = std::get_if<std::string>(&value)) append(to, as_bytes(*text));
  if (const auto* bytes = std::get_if<Bytes>(&value)) append(to, ByteView(*bytes));
}

json::object object_of(const TableSum& sum) {
  return {{"table", sum.table}, {"rows", sum.rows}, {"sha256", sum.sha256}};
}

json::object object_of(const KeyCopy& copy) {
  return {{"inspection", copy.inspection}, {"key", copy.key}, {"place", copy.place}, {"since", copy.since}};
}

json::object object_of(const AuditState& audit) { return {{"head", audit.head}, {"public_key", audit.public_key}}; }

std::string text_at(const json::value& value, std::string_view name) {
  return json::value_to<std::string>(value.at(name));
}

template <typename Item>
json::array list_of(const std::vector<Item>& items) {
  json::array list;
  for (const auto& item : items) list.push_back(object_of(item));
  return list;
}

}  // namespace

std::string to_json(const Manifest& manifest) {
  return json::serialize(json::object{{"format", kFormat},
                                      {"what", kWhat},
                                      {"made_on", manifest.made_on},
                                      {"hosts", json::value_from(manifest.hosts)},
                                      {"port", manifest.port},
                                      {"withdrawn", manifest.withdrawn},
                                      {"tables", list_of(manifest.tables)},
                                      {"key_copies", list_of(manifest.key_copies)},
                                      {"audit", object_of(manifest.audit)},
                                      {"about", manifest.about}});
}

Result<Manifest> manifest_from(std::string_view text) {
  try {
    const json::value value = json::parse({text.data(), text.size()});
    if (text_at(value, "what") != kWhat) return fail(ErrorCode::corrupt, "what is signed is no backup's manifest");
    if (value.at("format").to_number<int>() != kFormat) {
      return fail(ErrorCode::corrupt, "the backup was made by a newer version of this program; use that version");
    }
    Manifest manifest;
    manifest.made_on = text_at(value, "made_on");
    manifest.hosts = json::value_to<std::vector<std::string>>(value.at("hosts"));
    manifest.about = text_at(value, "about");
    manifest.port = value.at("port").to_number<std::uint16_t>();
    manifest.withdrawn = value.at("withdrawn").to_number<std::int64_t>();
    for (const auto& sum : value.at("tables").as_array()) {
      manifest.tables.push_back(
          {text_at(sum, "table"), sum.at("rows").to_number<std::int64_t>(), text_at(sum, "sha256")});
    }
    for (const auto& copy : value.at("key_copies").as_array()) {
      manifest.key_copies.push_back(
          {text_at(copy, "inspection"), text_at(copy, "key"), text_at(copy, "place"), text_at(copy, "since")});
    }
    if (const auto* const audit = value.as_object().if_contains("audit")) {
      manifest.audit = {text_at(*audit, "head"), text_at(*audit, "public_key")};
    }
    return manifest;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "the backup's manifest means nothing");
  }
}

Result<std::vector<TableSum>> sums_of(store::CopyFile& copy, const Look& look) {
  std::vector<TableSum> sums;
  for (const auto& table : store::kCopiedTables) {
    TableSum sum{.table = std::string(table.name), .rows = 0, .sha256 = {}};
    protocol::Digest digest{};
    Bytes bytes;
    const auto there = copy.as_it_is(table);
    if (!there) return std::unexpected(there.error());
    if (!*there) continue;
    const auto added = copy.each(**there, [&](const store::Row& row) -> Result<void> {
      bytes.assign(digest.begin(), digest.end());
      for (const auto& value : row) append(bytes, value);
      digest = protocol::digest_of(bytes);
      ++sum.rows;
      if (look) look(table, row);
      return {};
    });
    if (!added) return in_context("table " + sum.table, added.error());
    sum.sha256 = to_hex(ByteView(digest));
    sums.push_back(std::move(sum));
  }
  return sums;
}

std::string words_about(const Manifest& manifest) {
  std::string text =
      "Not in this backup, and never in any:\n"
      "  - the private keys. Without them no answer in it can be read, and no kiosk knows the collector again.\n"
      "  - what people took back: the collector's file 'withdrawn' says it. Keep that apart, and only its newest.\n"
      "  - invites: make new ones.\n"
      "Nor what came after " +
      manifest.made_on +
      ". A kiosk that has a receipt for it has dropped its copy: 'inspection reconcile' will count it as missing.\n"
      "A kiosk that was revoked since is not revoked in it: revoke it again.\n";
  if (!manifest.audit.head.empty()) {
    text += "The head of the audit when it was made; keep it apart, for 'audit verify --since':\n  " +
            manifest.audit.head + "\n";
  }
  text += "Private keys of its inspections, where they were registered:\n";
  if (manifest.key_copies.empty()) text += "  none\n";
  for (const auto& copy : manifest.key_copies) {
    text += "  - " + copy.inspection + ", " + copy.key + " key: " + copy.place + " (since " + copy.since + ")\n";
  }
  return text;
}

}  // namespace perspective::backup
