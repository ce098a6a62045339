#include "staff/staff.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "screen/writer.h"

namespace perspective::staff {
namespace {

using readiness::Reason;
using readiness::Reasons;
using readiness::Weight;
using screen::Look;
using screen::Place;
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

std::string code(Reason reason) { return std::string(readiness::code_of(reason)); }
std::string key_of(Reason reason) { return "kiosk.start.reason." + code(reason); }

// One caution: what follows the first line belongs to it by its id.
void write_refusal(Writer& writer, const Status& status) {
  if (status.is_taking_visits()) return;
  writer.text("refuses", Role::note, "kiosk.start.refuses");
  for (const Reason reason : status.told(Weight::stops_visits)) {
    writer.paragraphs("refuses." + code(reason), Role::note, key_of(reason));
  }
}

void write_reasons(Writer& writer, const std::string& prefix, Role role, const Reasons& reasons) {
  for (const Reason reason : reasons) writer.paragraphs(prefix + code(reason), role, key_of(reason));
}

void write_questionnaire(Writer& writer, const Offered& offered, const std::string& name, bool is_taking_visits) {
  writer.add({.id = "questionnaire." + name,
              .role = Role::button,
              .label = offered.title,
              .look = Look::primary,
              .enabled = is_taking_visits && !offered.why_not,
              .action = screen::StaffAction(screen::PrepareVisit{offered.inspection, offered.questionnaire})});
  if (!offered.why_not) return;
  writer.paragraphs("why." + code(*offered.why_not) + "." + name, Role::note, key_of(*offered.why_not));
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
    write_questionnaire(writer, each, name, is_taking_visits);
  }
}

// Always seen, however much else there is to tell.
void write_foot(Writer& writer, const Status& status) {
  writer.button("look_over", "kiosk.start.look_over", Place::foot, Look::quiet,
                screen::StaffAction(screen::LookOver{}));
  if (status.sending == Sending::all_sent) return;
  writer.button("use_stick", "kiosk.start.use_stick", Place::foot, Look::plain,
                screen::StaffAction(screen::AskForStick{}));
  writer.button("send_now", "kiosk.start.send_now", Place::foot, Look::plain, screen::StaffAction(screen::AskToSend{}));
}

void add_lines(std::vector<std::string>& lines, const std::string& text) {
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
}

}  // namespace

Reasons Status::told(Weight weight) const {
  Reasons told;
  if (weight == Weight::waiting && sending == Sending::all_sent) return told;
  std::ranges::copy_if(reasons, std::inserter(told, told.end()),
                       [weight](Reason reason) { return readiness::weight_of(reason) == weight; });
  return told;
}

bool Status::waits_for_others() const {
  const bool can_be_sent = !reasons.contains(Reason::clock_wrong) && !reasons.contains(Reason::certificate_ended);
  return sending == Sending::some_waiting && can_be_sent && told(Weight::waiting).empty();
}

bool Status::is_taking_visits() const { return sending != Sending::full && told(Weight::stops_visits).empty(); }

screen::Screen start_screen(const std::vector<Offered>& offered, const Status& status, const text::Catalogue& words) {
  Writer writer("start", words);
  writer.heading("kiosk.start.heading");
  write_refusal(writer, status);
  const auto may_start = [&status](const Offered& each) { return status.is_taking_visits() && !each.why_not; };
  if (std::ranges::any_of(offered, may_start)) writer.text("choose", Role::paragraph, "kiosk.start.choose");
  write_questionnaires(writer, offered, status.is_taking_visits());
  if (status.can_withdraw) {
    writer.text("withdraw.text", Role::paragraph, "kiosk.start.withdraw.text");
    writer.button("withdraw", "kiosk.start.withdraw", Place::content, Look::plain, screen::StartWithdrawal{});
  }
  write_reasons(writer, "warns.", Role::note, status.told(Weight::warning));
  writer.text("status", Role::status, name_of(status.sending)).look = look_of(status.sending);
  write_reasons(writer, "waits.", Role::hint, status.told(Weight::waiting));
  if (status.waits_for_others()) writer.paragraphs("waits.for_others", Role::hint, "kiosk.start.waits_for_others");
  write_foot(writer, status);
  return writer.take();
}

std::vector<std::string> lines_of(const std::vector<Offered>& offered, const Status& status,
                                  const text::Catalogue& words) {
  std::vector<std::string> lines;
  if (!status.is_taking_visits()) lines.push_back(words.say("kiosk.start.refuses"));
  for (const Weight weight : {Weight::stops_visits, Weight::warning, Weight::waiting}) {
    for (const Reason reason : status.told(weight)) add_lines(lines, words.say(key_of(reason)));
  }
  if (status.waits_for_others()) add_lines(lines, words.say("kiosk.start.waits_for_others"));
  for (const Offered& each : offered) {
    if (!each.why_not) continue;
    lines.push_back(each.title + ":");
    add_lines(lines, words.say(key_of(*each.why_not)));
  }
  return lines;
}

}  // namespace perspective::staff
