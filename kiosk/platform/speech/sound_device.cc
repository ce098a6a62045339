#include "platform/speech/sound_device.h"

#include <SDL2/SDL.h>

#include <span>
#include <string>

namespace perspective::platform {
namespace {

// 23 ms at 22 050 Hz: what is said is cut within 100 ms (EN 301 549, 5.1.3.5), the sound server's own buffer included.
constexpr Uint16 kFramesABuffer = 512;

int begin() {
  SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");  // else SDL swallows SIGTERM
  SDL_SetHint(SDL_HINT_AUDIO_DEVICE_APP_NAME, "Perspective");
  return SDL_InitSubSystem(SDL_INIT_AUDIO);
}

}  // namespace

Result<std::unique_ptr<SoundDevice>> SoundDevice::open(int rate_hz, Tape& tape, const std::function<void()>& changed) {
  if (begin() != 0) {
    return fail(ErrorCode::unreachable, std::string("sound: ") + SDL_GetError(), true);
  }
  std::unique_ptr<SoundDevice> sound(new SoundDevice(tape, changed));
  SDL_AudioSpec wanted{};
  wanted.freq = rate_hz;
  wanted.format = AUDIO_S16SYS;
  wanted.channels = 1;
  wanted.samples = kFramesABuffer;
  wanted.callback = fill;
  wanted.userdata = sound.get();
  sound->device_ = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
  if (sound->device_ == 0) return fail(ErrorCode::unreachable, std::string("sound: ") + SDL_GetError(), true);
  SDL_PauseAudioDevice(sound->device_, 0);
  return sound;
}

bool SoundDevice::is_there() {
  if (begin() != 0) return false;
  const int count = SDL_GetNumAudioDevices(0);  // negative: they cannot be listed, one may be there
  SDL_QuitSubSystem(SDL_INIT_AUDIO);
  return count != 0;
}

void SoundDevice::leave_thread() { SDL_TLSCleanup(); }

SoundDevice::~SoundDevice() {
  if (device_ != 0) SDL_CloseAudioDevice(device_);
  SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

void SoundDevice::fill(void* self, unsigned char* bytes, int count) {
  auto& sound = *static_cast<SoundDevice*>(self);
  const std::span frames(reinterpret_cast<std::int16_t*>(bytes),
                         static_cast<std::size_t>(count) / sizeof(std::int16_t));
  if (sound.tape_.wind_off(frames)) sound.changed_();
}

}  // namespace perspective::platform
