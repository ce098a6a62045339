// A speaker that is not heard: it remembers what it was told, in order, and says each word when the test says so.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/speaker.h"

namespace perspective::trial {

class RecordingSpeaker final : public access::Speaker {
 public:
  void say(std::vector<access::Said> said) override {
    is_paused = false;
    now = std::move(said);
    for (const auto& each : now) all.push_back(each.text);
    ++turns;
  }
  void stop() override { say({}); }
  void pause(bool pauses) override { is_paused = pauses; }
  void set_sound(const visit::Sound& chosen) override { sound = chosen; }
  std::optional<access::SpokenWord> word_now() const override { return word; }
  bool is_heard() const override { return has_device; }

  std::string text() const {  // of what is to be said now
    std::string joined;
    for (const auto& each : now) joined += each.text + "\n";
    return joined;
  }

  std::vector<access::Said> now;
  std::vector<std::string> all;
  int turns = 0;
  bool is_paused = false;
  bool has_device = true;
  visit::Sound sound;
  std::optional<access::SpokenWord> word;
};

}  // namespace perspective::trial
