// What may be sealed as a submission: by a kiosk of another version, or by whoever has the certificates, which
// everybody has.
//
// Must hold: what is taken is written and read again to the same; what belongs to a questionnaire is its own pruned
//            form; sealed under its id it is opened, under another it is a conflict; it is counted once in a tally.
#include "protocol/limits.h"
#include "protocol/open_submission.h"
#include "support/source_folder.h"
#include "support/test_keys.h"
#include "survey/routing.h"
#include "survey/submission.h"
#include "tally/columns.h"
#include "tally/tally.h"
#include "target.h"

namespace perspective::survey {
namespace {

using fuzz::must;

fuzz::Milestone read_as_one("it is a submission");
fuzz::Milestone belongs("it belongs to the questionnaire");
fuzz::Milestone carried("it was sealed and opened");

struct Place {
  Questionnaire questionnaire =
      Questionnaire::parse(
          read_text(std::string(kSourceFolder) + "/tests/fixtures/library-readers/definition.json").value())
          .value();
  envelope::OpeningKey key = testing::test_opening_key(testing::vectors_folder() / "keys", "inspection");
  envelope::Recipient recovery = testing::test_recipient(testing::vectors_folder() / "keys", "recovery");
};

void carry(const Place& place, std::string_view json, const Submission& submission) {
  const auto id = envelope::id_from_hex(submission.envelope);
  if (!id) return;  // of an envelope that nobody can have sent
  const auto padded = protocol::padded_size(json.size());
  const auto sealed = envelope::seal(as_bytes(json), padded, place.key.recipient(), place.recovery);
  must(sealed.has_value(), "what fits is sealed");
  const auto opened = protocol::open_submission(*sealed, *id, submission.inspection, place.key);
  must(opened && to_json(*opened) == to_json(submission), "what was sealed is opened");
  auto other = *id;
  other[0] ^= 1;
  const auto moved = protocol::open_submission(*sealed, other, submission.inspection, place.key);
  must(!moved && moved.error().code == ErrorCode::conflict, "under another id it counts for nothing");
  carried.reach();
}

void count_once(const Place& place, const Submission& submission) {
  tally::Columns columns(place.questionnaire);
  must(columns.append(submission).has_value(), "what belongs to it is counted");
  const auto tally = tally::tally_of(columns);
  must(tally.respondents == 1 && tally.items.size() == place.questionnaire.items.size(),
       "one submission is one person");
  for (const auto& item : tally.items) {
    must(item.base + item.outside + item.skipped + item.not_asked + item.not_reached == 1, "who is in one base only");
  }
}

void take(std::string_view json) {
  static const Place place;
  const auto submission = from_json(json);
  if (!submission) return fuzz::must_be_an_answer(submission.error());
  read_as_one.reach();
  const std::string written = to_json(*submission);
  const auto again = from_json(written);
  must(again && to_json(*again) == written, "it is written and read again to the same");
  const auto checked = check(*submission, place.questionnaire);
  if (checked) {
    belongs.reach();
    must(prune(place.questionnaire, submission->answers) == submission->answers, "nothing in it is off the route");
    must(submission->answers.size() + submission->absent.size() == place.questionnaire.items.size(),
         "each item is answered or accounted for");
    count_once(place, *submission);
  } else {
    fuzz::must_be_an_answer(checked.error());
  }
  carry(place, json, *submission);
}

}  // namespace
}  // namespace perspective::survey

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  perspective::survey::take(perspective::as_text({data, size}));
  return 0;
}
