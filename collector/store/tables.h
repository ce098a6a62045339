// The tables that a copy of a store has, the same in SQLite and in PostgreSQL. Not the tombstones, so that no copy can
// bring back fewer of them than there are (withdrawn_file.h); nor invites: one that was used or voided since would be
// good again; nor records that end, for the same reason: a session, a token.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace perspective::store {

enum class ColumnKind { text, bytes, integer, flag };  // a flag is 0 or 1 in SQLite

struct Column {
  std::string_view name;
  ColumnKind kind = ColumnKind::text;
};

struct Table {
  static constexpr std::size_t kMostColumns = 8;
  std::string_view name;
  std::array<Column, kMostColumns> columns;  // those without a name are none
  int keys = 1;                              // so many of the first are its primary key
  std::string_view only = {};                // these rows alone, in the words of SQL

  constexpr int count() const {
    int count = 0;
    for (const auto& column : columns) count += column.name.empty() ? 0 : 1;
    return count;
  }
  std::string names(int most) const {  // of the first, with commas
    std::string text;
    for (int i = 0; i < most; ++i) {
      text += (i == 0 ? "" : ", ") + std::string(columns.at(static_cast<std::size_t>(i)).name);
    }
    return text;
  }
  std::string columns_text() const { return names(count()); }
  std::string keys_text() const { return names(keys); }
  std::string where_text() const { return only.empty() ? "" : " WHERE " + std::string(only); }
};

// In an order in which each row finds what it refers to.
inline constexpr auto kCopiedTables = [] {
  using enum ColumnKind;
  return std::to_array<Table>({
      {"inspections",
       {{{"id", text},
         {"area", text},
         {"state", text},
         {"version", integer},
         {"envelope_bytes", integer},
         {"is_accepting", flag},
         {"definition", text},
         {"package", bytes}}}},
      {"envelopes", {{{"inspection", text}, {"id", bytes}, {"digest", bytes}, {"body", bytes}}}, 2},
      {"withdrawn_counts", {{{"inspection", text}, {"envelopes", integer}}}},
      {"ledgers", {{{"inspection", text}, {"kiosk", text}, {"what", text}, {"visits", integer}}}, 3},
      {"daily_counts", {{{"inspection", text}, {"day", text}, {"kiosk", text}, {"envelopes", integer}}}, 3},
      {"kiosks", {{{"id", text}, {"name", text}, {"serial", text}, {"is_revoked", flag}}}},
      {"kiosk_inspections", {{{"kiosk", text}, {"inspection", text}}}, 2},
      {"kiosk_disallowed", {{{"kiosk", text}, {"inspection", text}}}, 2},
      {"kiosk_contacts",
       {{{"kiosk", text},
         {"day", text},
         {"program", text},
         {"certificate_ends_s", integer},
         {"clock_offset_min", integer},
         {"is_waiting", flag}}}},
      {"kiosk_certificates", {{{"serial", text}, {"kiosk", text}, {"number", integer}}}},
      {"tokens", {{{"inspection", text}, {"mark", bytes}}}, 2},
      {"spent_tokens", {{{"inspection", text}, {"mark", bytes}, {"kiosk", text}}}, 3},
      {"annotations", {{{"inspection", text}, {"id", bytes}, {"body", bytes}}}, 2},
      {"records",
       {{{"kind", text}, {"id", text}, {"version", integer}, {"ends_s", integer}, {"body", text}}},
       2,
       "ends_s = 0"},
      {"plain_counts", {{{"inspection", text}, {"name", text}, {"count", integer}}}, 2},
      {"keyings", {{{"inspection", text}, {"form", bytes}, {"keyer", text}, {"body", bytes}, {"day", text}}}, 3},
      {"audit", {{{"number", integer}, {"line", text}, {"signature", bytes}}}},
  });
}();

}  // namespace perspective::store
