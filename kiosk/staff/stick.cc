#include "staff/stick.h"

#include "screen/writer.h"

namespace perspective::staff {
namespace {

using readiness::StickFate;
using screen::Look;
using screen::Place;
using screen::Role;
using screen::Screen;
using screen::StaffAction;
using screen::Writer;

void write_back(Writer& writer) {
  writer.button("back", "kiosk.button.back", Place::foot, Look::quiet, StaffAction(screen::ShowStart{}));
}

Screen failed_screen(StickFate fate, const text::Catalogue& words) {
  Writer writer("stick.failed", words);
  const std::string id = fate == StickFate::not_there     ? "not_there"
                         : fate == StickFate::not_working ? "not_working"
                                                          : "not_enrolled";
  writer.heading("kiosk.stick." + id);
  writer.paragraphs(
      id, Role::note,
      fate == StickFate::not_enrolled ? "kiosk.start.reason.enrolment_damaged" : "kiosk.stick." + id + ".text");
  write_back(writer);
  if (fate != StickFate::not_enrolled) {
    writer.button("again", "kiosk.stick.again", Place::foot, Look::primary, StaffAction(screen::UseStick{}));
  }
  return writer.take();
}

}  // namespace

Screen stick_screen(const text::Catalogue& words) {
  Writer writer("stick", words);
  writer.heading("kiosk.stick.heading");
  writer.paragraphs("text", Role::paragraph, "kiosk.stick.text");
  writer.paragraphs("care", Role::note, "kiosk.stick.care");
  write_back(writer);
  writer.button("use", "kiosk.stick.button", Place::foot, Look::primary, StaffAction(screen::UseStick{}));
  return writer.take();
}

Screen copying_screen(const text::Catalogue& words) {
  Writer writer("stick.under_way", words);
  writer.heading("kiosk.stick.under_way");
  writer.paragraphs("text", Role::note, "kiosk.stick.under_way.text");
  write_back(writer);
  return writer.take();
}

Screen copied_screen(const readiness::StickNews& news, const text::Catalogue& words) {
  if (news.fate != StickFate::done) return failed_screen(news.fate, words);
  Writer writer("stick.done", words);
  writer.heading("kiosk.stick.done");
  if (news.has_brought_back) writer.paragraphs("brought_back", Role::paragraph, "kiosk.stick.brought_back");
  if (news.has_copy) writer.paragraphs("copy", Role::paragraph, "kiosk.stick.copy");
  if (news.does_more_wait) writer.paragraphs("more", Role::note, "kiosk.stick.more");
  if (news.do_few_wait) writer.paragraphs("few", Role::note, "kiosk.stick.few");
  if (!news.has_copy && !news.do_few_wait) writer.paragraphs("nothing", Role::paragraph, "kiosk.stick.nothing");
  writer.button("close", "kiosk.button.close", Place::foot, Look::primary, StaffAction(screen::ShowStart{}));
  return writer.take();
}

}  // namespace perspective::staff
