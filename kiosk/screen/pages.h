// The single screens of a visit; screen.cc chooses among them and adds the bar.
#pragma once

#include "screen/writer.h"
#include "visit/visit.h"

namespace perspective::screen {

void write_languages(Writer& writer, const visit::Visit& visit, const Texts& texts);
void write_token(Writer& writer, const visit::Visit& visit);
void write_welcome(Writer& writer, const visit::Visit& visit);
void write_item(Writer& writer, const visit::Visit& visit);  // practice and question
void write_keyboard(Writer& writer, const visit::Visit& visit);
void write_notes(Writer& writer, const visit::Visit& visit, bool always);
void write_bytes_left(Writer& writer, std::size_t used, std::size_t most, std::string_view key);
void write_check(Writer& writer, const visit::Visit& visit);
void write_stop(Writer& writer, const visit::Visit& visit);
void write_sending(Writer& writer);
void write_problem(Writer& writer);
void write_thanks(Writer& writer, const visit::Visit& visit);
void write_yours(Writer& writer, const visit::Visit& visit);
void write_switches(Writer& writer, const visit::Visit& visit);
void write_find_switch(Writer& writer, const visit::Visit& visit);
void write_hidden(Writer& writer);
void write_warning(Writer& writer, const visit::Visit& visit);  // before the time-out
void write_talk(Writer& writer, const visit::Visit& visit);
void write_worker(Writer& writer);
void write_worker_asked(Writer& writer);

}  // namespace perspective::screen
