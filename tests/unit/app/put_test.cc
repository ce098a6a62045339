#include "support/trial_app.h"

namespace perspective::app {
namespace {

class APut : public trial::TrialApp {};

// Two visits that drew the same words: the envelope that is there is another person's.
TEST_F(APut, RefusedForAnothersEnvelopeUnderTheSameIdIsNotThankedFor) {
  start();
  answer_all();
  send();
  app_->put_finished(fail(ErrorCode::conflict, "there"));
  pass_time();
  EXPECT_EQ(app_->screen().id, "problem");
}

TEST_F(APut, RefusedAfterACrashTooIsNotThankedFor) {
  start();
  answer_all();
  send();
  crash();
  pass_time();
  app_->put_finished(fail(ErrorCode::conflict, "there"));
  EXPECT_EQ(app_->screen().id, "problem");
}

}  // namespace
}  // namespace perspective::app
