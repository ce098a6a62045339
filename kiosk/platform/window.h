// The kiosk's window: draws the app's Screen, hands it keys and touches, and blocks in one place, GLib's main context.
//
// Promise:   idle costs nothing: no timer, no wake-up. A press counts when it starts and ends in the same target; a
//            held key acts once. Sizes are millimetres of the real monitor.
// Errors:    open: io when there is no display or no OpenGL 3.3.
// Ownership: owns the model's functions; what they refer to must outlive it.
// Threads:   the thread that opened it; stop() and the watches are called there. wake() from any.
// Units:     window sizes in pixels, monitor sizes in millimetres.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "access/theme.h"
#include "base/result.h"
#include "platform/model.h"
#include "platform/monitor.h"

namespace perspective::platform {

// platform knows no app: main.cc says Window::open(model_of(app), options).
template <typename App>
Model model_of(App& app) {
  return {.screen = [&app]() -> const screen::Screen& { return app.screen(); },
          .focused = [&app]() -> const std::optional<std::string>& { return app.focused(); },
          .lit = [&app]() -> const std::vector<std::string>& { return app.lit(); },
          .serial = [&app] { return app.serial(); },
          .settings = [&app] { return app.settings(); },
          .spoken = [&app] { return app.word_now(); },
          .picture = [&app](const std::string& name) { return app.picture(name); },
          .press = [&app](std::string_view id) { app.press(id); },
          .focus = [&app](std::string_view id) { app.focus(id); },
          .control = [&app](const access::Press& press) { return app.control(press); },
          .handle = [&app](const access::Verb& verb) { app.handle(verb); },
          .write = [&app](std::string_view id, std::string text) { app.write(id, std::move(text)); },
          .edit = [&app](std::string_view id, const visit::Action& action) { app.edit(id, action); },
          .set_more = [&app](screen::More more) { app.set_more(more); },
          .notice_input = [&app] { return app.notice_input(); },
          .notice_touch = [&app] { return app.notice_touch(); },
          .notice_miss = [&app] { app.notice_miss(); },
          .cover = [&app] { return app.cover(); },
          .set_screen_reader = [&app](bool is_there) { app.set_screen_reader(is_there); }};
}

struct WindowOptions {
  std::optional<Size> window_px;   // nothing: the whole of the first monitor
  std::optional<Size> monitor_mm;  // nothing: as the monitor reports itself
  float viewing_mm = access::kViewingMm;
  bool is_hidden = false;  // started ahead: waits for show()
  std::string hook;        // test builds: path of the Unix socket to listen on; empty: none
};

class Window {
 public:
  static Result<Window> open(Model model, const WindowOptions& options);
  Window(Window&&) noexcept;
  Window& operator=(Window&&) noexcept;
  ~Window();

  // Calls ready() on this thread whenever the descriptor can be read or has hung up, until it returns false.
  void watch(int descriptor, std::function<bool()> ready);
  // Calls then() once on this thread; not where run() has ended by then.
  void after(std::chrono::milliseconds duration, std::function<void()> then);
  // The same, in place of the last such wish for that alarm; zero: never mind.
  enum class Alarm { quiet, scan };
  void set_alarm(Alarm alarm, std::chrono::milliseconds duration, std::function<void()> then);
  // With its picture; what was pressed before, for another window, the display forgets. For kDeaf nothing that is
  // pressed counts where it was hidden: whoever taps "Finish" twice has meant the window that is gone. A screen
  // reader's does.
  void show();
  static constexpr std::chrono::milliseconds kDeaf{500};
  void hide();
  // Draws a hidden window, unseen: fonts are then read and shaders compiled, and show() is quick.
  void draw_ahead();
  Size monitor_px() const;
  float pixels_per_mm() const;  // as the window draws
  void redraw();                // after the app changed by other means than this window (put_finished, set_status)
  void wake();                  // redraw(), from any thread
  void post(std::function<void()> then);  // calls it once on the window's thread; from any
  void run();                             // until stop()
  void stop();

 private:
  struct State;
  explicit Window(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace perspective::platform
