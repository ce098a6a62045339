// What a stranger may send as an envelope.
//
// Must hold: nothing opens but what was sealed: whatever opens, with either key, holds one of the texts that the
//            vectors of tests/vectors hold, to the last byte; only what has the one profile opens at all.
#include <algorithm>
#include <set>

#include "envelope/profile.h"
#include "protocol/open_submission.h"
#include "support/test_keys.h"
#include "support/vector_file.h"
#include "target.h"

namespace perspective::envelope {
namespace {

using fuzz::must;

fuzz::Milestone ours("it has the profile");
fuzz::Milestone sealed_to_us("it is sealed to one of our keys");
fuzz::Milestone opened("it was opened");
fuzz::Milestone counted("it holds a submission");

struct Collector {
  OpeningKey inspection = testing::test_opening_key(testing::vectors_folder() / "keys", "inspection");
  OpeningKey recovery = testing::test_opening_key(testing::vectors_folder() / "keys", "recovery");
  std::set<std::string> known;  // all that was ever sealed to them
  EnvelopeId id = id_from_hex("9b1deb4d3b7d4bad9bdd2b0d7b3dcb6d").value();

  Collector() {
    const auto vectors = testing::load_vectors(testing::vectors_folder(), testing::envelope_vectors()).value();
    for (const auto& vector : vectors) {
      if (const auto plain = open(vector.body, inspection)) known.emplace(plain->text());
    }
    must(!known.empty(), "some vector opens");
  }
};

void try_key(const Collector& collector, ByteView bytes, const OpeningKey& key, bool has_profile) {
  const auto plain = open(bytes, key);
  if (!plain) {
    fuzz::must_be_an_answer(plain.error());
    if (has_profile && plain.error().code != ErrorCode::refused) sealed_to_us.reach();
    return;
  }
  sealed_to_us.reach();
  opened.reach();
  must(has_profile, "only what has the profile opens");
  must(collector.known.contains(std::string(plain->text())), "only what was sealed comes out");
}

void take(ByteView bytes) {
  static const Collector collector;
  const auto profile = check_profile(bytes);
  if (profile) {
    ours.reach();
    must(profile->content_bytes < bytes.size(), "the content is in the envelope");
  } else {
    fuzz::must_be_an_answer(profile.error());
  }
  try_key(collector, bytes, collector.inspection, profile.has_value());
  try_key(collector, bytes, collector.recovery, profile.has_value());
  const auto submission = protocol::open_submission(bytes, collector.id, "croydon-2012", collector.inspection);
  if (!submission) return fuzz::must_be_an_answer(submission.error());
  counted.reach();
}

}  // namespace
}  // namespace perspective::envelope

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  perspective::envelope::take({data, size});
  return 0;
}
