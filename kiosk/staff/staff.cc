#include "staff/staff.h"

#include <algorithm>
#include <set>

#include "screen/writer.h"

namespace perspective::staff {
namespace {

using screen::Look;
using screen::Role;
using screen::Writer;

std::string_view name_of(Sending sending) {
  switch (sending) {
    case Sending::all_sent:
      return "kiosk.start.sending.all_sent";
    case Sending::some_waiting:
      return "kiosk.start.sending.some_waiting";
    case Sending::full:
      return "kiosk.start.sending.full";
  }
  return {};
}

Look look_of(Sending sending) {
  if (sending == Sending::full) return Look::warning;
  return sending == Sending::some_waiting ? Look::quiet : Look::plain;
}

void write_questionnaires(Writer& writer, const std::vector<Offered>& offered, bool is_taking_visits) {
  std::set<std::string> inspections;
  for (const Offered& each : offered) inspections.insert(each.inspection);
  std::string inspection;
  for (const Offered& each : offered) {
    if (inspection != each.inspection) {
      inspection = each.inspection;
      writer.add({.id = "area." + inspection,
                  .role = Role::heading,
                  .label = writer.say("kiosk.start.area", {{"area", each.area}}),
                  .level = 2});
    }
    const std::string name = inspections.size() > 1 ? inspection + "/" + each.questionnaire : each.questionnaire;
    writer.add({.id = "questionnaire." + name,
                .role = Role::button,
                .label = each.title,
                .look = Look::primary,
                .enabled = is_taking_visits,
                .action = screen::StartVisit{inspection, each.questionnaire}});
  }
}

void write_status(Writer& writer, const Status& status) {
  writer.text("status", Role::status, name_of(status.sending)).look = look_of(status.sending);
  if (!status.reason.empty()) writer.add({.id = "status.reason", .role = Role::hint, .label = status.reason});
}

}  // namespace

screen::Screen start_screen(const std::vector<Offered>& offered, const Status& status, const text::Catalogue& words) {
  Writer writer("start", words);
  writer.heading("kiosk.start.heading");
  if (!status.is_taking_visits) writer.paragraphs("refuses", Role::note, "kiosk.start.refuses");
  if (offered.empty()) {
    writer.paragraphs("none", Role::note, "kiosk.start.none");
  } else {
    writer.text("choose", Role::paragraph, "kiosk.start.choose");
    write_questionnaires(writer, offered, status.is_taking_visits);
  }
  write_status(writer, status);
  return writer.take();
}

}  // namespace perspective::staff
