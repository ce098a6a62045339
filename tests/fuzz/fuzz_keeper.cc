// What the keeper hears from a child that may have gone mad, and what a child finds when it is started after a crash:
// 'p' packets, each with its length (2 bytes, the low one first) before it; 'd' a draft; 'f' the facts of a readiness
// report.
//
// Must hold: what is taken is written and read again to the same; a packet goes through the real sockets as it is; a
//            draft that is taken is a visit that goes on: its screen is there whatever is pressed.
#include <memory>
#include <utility>

#include "base/file.h"
#include "keeper/channel.h"
#include "readiness/report.h"
#include "screen/screen.h"
#include "support/trial_visit.h"
#include "target.h"

namespace perspective::keeper {
namespace {

using fuzz::must;
constexpr int kPresses = 40;

fuzz::Milestone understood("a packet means something");
fuzz::Milestone answers("an envelope came");
fuzz::Milestone wishes("somebody takes two answers back or more");
fuzz::Milestone restored("a draft was taken");
fuzz::Milestone gone_on("a visit went on to its end");
fuzz::Milestone facts_read("facts were taken");

void take_packet(ByteView packet) {
  const auto message = decode(packet);
  if (!message) return fuzz::must_be_an_answer(message.error());
  understood.reach();
  if (std::holds_alternative<Put>(*message)) answers.reach();
  if (const auto* withdraw = std::get_if<Withdraw>(&*message); withdraw && withdraw->wishes.size() > 1) wishes.reach();
  const Bytes written = encode(*message);
  must(written.size() <= packet.size() && written[0] == packet[0], "it is of the same kind");
  const auto again = decode(written);
  must(again && encode(*again) == written, "it is written and read again to the same");
  static const auto ends = Channel::open_pair().value();
  must(ends.first.send(*message).has_value(), "it is sent");
  const auto received = ends.second.receive();
  must(received && *received && encode(**received) == written, "and comes as it was");
}

void take_packets(ByteView bytes) {
  while (bytes.size() >= 2) {
    const std::size_t length = std::min<std::size_t>(bytes[0] + 256U * bytes[1], bytes.size() - 2);
    take_packet(bytes.subspan(2, length));
    bytes = bytes.subspan(2 + length);
  }
}

struct Words {
  screen::Texts english{trial::words("en"), {{"en", "English", "Choose"}, {"cy", "Cymraeg", "Dewis"}}};
  screen::Texts welsh{trial::words("cy"), {{"en", "English", "Choose"}, {"cy", "Cymraeg", "Dewis"}}};
  visit::Setting setting = trial::setting();
};

// Presses what is there, one thing after the other, the last button of the screen more often than the others.
void go_on(visit::Visit visit, const Words& words, std::size_t seed) {
  for (int i = 0; i < kPresses && visit.step() != visit::Step::ended; ++i) {
    const auto shown = screen_of(visit, visit.settings().language == "cy" ? words.welsh : words.english);
    must(!shown.id.empty() && !shown.items.empty(), "there is a screen");
    std::vector<const visit::Action*> actions;
    for (const auto& item : shown.items) {
      const auto* action = std::get_if<visit::Action>(&item.action);
      if (action != nullptr && item.enabled) actions.push_back(action);
    }
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    if (visit.step() == visit::Step::sending) {
      visit.finish_sending();
      gone_on.reach();
    } else if (!actions.empty()) {
      visit.apply(*actions[(seed >> 33) % 3 == 0 ? (seed >> 40) % actions.size() : actions.size() - 1]);
    } else {
      return;
    }
  }
}

void take_draft(std::string_view draft) {
  static const Words words;
  const auto visit = visit::Visit::from_draft(draft, words.setting);
  if (!visit) return fuzz::must_be_an_answer(visit.error());
  restored.reach();
  must(visit::Visit::draft_of(draft).has_value(), "what a draft belongs to is known");
  const std::string written = visit->to_draft();
  const auto again = visit::Visit::from_draft(written, words.setting);
  must(again && again->to_draft() == written, "it is written and read again to the same");
  for (const std::size_t seed : {draft.size(), draft.size() + 1, draft.size() + 2}) go_on(*visit, words, seed);
}

void take_facts(std::string_view json) {
  const auto facts = readiness::from_json(json);
  if (!facts) return fuzz::must_be_an_answer(facts.error());
  facts_read.reach();
  const std::string written = to_json(*facts);
  const auto again = readiness::from_json(written);
  must(again && to_json(*again) == written, "facts are written and read again to the same");
  must(!findings_of(*facts).empty(), "they are judged");
}

}  // namespace
}  // namespace perspective::keeper

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace perspective::keeper;
  const auto input = perspective::fuzz::input_of(data, size);
  if (input.way == 'p') take_packets(input.rest);
  if (input.way == 'd') take_draft(input.text());
  if (input.way == 'f') take_facts(input.text());
  return 0;
}
