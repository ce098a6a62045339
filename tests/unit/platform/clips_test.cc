// Recorded speech: files as opusenc makes them, and broken ones. A tone stands for the recording of a person.
#include <gtest/gtest.h>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <span>

#include "base/file.h"
#include "listener.h"
#include "platform/speech/clips.h"
#include "support/opus_file.h"

namespace perspective::platform {
namespace {

namespace fs = std::filesystem;

constexpr int kRate_hz = 22050;
using trial::kTone_hz;

double pitch_hz(std::span<const std::int16_t> frames) {
  int rises = 0;
  for (std::size_t i = 1; i < frames.size(); ++i) rises += frames[i - 1] < 0 && frames[i] >= 0;
  return static_cast<double>(rises) * kRate_hz / static_cast<double>(frames.size());
}

class Recordings : public ::testing::Test {
 protected:
  Recordings() { fs::create_directories(folder_ / "cy"); }
  ~Recordings() override { fs::remove_all(folder_); }

  void record(const std::string& name, const std::string& language, const std::string& words, int duration_ms = 1000) {
    trial::record(folder_ / name, language, words, duration_ms);
  }
  Bytes packed(const std::string& language, const std::string& words, int duration_ms = 1000) {
    record("packed", language, words, duration_ms);  // no name that is looked for
    return *read_file(folder_ / "packed");
  }

  fs::path folder_ = fs::path(::testing::TempDir()) / ("perspective-clips-" + std::to_string(::getpid()));
};

TEST_F(Recordings, AreFoundByTheirLanguageAndTheirWords) {
  record("yes.opus", "en", "Yes");
  record("cy/yes.opus", "cy", "Ydw", 500);
  const auto clips = Clips::in(folder_);
  const auto english = clips.frames("en", "Yes", kRate_hz);
  ASSERT_TRUE(english);
  EXPECT_NEAR(static_cast<double>(english->size()), kRate_hz, kRate_hz * 0.02);
  EXPECT_NEAR(pitch_hz(*english), kTone_hz, 5);
  EXPECT_NEAR(static_cast<double>(clips.frames("cy", "Ydw", kRate_hz)->size()), kRate_hz / 2.0, kRate_hz * 0.02);
  EXPECT_FALSE(clips.has("cy", "Yes"));
}

TEST_F(Recordings, OfWordsThatWereChangedAreNotUsed) {
  record("yes.opus", "en", "Yes");
  EXPECT_FALSE(Clips::in(folder_).frames("en", "Yes, please", kRate_hz));
}

TEST_F(Recordings, ThatAreBrokenOrTooLongOrTooLargeAreAsIfTheyWereNotThere) {
  record("whole.opus", "en", "Whole");
  record("long.opus", "en", "Long", 61'000);
  record("large.opus", "en", "Large");
  std::ofstream(folder_ / "large.opus", std::ios::app) << std::string(Clips::kMaxFileBytes, 'x');
  std::ofstream(folder_ / "none.opus") << "This is no recording.";
  record("cut.opus", "en", "Cut");
  fs::resize_file(folder_ / "cut.opus", 60);
  const auto clips = Clips::in(folder_);
  EXPECT_TRUE(clips.has("en", "Whole"));
  for (const char* words : {"Long", "Large", "Cut"}) EXPECT_FALSE(clips.has("en", words)) << words;
}

TEST_F(Recordings, ThatBreakWhileTheKioskRunsAreNotHalfHeard) {
  record("yes.opus", "en", "Yes");
  const auto clips = Clips::in(folder_);
  std::ofstream(folder_ / "yes.opus") << "gone";
  EXPECT_FALSE(clips.frames("en", "Yes", kRate_hz));
}

// As a disk or a stick alters them: all that frames them is as it was.
TEST_F(Recordings, AlteredInTheMiddleAreNotHalfHeard) {
  Bytes altered = packed("en", "Yes", 5000);
  altered[altered.size() / 2] ^= 0xFFU;
  ASSERT_TRUE(write_file(folder_ / "altered.opus", altered));
  for (const Clips& clips : {Clips::in(folder_), Clips::in({}, {altered})}) {
    EXPECT_FALSE(clips.frames("en", "Yes", kRate_hz));
  }
}

TEST_F(Recordings, OfPackagesGoBeforeThoseOfTheFolder) {
  record("yes.opus", "en", "Yes");
  const auto clips = Clips::in(folder_, {packed("en", "Yes", 500), packed("cy", "Ydw")});
  EXPECT_NEAR(static_cast<double>(clips.frames("en", "Yes", kRate_hz)->size()), kRate_hz / 2.0, kRate_hz * 0.02);
  EXPECT_TRUE(clips.has("cy", "Ydw"));
}

TEST_F(Recordings, OfPackagesThatAreBrokenAreAsIfTheyWereNotThere) {
  Bytes broken = packed("en", "Yes");
  broken.resize(60);
  EXPECT_FALSE(Clips::in({}, {broken}).has("en", "Yes"));
}

class ASpeakerWithRecordings : public Recordings {
 protected:
  static access::Said said(std::string text, std::size_t shown_at, std::size_t shown_bytes) {
    return {
        .text = std::move(text), .language = "en", .item = "item", .shown_at = shown_at, .shown_bytes = shown_bytes};
  }
  // Says it to its end; gives the words that stood out, and the frames that were heard.
  std::vector<std::string> words_shown(const access::Said& said, int rate = visit::kUsualRate) {
    const std::string label = said.shown_at == access::kNotShown ? std::string(said.shown_bytes, 'x')
                                                                 : said.text.substr(said.shown_at, said.shown_bytes);
    const fs::path file = folder_ / "played";
    std::vector<std::string> words;
    {
      Listener listener(file, folder_, packed_);
      listener.speaker().set_sound({.rate = rate, .volume = visit::kVolumes - 1});
      listener.speaker().say({said});
      for (const auto& word : listener.hear()) words.push_back(label.substr(word.begin, word.end - word.begin));
    }
    heard_ = without_silence(played(file));
    return words;
  }

  bool is_tone_heard() const {
    const auto heard = std::span(heard_);
    for (std::size_t at = 0; at + kRate_hz / 4 < heard.size(); at += kRate_hz / 20) {
      if (std::abs(pitch_hz(heard.subspan(at, kRate_hz / 4)) - kTone_hz) < 5) return true;
    }
    return false;
  }

  Frames heard_;
  std::vector<Bytes> packed_;
};

TEST_F(ASpeakerWithRecordings, PlaysThemInPlaceOfItsVoiceAndShowsThemWhole) {
  record("yes.opus", "en", "Yes, I do");
  EXPECT_EQ(words_shown(said("Yes, I do", 0, 9)), std::vector<std::string>{"Yes, I do"});
  EXPECT_NEAR(pitch_hz(std::span(heard_).first(kRate_hz / 2)), kTone_hz, 10);
}

TEST_F(ASpeakerWithRecordings, PlaysThoseOfWordsThatAreSaidOtherwiseThanTheyStand) {
  record("call.opus", "en", "Call 0 8 0 0");
  EXPECT_EQ(words_shown(said("Call 0 8 0 0", access::kNotShown, 9)), std::vector<std::string>{"xxxxxxxxx"});
  EXPECT_NEAR(pitch_hz(std::span(heard_).first(kRate_hz / 2)), kTone_hz, 10);
}

TEST_F(ASpeakerWithRecordings, PlaysThemWithinWhatIsSaidAroundThem) {
  record("yes.opus", "en", "Yes, I do");
  EXPECT_EQ(words_shown(said("1. Yes, I do, selected", 3, 9)), std::vector<std::string>{"Yes, I do"});
  EXPECT_TRUE(is_tone_heard());
}

// "1. Nine nine nine", where "999" stands: the twin is what was recorded, and the label is what stands out.
TEST_F(ASpeakerWithRecordings, PlaysThoseOfATwinWithinWhatIsSaidAroundIt) {
  record("nines.opus", "en", "Nine nine nine");
  auto option = said("1. Nine nine nine, selected", access::kNotShown, 3);
  option.own_at = 3;
  option.own_bytes = 14;
  EXPECT_EQ(words_shown(option), std::vector<std::string>{"xxx"});
  EXPECT_TRUE(is_tone_heard());
}

TEST_F(ASpeakerWithRecordings, PlaysThemFasterAtTheSamePitch) {
  record("yes.opus", "en", "Yes, I do", 2000);
  words_shown(said("Yes, I do", 0, 9), 6);
  const auto last =
      std::ranges::find_if(heard_.rbegin(), heard_.rend(), [](auto frame) { return std::abs(frame) > 500; });
  const auto sounding = static_cast<std::size_t>(heard_.rend() - last);
  EXPECT_NEAR(static_cast<double>(sounding), kRate_hz, kRate_hz * 0.2);  // 2 s at 200 %
  EXPECT_NEAR(pitch_hz(std::span(heard_).first(kRate_hz / 2)), kTone_hz, 10);
}

TEST_F(ASpeakerWithRecordings, PlaysThoseThatAPackageBrought) {
  packed_ = {packed("en", "Yes, I do")};
  EXPECT_EQ(words_shown(said("Yes, I do", 0, 9)), std::vector<std::string>{"Yes, I do"});
  EXPECT_NEAR(pitch_hz(std::span(heard_).first(kRate_hz / 2)), kTone_hz, 10);
}

TEST_F(ASpeakerWithRecordings, FallsBackToItsVoiceWhereThereIsNone) {
  record("yes.opus", "en", "Yes, I do");
  fs::resize_file(folder_ / "yes.opus", 60);
  EXPECT_EQ(words_shown(said("Yes, I do", 0, 9)), (std::vector<std::string>{"Yes,", "I", "do"}));
}

}  // namespace
}  // namespace perspective::platform
