// The voice, and what of it is heard: SDL's disk driver writes down what was really played.
#include <espeak-ng/speak_lib.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "listener.h"
#include "platform/speech/stretch.h"
#include "platform/speech/voice.h"
#include "support/source_folder.h"

namespace perspective::platform {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::vector<std::string> questions(const std::string& language) {
  std::vector<std::string> lines;
  for (const char* questionnaire : {"children-and-young-people", "victims"}) {
    std::ifstream in(fs::path(kSourceFolder) / "assets" / "questionnaires" / questionnaire / "texts" /
                     (language + ".json"));
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto document = boost::json::parse(text);
    for (const auto& pair : document.as_object()) {
      const std::string_view key = pair.key();
      const bool is_question = key.starts_with("item.") && key.find('.', 5) == std::string_view::npos;
      if (!is_question) continue;
      std::istringstream all(std::string(pair.value().as_string()));
      for (std::string line; std::getline(all, line);) lines.push_back(line);
    }
  }
  return lines;
}

// All that the demonstration in that language says, but for what has arguments.
std::vector<std::string> texts_of_the_park(const std::string& language) {
  std::ifstream in(fs::path(kSourceFolder) / "tests" / "fixtures" / "town-park" / "texts" / (language + ".json"));
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto document = boost::json::parse(text);
  std::vector<std::string> lines;
  for (const auto& pair : document.as_object()) {
    if (pair.key() == "status") continue;
    std::istringstream all(std::string(pair.value().as_string()));
    for (std::string line; std::getline(all, line);) lines.push_back(line);
  }
  return lines;
}

std::size_t words_in(const std::string& text) {
  std::istringstream in(text);
  return static_cast<std::size_t>(std::distance(std::istream_iterator<std::string>(in), {}));
}

double loudness(std::span<const std::int16_t> frames) {  // root mean square
  double sum = 0;
  for (const auto frame : frames) sum += static_cast<double>(frame) * frame;
  return frames.empty() ? 0 : std::sqrt(sum / static_cast<double>(frames.size()));
}

class AVoice : public ::testing::TestWithParam<const char*> {};

TEST_P(AVoice, SaysTheQuestionsAtTheUsualWordsAMinute) {
  auto voice = Voice::open();
  ASSERT_TRUE(voice);
  std::size_t words = 0;
  std::size_t frames = 0;
  const std::string language = GetParam();
  const bool has_questions = language == "en" || language == "cy";
  for (const auto& line : has_questions ? questions(language) : texts_of_the_park(language)) {
    words += words_in(line);
    frames += voice->speak(line, GetParam()).frames.size();
  }
  ASSERT_GT(words, 120U);
  const double a_minute = static_cast<double>(words) * 60 * voice->rate_hz() / static_cast<double>(frames);
  RecordProperty("words_a_minute", std::to_string(a_minute));
  EXPECT_GE(a_minute, 120) << GetParam();
  EXPECT_LE(a_minute, 125) << GetParam();
}
INSTANTIATE_TEST_SUITE_P(Languages, AVoice, ::testing::Values("en", "cy", "ur", "bn"));

TEST(AVoiceOfALanguage, IsTheOneThatSpeaksIt) {
  auto voice = Voice::open();
  ASSERT_TRUE(voice);
  for (const std::string language : {"ur", "bn", "cy", "en"}) {
    EXPECT_FALSE(voice->speak("1", language).frames.empty());
    const std::string_view spoken = espeak_GetCurrentVoice()->languages + 1;  // behind a byte of priority
    EXPECT_TRUE(spoken.starts_with(language)) << spoken;
  }
}

TEST(ManyVoices, OneAfterTheOtherAllSpeak) {
  for (int i = 0; i < 4; ++i) {
    auto voice = Voice::open();
    ASSERT_TRUE(voice);
    EXPECT_GT(loudness(voice->speak("Hello", "en").frames), 100);
  }
}

TEST(WordsOfSpeech, AreThoseOfTheTextInItsOrder) {
  auto voice = Voice::open();
  ASSERT_TRUE(voice);
  for (const auto& [text, language] : std::initializer_list<std::pair<std::string, std::string>>{
           {"There are no wrong answers. 25% don't know, do they?", "en"}, {"Mae'r tŷ a'r dŵr yn ŵyl heddiw.", "cy"}}) {
    const auto speech = voice->speak(text, language);
    ASSERT_GE(speech.words.size() + 2, words_in(text)) << text;  // it may say two as one
    for (std::size_t i = 0; i < speech.words.size(); ++i) {
      const auto& word = speech.words[i];
      EXPECT_TRUE(word.begin == 0 || text[word.begin - 1] == ' ');
      EXPECT_TRUE(word.end == text.size() || text[word.end] == ' ');
      EXPECT_LT(word.frame, speech.frames.size());
      const bool is_later =
          i == 0 || (word.begin > speech.words[i - 1].begin && word.frame >= speech.words[i - 1].frame);
      EXPECT_TRUE(is_later);
    }
  }
}

Frames tone(int frequency_hz, int rate_hz) {
  Frames frames(static_cast<std::size_t>(rate_hz) * 2);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    frames[i] = static_cast<std::int16_t>(8000 * std::sin(2 * M_PI * frequency_hz * static_cast<double>(i) / rate_hz));
  }
  return frames;
}
double pitch_hz(const Frames& frames, int rate_hz) {
  int rises = 0;
  for (std::size_t i = 1; i < frames.size(); ++i) rises += frames[i - 1] < 0 && frames[i] >= 0;
  return static_cast<double>(rises) * rate_hz / static_cast<double>(frames.size());
}

TEST(StretchedSpeech, IsFasterOrSlowerAtTheSamePitch) {
  constexpr int kRate_hz = 22050;
  const Frames given = tone(150, kRate_hz);
  for (const int percent : visit::kRates_percent) {
    Stretch stretch(kRate_hz);
    stretch.set_percent(percent);
    Frames out;
    for (std::size_t at = 0; at < given.size(); at += 441) {
      const auto ready = stretch.put(std::span(given).subspan(at, std::min<std::size_t>(441, given.size() - at)));
      out.insert(out.end(), ready.begin(), ready.end());
    }
    const auto rest = stretch.finish();
    out.insert(out.end(), rest.begin(), rest.end());
    EXPECT_NEAR(static_cast<double>(out.size()) * percent / 100, static_cast<double>(given.size()), kRate_hz * 0.1)
        << percent;
    EXPECT_NEAR(pitch_hz(out, kRate_hz), 150, 6) << percent;
  }
}

Frames wound_off(Tape& tape, std::size_t count) {
  Frames frames(count);
  tape.wind_off(frames);
  return frames;
}

TEST(ATape, HasElevenVolumesAndThirtyDecibelsBetweenTheirEnds) {
  std::vector<double> levels;
  for (int volume = 0; volume < visit::kVolumes; ++volume) {
    Tape tape;
    tape.set_volume(volume);
    tape.wind_on(tone(300, 22050), std::nullopt);
    levels.push_back(20 * std::log10(loudness(wound_off(tape, 22050))));
  }
  EXPECT_NEAR(levels.back() - levels.front(), 30, 0.5);  // EN 301 549, 5.1.3.11: 18 at least
  EXPECT_NEAR(levels.at(4) - levels.front(), 12, 0.5);   // 5.1.3.12: one step 12 above the lowest
  for (std::size_t i = 1; i < levels.size(); ++i) EXPECT_NEAR(levels[i] - levels[i - 1], 3, 0.5);
}

TEST(ATape, LosesNothingByAPauseAndIsSilentDuringIt) {
  Tape tape;
  tape.set_volume(visit::kVolumes - 1);
  Frames counted(100);
  for (std::size_t i = 0; i < counted.size(); ++i) counted[i] = static_cast<std::int16_t>(i + 1);
  tape.wind_on(counted, std::nullopt);
  EXPECT_EQ(wound_off(tape, 40).back(), 40);
  tape.pause(true);
  EXPECT_EQ(loudness(wound_off(tape, 1000)), 0);
  tape.pause(false);
  EXPECT_EQ(wound_off(tape, 60), Frames(counted.begin() + 40, counted.end()));
}

TEST(ATape, ThatWasCutHasOnlyWhatCameAfter) {
  Tape tape;
  tape.set_volume(visit::kVolumes - 1);
  tape.wind_on(Frames(1000, 111), Tape::Heard(access::SpokenWord{"old", 0, 1}));
  tape.cut();
  tape.wind_on(Frames(10, 222), Tape::Heard(access::SpokenWord{"new", 0, 1}));
  const auto heard = wound_off(tape, 100);
  EXPECT_EQ(std::ranges::count(heard, 111), 0);
  EXPECT_EQ(std::ranges::count(heard, 222), 10);
  EXPECT_EQ(tape.word_now()->item, "new");
}

// What is really played goes to a file, at the pace of a sound device.
class ASpeaker : public ::testing::Test {
 protected:
  static constexpr std::size_t kRate_hz = 22050;
  static constexpr std::size_t kBlock = 2048;  // frames that SDL keeps until it writes them
  static constexpr std::size_t kBuffer = 512;  // the device's: 23 ms of the 100 that EN 301 549, 5.1.3.5 leaves

  ASpeaker() : path_(fs::path(::testing::TempDir()) / ("perspective-speech-" + std::to_string(::getpid()))) {}
  ~ASpeaker() override { fs::remove(path_); }

  static access::Said said(std::string text) {
    const auto bytes = text.size();
    return {.text = std::move(text), .language = "en", .item = "item", .shown_at = 0, .shown_bytes = bytes};
  }
  std::size_t frames_written() const { return fs::exists(path_) ? fs::file_size(path_) / 2 : 0; }
  template <typename Condition>
  static bool comes_true(Condition condition, milliseconds limit = milliseconds{60000}) {
    const auto end = steady_clock::now() + limit;
    while (!condition()) {
      if (steady_clock::now() > end) return false;
      std::this_thread::sleep_for(milliseconds{5});
    }
    return true;
  }

  fs::path path_;
};

TEST_F(ASpeaker, IsHeardAndShowsEachWordInItsTurn) {
  Listener listener(path_);
  const std::string text = "Staff here listen";
  listener.speaker().say({said(text)});
  std::vector<std::string> words;
  for (const auto& word : listener.hear()) words.push_back(text.substr(word.begin, word.end - word.begin));
  EXPECT_EQ(words, (std::vector<std::string>{"Staff", "here", "listen"}));
  EXPECT_TRUE(listener.speaker().is_heard());
  EXPECT_GT(loudness(played(path_)), 100);
}

TEST_F(ASpeaker, IsSilentAfterStopAndLetsTheDeviceGo) {
  Listener listener(path_);
  listener.speaker().say(
      {said("This is a long sentence that nobody is going to hear to its end, however long they wait for it.")});
  ASSERT_TRUE(comes_true([&] { return without_silence(played(path_)).size() > kRate_hz / 2; }));
  listener.speaker().stop();
  const auto at_stop = frames_written();
  const auto silent_from = at_stop + kBlock + kBuffer;
  // Once the device is closed the file is whole and grows no more: no wake-up is left.
  ASSERT_TRUE(comes_true([&] {
    const auto before = frames_written();
    std::this_thread::sleep_for(milliseconds{400});
    return before > silent_from && frames_written() == before;
  }));
  const auto all = played(path_);
  EXPECT_EQ(loudness(std::span(all).subspan(silent_from)), 0);
  EXPECT_GT(loudness(without_silence({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(at_stop)})), 100);
}

TEST_F(ASpeaker, ChangesItsRateInTheMiddleOfASentenceAndLosesNoWord) {
  Listener listener(path_);
  visit::Sound sound;
  sound.rate = 6;
  listener.speaker().set_sound(sound);
  const std::string text = "one two three four five six seven eight nine ten";
  listener.speaker().say({said(text)});
  ASSERT_GE(listener.hear(4).size(), 4U);
  sound.rate = 2;
  listener.speaker().set_sound(sound);
  EXPECT_EQ(listener.hear().size(), words_in(text));
}

TEST(ASpeakerWithoutADevice, IsSilentAndSaysSo) {
  ::setenv("SDL_AUDIODRIVER", "there-is-none", 1);
  std::atomic<int> changes = 0;
  EspeakSpeaker speaker({[] {}, [&] { ++changes; }});
  speaker.say({{.text = "Hello", .language = "en", .item = "item"}});
  const auto end = steady_clock::now() + milliseconds{5000};
  while (speaker.is_heard() && steady_clock::now() < end) std::this_thread::sleep_for(milliseconds{5});
  EXPECT_FALSE(speaker.is_heard());
  EXPECT_EQ(changes, 1);
  EXPECT_FALSE(speaker.word_now());
}

TEST(ASpeakerWithoutADevice, SaysSoBeforeAnyWord) {
  ::setenv("SDL_AUDIODRIVER", "there-is-none", 1);
  std::atomic<int> changes = 0;
  EspeakSpeaker speaker({[] {}, [&] { ++changes; }});
  speaker.look();
  const auto end = steady_clock::now() + milliseconds{5000};
  while (speaker.is_heard() && steady_clock::now() < end) std::this_thread::sleep_for(milliseconds{5});
  EXPECT_FALSE(speaker.is_heard());
  EXPECT_EQ(changes, 1);
}

}  // namespace
}  // namespace perspective::platform
