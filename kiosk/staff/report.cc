#include "staff/report.h"

#include <algorithm>

#include "screen/writer.h"

namespace perspective::staff {
namespace {

using readiness::Finding;
using readiness::Grade;
using screen::Role;

ReportRow row_of(const Finding& finding, const text::Catalogue& words) {
  text::Arguments arguments;
  for (const auto& [name, number] : finding.numbers) arguments.emplace(name, number);
  for (const auto& [name, text] : finding.names) arguments.emplace(name, text);
  const std::string key = "kiosk.ready." + finding.code;
  return {.name = words.say(key), .value = words.say(key + "." + finding.value, arguments), .grade = finding.grade};
}

}  // namespace

std::vector<ReportRow> rows_of(const readiness::Facts& facts, const text::Catalogue& words) {
  std::vector<ReportRow> rows;
  for (const Finding& finding : readiness::findings_of(facts)) rows.push_back(row_of(finding, words));
  return rows;
}

screen::Screen report_screen(const readiness::Facts& facts, const text::Catalogue& words) {
  screen::Writer writer("ready", words);
  writer.heading("kiosk.ready.heading");
  const auto findings = readiness::findings_of(facts);
  const auto wants_attention = [](const Finding& finding) { return finding.grade == Grade::attention; };
  writer.text("summary", Role::paragraph,
              std::ranges::any_of(findings, wants_attention) ? "kiosk.ready.attention" : "kiosk.ready.all_well");
  for (const Finding& finding : findings) {
    if (!wants_attention(finding)) continue;
    const ReportRow row = row_of(finding, words);
    writer.add({.id = "attention." + finding.code, .role = Role::note, .label = row.name + ": " + row.value});
  }
  for (const Finding& finding : findings) {
    if (wants_attention(finding)) continue;
    const ReportRow row = row_of(finding, words);
    writer.add({.id = "fact." + finding.code, .role = Role::paragraph, .label = row.name + ": " + row.value});
  }
  writer.text("honest", Role::hint, "kiosk.ready.honest");
  writer.button("close", "kiosk.button.close", screen::Place::foot, screen::Look::primary,
                screen::StaffAction(screen::ShowStart{}));
  return writer.take();
}

}  // namespace perspective::staff
