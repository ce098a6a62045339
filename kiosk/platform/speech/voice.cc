#include "platform/speech/voice.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace perspective::platform {
namespace {

constexpr int kBlock_ms = 200;
constexpr int kWordGap_10ms = 2;

// espeak-ng's rate at which the questions of both questionnaires, in Urdu and Bengali the texts of a fixture, take 120
// to 125 words a minute, pauses between sentences included (measured with version 1.51;
// tests/unit/platform/speech_test.cc measures again).
struct Spoken {
  std::string_view language;
  const char* voice;
  int rate;
};
constexpr std::array<Spoken, 4> kSpoken{
    {{"en", "en-gb", 122}, {"cy", "cy", 132}, {"ur", "ur", 154}, {"bn", "bn", 175}}};
constexpr int kRateOfOthers = 125;

struct Raw {
  std::vector<std::int16_t> frames;
  std::vector<std::pair<int, int>> words;  // character from 0, milliseconds
};

int take(short* wave, int count, espeak_EVENT* event) {
  Raw* raw = nullptr;
  for (; event->type != espeakEVENT_LIST_TERMINATED; ++event) {
    raw = static_cast<Raw*>(event->user_data);
    if (raw != nullptr && event->type == espeakEVENT_WORD) {
      raw->words.emplace_back(event->text_position - 1, event->audio_position);
    }
  }
  if (raw == nullptr) raw = static_cast<Raw*>(event->user_data);
  if (raw != nullptr && wave != nullptr && count > 0) raw->frames.insert(raw->frames.end(), wave, wave + count);
  return 0;
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }
bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

// What stands between white space, with the number of the character after its last.
struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  int last = 0;
};
std::vector<Token> tokens_of(const std::string& text) {
  std::vector<Token> tokens;
  int character = -1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (begins_character(text[i])) ++character;
    if (is_space(text[i])) continue;
    const bool is_first = i == 0 || is_space(text[i - 1]);
    if (is_first) tokens.push_back({i, i, character});
    tokens.back().end = i + 1;
    tokens.back().last = character;
  }
  return tokens;
}

// espeak-ng joins words ("There are"), splits others ("25%"), and ends clauses with events of no word.
std::vector<SpeechWord> words_of(const std::string& text, const Raw& raw, int rate_hz) {
  const auto tokens = tokens_of(text);
  std::vector<SpeechWord> words;
  std::size_t next = 0;  // token
  for (const auto& [character, time_ms] : raw.words) {
    if (character < 0) continue;
    auto at = next;
    while (at < tokens.size() && tokens[at].last < character) ++at;
    if (at == tokens.size()) break;
    const bool is_said_already = at + 1 == next || (next > 0 && character <= tokens[next - 1].last);
    if (is_said_already) continue;
    words.push_back({tokens[at].begin, tokens[at].end,
                     static_cast<std::size_t>(time_ms) * static_cast<std::size_t>(rate_hz) / 1000});
    next = at + 1;
  }
  return words;
}

}  // namespace

// Never terminated: espeak-ng 1.51 waits for a thread of its own for ever when it is begun and ended a second time.
Result<Voice> Voice::open() {
  const bool is_begun = espeak_ng_GetSampleRate() > 0;
  const int rate_hz = is_begun
                          ? espeak_ng_GetSampleRate()
                          : espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, kBlock_ms, nullptr, espeakINITIALIZE_DONT_EXIT);
  if (rate_hz <= 0) return fail(ErrorCode::not_found, "speech: espeak-ng's data is not there");
  espeak_SetSynthCallback(take);
  espeak_SetParameter(espeakWORDGAP, kWordGap_10ms, 0);
  return Voice(rate_hz);
}

Speech Voice::speak(const std::string& text, const std::string& language) {
  if (language != language_) {
    const auto* known = std::ranges::find(kSpoken, language, &Spoken::language);
    const bool is_known = known != kSpoken.end();
    espeak_VOICE wanted{};
    wanted.languages = is_known ? known->voice : language.c_str();
    if (espeak_SetVoiceByProperties(&wanted) != EE_OK) {
      wanted.languages = kSpoken.front().voice;
      espeak_SetVoiceByProperties(&wanted);
    }
    espeak_SetParameter(espeakRATE, is_known ? known->rate : kRateOfOthers, 0);
    language_ = language;
  }
  Raw raw;
  espeak_Synth(text.c_str(), text.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8 | espeakENDPAUSE, nullptr, &raw);
  return {std::move(raw.frames), words_of(text, raw, rate_hz_)};
}

}  // namespace perspective::platform
