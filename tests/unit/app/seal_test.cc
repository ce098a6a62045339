// What leaves a visit: only what stands on its route, to both keys, all in one size.
#include "app/seal.h"

#include <gtest/gtest.h>

#include "support/kiosk_package.h"
#include "support/trial_visit.h"
#include "survey/submission.h"

namespace perspective::app {
namespace {

class SealedVisit : public trial::Trial {
 protected:
  static constexpr std::size_t kPaddedBytes = 2048;

  void answer_down_and_far() {
    to_questions();
    act(visit::Choose{"down"}, visit::Next{}, visit::Choose{"up"}, visit::Next{}, visit::Skip{}, visit::Skip{});
  }
  void change_the_first_to_up() { act(visit::Change{"a"}, visit::Choose{"up"}, visit::Next{}); }
  Inspection inspection() {
    return {.area = "Trial Town",
            .salt = Bytes(16, 7),
            .tokens = {},
            .padded_bytes = kPaddedBytes,
            .envelope_bytes = kiosk_package::unwrapped(envelope::envelope_bytes(kPaddedBytes)),
            .inspection_key = keys_.inspection.key.recipient(),
            .recovery_key = keys_.recovery.key.recipient(),
            .questionnaires = {}};
  }
  Sealed sealed() {
    visit_.keep_words({"alpha", "bravo", "charlie", "delta"});
    return kiosk_package::unwrapped(seal_visit(visit_, inspection()));
  }
  bool is_refused_on_trial(const Inspection& spoilt) { return !try_seal(visit_.setting(), spoilt); }
  std::string opened(const envelope::KeyPair& pair) {
    return std::string(kiosk_package::unwrapped(envelope::open(sealed().envelope, pair.key)).text());
  }
  survey::Submission submission() { return kiosk_package::unwrapped(survey::from_json(opened(keys_.inspection))); }

  kiosk_package::Keys keys_;
};

TEST_F(SealedVisit, HoldsNoAnswerThatFellOffTheRoute) {
  answer_down_and_far();
  EXPECT_TRUE(submission().answers.contains("b"));
  change_the_first_to_up();
  const auto changed = submission();
  EXPECT_FALSE(changed.answers.contains("b"));
  EXPECT_EQ(changed.absent.at("b"), survey::Absence::not_asked);
  EXPECT_TRUE(survey::check(changed, visit_.questionnaire()).has_value());
}

TEST_F(SealedVisit, TellsSkippedFromNotReached) {
  to_questions();
  act(visit::Skip{});
  const auto stopped_early = submission();
  EXPECT_EQ(stopped_early.absent.at("a"), survey::Absence::skipped);
  EXPECT_EQ(stopped_early.absent.at("d"), survey::Absence::not_reached);
}

TEST_F(SealedVisit, OpensWithTheRecoveryKeyToo) {
  answer_down_and_far();
  EXPECT_EQ(survey::to_json(kiosk_package::unwrapped(survey::from_json(opened(keys_.recovery)))),
            survey::to_json(submission()));
}

TEST_F(SealedVisit, SucceedsOnTrialWhereItWillAtTheEnd) {
  EXPECT_TRUE(try_seal(visit_.setting(), inspection()));
  EXPECT_EQ(sealed().envelope.size(), inspection().envelope_bytes);
}

TEST_F(SealedVisit, FailsOnTrialWhereItWouldAtTheEndOrAtTheCollector) {
  auto spoilt = inspection();
  spoilt.recovery_key.reset();
  EXPECT_TRUE(is_refused_on_trial(spoilt));
  spoilt = inspection();
  spoilt.padded_bytes = 16;
  EXPECT_TRUE(is_refused_on_trial(spoilt));
  spoilt = inspection();
  ++spoilt.envelope_bytes;
  EXPECT_TRUE(is_refused_on_trial(spoilt));
}

TEST_F(SealedVisit, IsAsLongWhateverWasAnswered) {
  to_questions();
  const auto nearly_empty = sealed().envelope.size();
  act(visit::Choose{"down"}, visit::Next{}, visit::Choose{"up"}, visit::Next{}, visit::Choose{"red"}, visit::Next{},
      visit::Write{std::string(40, 'w')}, visit::Next{});
  EXPECT_EQ(sealed().envelope.size(), nearly_empty);
}

}  // namespace
}  // namespace perspective::app
