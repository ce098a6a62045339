// Recorded speech: what a file says of itself, and that a broken one is refused wherever it is broken.
#include "survey/recording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "support/opus_file.h"

namespace perspective::survey {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class ARecording : public ::testing::Test {
 protected:
  ARecording() { fs::create_directories(folder_); }
  ~ARecording() override { fs::remove_all(folder_); }

  Bytes made(const std::string& language, const std::string& words, int duration_ms = 500, int channels = 1) {
    trial::record(folder_ / "a.opus", language, words, duration_ms, channels);
    return *read_file(folder_ / "a.opus");
  }
  static std::string fault(const Bytes& file) {
    const auto read = read_recording(file);
    return read ? "" : read.error().what;
  }

  fs::path folder_ = fs::path(::testing::TempDir()) / ("perspective-recording-" + std::to_string(::getpid()));
};

TEST_F(ARecording, SaysItsLanguageItsWordsAndHowLongItIs) {
  const auto read = read_recording(made("cy", "Sut wyt ti?", 1500));
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(read->language, "cy");
  EXPECT_EQ(read->words, "Sut wyt ti?");
  EXPECT_NEAR(static_cast<double>(read->duration_ms), 1500, 30);
  EXPECT_TRUE(read_recording(made("en", "Both", 500, 2)));
}

TEST_F(ARecording, ThatDoesNotSayItsWordsOrItsLanguageIsNone) {
  EXPECT_THAT(fault(made("cy", "")), HasSubstr("does not say its words"));
  EXPECT_THAT(fault(made("", "Ydw")), HasSubstr("does not say its language"));
}

TEST_F(ARecording, HasAnEnd) {
  EXPECT_THAT(fault(made("en", "Long", 61'000)), HasSubstr("longer than 60 seconds"));
  Bytes large = made("en", "Large");
  large.resize(kMaxRecordingBytes + 1);
  EXPECT_THAT(fault(large), HasSubstr("more than 256 KiB"));
}

TEST_F(ARecording, IsNoOtherFile) {
  EXPECT_THAT(fault({}), HasSubstr("no Ogg Opus file"));
  const std::string text = "This is no recording.";
  EXPECT_THAT(fault({text.begin(), text.end()}), HasSubstr("no Ogg Opus file"));
}

TEST_F(ARecording, IsOneFileAndNotSeveralBehindEachOther) {
  Bytes two = made("en", "One");
  const Bytes other = made("en", "Two");
  two.insert(two.end(), other.begin(), other.end());
  EXPECT_THAT(fault(two), HasSubstr("more than one recording"));
}

TEST_F(ARecording, CutShortAnywhereIsRefusedOrEndsWithAWholePage) {
  const Bytes whole = made("en", "Whole", 3000);
  int read = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    read += read_recording(ByteView(whole).first(size)).has_value() ? 1 : 0;
  }
  EXPECT_LE(read, 3) << "a page a second";
}

// Whatever a length in it says, no more is read than is there; the sanitizers look on.
TEST_F(ARecording, ChangedInAnyPlaceIsReadWithinItsBounds) {
  const Bytes whole = made("en", "Whole", 60);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const std::uint8_t value : Bytes{0x00, 0x01, 0x7f, 0xff}) {
      Bytes changed = whole;
      changed[at] = value;
      const auto read = read_recording(changed);
      if (read) {
        EXPECT_LE(read->duration_ms, kMaxRecording_s * 1000);
      }
    }
  }
}

}  // namespace
}  // namespace perspective::survey
