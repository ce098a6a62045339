#include "upload/last_day.h"

#include <sys/stat.h>

#include "base/file.h"
#include "kiosk_folder.h"

namespace perspective::upload {
namespace {

class LastDay : public KioskFolder {
 protected:
  void meet(int status, const std::string& date) {
    collector_->then_answer(status, {}, {{"date", date}});
    std::ignore = transport_->send({.path = "/", .headers = {}, .body = {}});
  }
  struct stat facts() const {
    struct stat facts {};
    EXPECT_EQ(::stat((folder_ / "last-day").c_str(), &facts), 0);
    return facts;
  }

  std::unique_ptr<ScriptedCollector> owned_ = std::make_unique<ScriptedCollector>();
  ScriptedCollector* collector_ = owned_.get();
  std::unique_ptr<Transport> transport_ = noting_day(std::move(owned_), folder_);
};

TEST_F(LastDay, IsNoneBeforeTheCollectorWasReached) {
  EXPECT_EQ(read_last_day(folder_), "");
  collector_->then_fail(ErrorCode::unreachable);
  std::ignore = transport_->send({.path = "/", .headers = {}, .body = {}});
  EXPECT_EQ(read_last_day(folder_), "");
}

TEST_F(LastDay, IsTheCollectorsDayAndNothingMore) {
  meet(200, "Sun, 22 Nov 2026 11:00:00 GMT");
  EXPECT_EQ(read_text(folder_ / "last-day").value(), "2026-11-22\n");
  EXPECT_EQ(facts().st_mtim.tv_sec, 0);
}

// So its inode tells only of the first contact of the day, whatever that was.
TEST_F(LastDay, IsWrittenOnceADay) {
  meet(200, "Sun, 22 Nov 2026 11:00:00 GMT");
  const auto before = facts();
  meet(200, "Sun, 22 Nov 2026 14:10:00 GMT");
  EXPECT_EQ(facts().st_ino, before.st_ino);
  EXPECT_EQ(facts().st_ctim.tv_nsec, before.st_ctim.tv_nsec);
  meet(304, "Mon, 23 Nov 2026 00:00:01 GMT");
  EXPECT_EQ(read_last_day(folder_), "2026-11-23");
}

TEST_F(LastDay, OfACollectorThatRefusesIsNotOne) {
  meet(403, "Sun, 22 Nov 2026 11:00:00 GMT");
  meet(200, "nonsense");
  EXPECT_EQ(read_last_day(folder_), "");
}

TEST_F(LastDay, ThatSomethingElseWroteIsNone) {
  for (const auto* spoilt : {"", "yesterday", "2026-11-2", "2026-11-222", "2026/11/22"}) {
    ASSERT_TRUE(write_file(folder_ / "last-day", as_bytes(spoilt)));
    EXPECT_EQ(read_last_day(folder_), "") << spoilt;
  }
}

}  // namespace
}  // namespace perspective::upload
