#include "platform/window.h"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <glib.h>
#include <imgui.h>

#include <array>
#include <clocale>
#include <cmath>
#include <utility>

#include "access/focus.h"
#include "platform/bus/window_side.h"
#include "platform/gl_textures.h"
#include "platform/glfw_keys.h"
#include "platform/main_loop.h"
#include "platform/presses.h"
#include "platform/stage.h"
#include "platform/x11_source.h"
#include "platform/x11_touch.h"
#ifdef PERSPECTIVE_TEST_HOOKS
#include "platform/hook/hook.h"
#endif

namespace perspective::platform {
namespace {

// After an event ImGui needs a frame to see it, one to act, one to rest.
constexpr int kFramesAfterEvent = 3;

Size reported_mm(GLFWmonitor* monitor) {
  Size mm;
  glfwGetMonitorPhysicalSize(monitor, &mm.width, &mm.height);
  return mm;
}

}  // namespace

struct Window::State {
  GLFWwindow* window = nullptr;
  GSource* x11 = nullptr;
  std::unique_ptr<X11Touch> touch;
  std::unique_ptr<Stage> stage;
  std::unique_ptr<bus::Bus> bus;  // while the window is seen
  bool is_key_taken = false;      // by a screen reader
  Size monitor_px;
  float pixels_per_mm = 1;
  Presses presses{{.key = [this](const HeardKey& heard) { stage->key(heard); },
                   .character = [this](std::uint32_t character) { stage->character(character); },
                   .wait = [this](std::chrono::milliseconds duration) { wait_for_held(duration); }}};
  guint held = 0;     // the timer of a key that is being held
  guint resting = 0;  // of a finger, or the mouse
  int frames_due = kFramesAfterEvent;
  std::array<guint, 2> alarms = {};  // timers of set_alarm(); 0: none
  bool is_running = true;
  bool is_hidden = false;
  bool is_deaf = false;  // it has taken another's place just now
#ifdef PERSPECTIVE_TEST_HOOKS
  std::unique_ptr<Hook> hook;
#endif

  ~State() {
    touch.reset();
    bus.reset();
    stage.reset();
    if (x11 != nullptr) {
      g_source_destroy(x11);
      g_source_unref(x11);
    }
    if (window == nullptr) return;
    if (ImGui::GetCurrentContext() != nullptr) {
      ImGui_ImplOpenGL3_Shutdown();
      ImGui_ImplGlfw_Shutdown();
      ImGui::DestroyContext();
    }
    glfwDestroyWindow(window);
    glfwTerminate();
  }

  access::Instant now() const { return access::Instant(static_cast<std::int64_t>(glfwGetTime() * 1000)); }
  void hear_key(int key, int scancode, int action, int modifiers);
  void hear_button(int button, int action);
  void wait_for_held(std::chrono::milliseconds duration);
  void show_when_rested();
  void be_deaf();
  void awake() { frames_due = kFramesAfterEvent; }
  void set_callbacks();
  Result<void> set_up_drawing();
  void draw();
  void open_bus();
  bus::Scene scene() const;
  void settle();
#ifdef PERSPECTIVE_TEST_HOOKS
  Result<void> open_hook(const std::string& path);
#endif
};

void Window::State::hear_key(int key, int scancode, int action, int modifiers) {
  awake();
  is_key_taken = is_deaf;
  if (is_deaf) return;
  HeardKey heard = heard_key(key, scancode, action, modifiers);
  heard.press.is_never_a_switch = heard.press.is_never_a_switch || writes_with_others(x11_symbol(scancode));
  if (action == GLFW_PRESS && stage->notice_input()) return;
  // No screen reader repeats the digits of a PIN.
  const bool is_secret = access::has_number_pad(stage->screen());
  is_key_taken = !is_secret && bus && bus->key(bus::key_event(action, modifiers, scancode));
  if (action == GLFW_RELEASE) return presses.up(heard.press.control, now());
  if (is_key_taken) return;
  if (action == GLFW_REPEAT) return presses.repeat(heard);
  presses.down(heard, now(), stage->settings().input);
}

// The left one is the pointer's: ImGui has it.
void Window::State::hear_button(int button, int action) {
  awake();
  if (button == GLFW_MOUSE_BUTTON_LEFT && action == GLFW_PRESS) return show_when_rested();
  if (button == GLFW_MOUSE_BUTTON_LEFT || is_deaf) return;
  const HeardKey heard{.press = {.control = {visit::Control::Kind::button, button}}, .meaning = {}};
  if (action == GLFW_RELEASE) return presses.up(heard.press.control, now());
  if (stage->notice_input()) return;
  presses.down(heard, now(), stage->settings().input);
}

void Window::State::wait_for_held(std::chrono::milliseconds duration) {
  if (held != 0) g_source_remove(held);
  held = call_after(duration + std::chrono::milliseconds(5), [this] {  // too early would be lost
    held = 0;
    awake();
    presses.due(now());
  });
}

// The ring comes when a press has rested long enough, though nothing else happens then.
void Window::State::show_when_rested() {
  const auto rest = access::times_of(stage->settings().input).held;
  if (rest.count() == 0) return;
  if (resting != 0) g_source_remove(resting);
  resting = call_after(rest + std::chrono::milliseconds(20), [this] {  // with the frame that saw it begin
    resting = 0;
    awake();
  });
}

void Window::State::be_deaf() {
  is_deaf = true;
  ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NoMouse;  // a press that begins now begins nowhere
  call_after(kDeaf, [this] {
    is_deaf = false;
    ImGui::GetIO().ConfigFlags &= ~ImGuiConfigFlags_NoMouse;
  });
}

void Window::State::set_callbacks() {
  glfwSetWindowUserPointer(window, this);
  glfwSetKeyCallback(window, [](GLFWwindow* of, int key, int scancode, int action, int modifiers) {
    static_cast<State*>(glfwGetWindowUserPointer(of))->hear_key(key, scancode, action, modifiers);
  });
  glfwSetCharCallback(window, [](GLFWwindow* of, unsigned character) {
    auto* state = static_cast<State*>(glfwGetWindowUserPointer(of));
    state->awake();
    if (!state->is_key_taken) state->presses.character(character);
  });
  glfwSetScrollCallback(window, [](GLFWwindow* of, double, double steps) {
    auto* state = static_cast<State*>(glfwGetWindowUserPointer(of));
    state->awake();
    if (state->stage->notice_input()) return;
    state->stage->wheel(static_cast<float>(steps));
  });
  glfwSetCursorPosCallback(
      window, [](GLFWwindow* of, double, double) { static_cast<State*>(glfwGetWindowUserPointer(of))->awake(); });
  glfwSetMouseButtonCallback(window, [](GLFWwindow* of, int button, int action, int) {
    static_cast<State*>(glfwGetWindowUserPointer(of))->hear_button(button, action);
  });
  glfwSetWindowFocusCallback(window,
                             [](GLFWwindow* of, int) { static_cast<State*>(glfwGetWindowUserPointer(of))->awake(); });
  glfwSetWindowRefreshCallback(window,
                               [](GLFWwindow* of) { static_cast<State*>(glfwGetWindowUserPointer(of))->awake(); });
  glfwSetFramebufferSizeCallback(
      window, [](GLFWwindow* of, int, int) { static_cast<State*>(glfwGetWindowUserPointer(of))->awake(); });
}

Result<void> Window::State::set_up_drawing() {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // nothing of a visit goes to a file
  io.LogFilename = nullptr;
  if (!ImGui_ImplGlfw_InitForOpenGL(window, true) || !ImGui_ImplOpenGL3_Init("#version 330 core")) {
    return fail(ErrorCode::io, "window: OpenGL 3.3 is needed and is not there");
  }
  use_one_kind_of_texture();
  return {};
}

void Window::State::draw() {
  int width = 0;
  int height = 0;
  glfwGetFramebufferSize(window, &width, &height);
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
  if (stage->frame(static_cast<float>(width), static_cast<float>(height))) awake();
  if (bus && bus->is_on()) bus->show(scene());
  ImGui::Render();
  glViewport(0, 0, width, height);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
#ifdef PERSPECTIVE_TEST_HOOKS
  if (frames_due == 0) settle();
#endif
  glfwSwapBuffers(window);
}

bus::Scene Window::State::scene() const {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  glfwGetWindowPos(window, &x, &y);
  glfwGetFramebufferSize(window, &width, &height);
  const Rect place = {static_cast<float>(x), static_cast<float>(y), static_cast<float>(width),
                      static_cast<float>(height)};
  return bus::scene_of(*stage, place, glfwGetWindowAttrib(window, GLFW_FOCUSED) == GLFW_TRUE);
}

void Window::State::open_bus() {
  bus = std::make_unique<bus::Bus>(bus::Host{.actions = bus::actions_of(*stage, [this] { awake(); }),
                                             .scene = [this] { return scene(); },
                                             .has_reader =
                                                 [this](bool is_there) {
                                                   stage->set_screen_reader(is_there);
                                                   awake();
                                                 }});
}

Result<Window> Window::open(Model model, const WindowOptions& options) {
  // Else Xlib composes no letter of Welsh: a dead circumflex and w, or Compose, are looked up by locale.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  glfwSetErrorCallback(nullptr);
  if (glfwInit() == GLFW_FALSE) return fail(ErrorCode::io, "window: no X display can be opened (is DISPLAY set?)");
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  const GLFWvidmode* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
  if (mode == nullptr) {
    glfwTerminate();
    return fail(ErrorCode::io, "window: the display has no monitor");
  }
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  glfwWindowHint(GLFW_DECORATED, options.window_px ? GLFW_TRUE : GLFW_FALSE);
  const Size size = options.window_px.value_or(Size{mode->width, mode->height});
  auto state = std::make_unique<State>();
  state->window = glfwCreateWindow(size.width, size.height, "Perspective", nullptr, nullptr);
  if (state->window == nullptr) {
    glfwTerminate();
    return fail(ErrorCode::io, "window: none could be opened with OpenGL 3.3");
  }
  if (!options.window_px) glfwSetWindowPos(state->window, 0, 0);
  glfwMakeContextCurrent(state->window);
  glfwSwapInterval(0);
  state->monitor_px = {mode->width, mode->height};
  state->pixels_per_mm = platform::pixels_per_mm(state->monitor_px, reported_mm(monitor), options.monitor_mm);
  state->set_callbacks();  // before ImGui's, which call on
  if (auto drawing = state->set_up_drawing(); !drawing) return std::unexpected(drawing.error());
  model.notice_touch = [window = state.get(), notice = std::move(model.notice_touch)] {
    return window->is_deaf || notice();
  };
  state->stage = std::make_unique<Stage>(std::move(model), upload, discard, state->pixels_per_mm, options.viewing_mm);
  state->x11 = attach_x11();
  state->touch = X11Touch::open(state->window, [window = state.get()](const Touch& touch) {
    window->awake();
    window->stage->touch(touch);
    if (touch.phase == Touch::Phase::begin) window->show_when_rested();
  });
  Window window(std::move(state));
#ifdef PERSPECTIVE_TEST_HOOKS
  if (!options.hook.empty()) {
    if (auto hook = window.state_->open_hook(options.hook); !hook) return std::unexpected(hook.error());
  }
#endif
  if (options.is_hidden) {
    window.hide();
  } else {
    window.show();
  }
  return window;
}

Window::Window(std::unique_ptr<State> state) : state_(std::move(state)) {}
Window::Window(Window&&) noexcept = default;
Window& Window::operator=(Window&&) noexcept = default;
Window::~Window() = default;

void Window::watch(int descriptor, std::function<bool()> ready) { watch_descriptor(descriptor, std::move(ready)); }

void Window::after(std::chrono::milliseconds duration, std::function<void()> then) {
  call_after(duration, std::move(then));
}

void Window::set_alarm(Alarm alarm, std::chrono::milliseconds duration, std::function<void()> then) {
  guint& timer = state_->alarms[static_cast<std::size_t>(alarm)];
  if (timer != 0) g_source_remove(std::exchange(timer, 0));
  if (duration.count() == 0) return;
  timer = call_after(duration, [&timer, then = std::move(then)] {
    timer = 0;
    then();
  });
}

void Window::show() {
  if (std::exchange(state_->is_hidden, false)) state_->be_deaf();
  glfwShowWindow(state_->window);
  glfwFocusWindow(state_->window);
  state_->awake();
  state_->draw();
  displace_keys();
  if (!state_->bus) state_->open_bus();
}

void Window::draw_ahead() {
  if (state_->is_hidden) state_->draw();
}

void Window::hide() {
  state_->is_hidden = true;
  glfwHideWindow(state_->window);
}

Size Window::monitor_px() const { return state_->monitor_px; }
float Window::pixels_per_mm() const { return state_->pixels_per_mm; }

void Window::redraw() { state_->awake(); }
void Window::wake() {
  g_idle_add_full(
      G_PRIORITY_HIGH_IDLE,
      [](gpointer state) -> gboolean {
        static_cast<State*>(state)->frames_due = std::max(static_cast<State*>(state)->frames_due, 1);
        return G_SOURCE_REMOVE;
      },
      state_.get(), nullptr);
}
void Window::post(std::function<void()> then) { call_soon(std::move(then)); }
void Window::stop() { state_->is_running = false; }

void Window::run() {
  GMainContext* context = g_main_context_default();
  while (state_->is_running && glfwWindowShouldClose(state_->window) == GLFW_FALSE) {
    const bool is_idle = state_->frames_due <= 0 || state_->is_hidden;
    g_main_context_iteration(context, is_idle ? TRUE : FALSE);
    glfwPollEvents();
    if (state_->frames_due <= 0 || state_->is_hidden) continue;
    --state_->frames_due;
    state_->draw();
  }
}

#ifdef PERSPECTIVE_TEST_HOOKS
Result<void> Window::State::open_hook(const std::string& path) {
  auto listening = Hook::listen(path);
  if (!listening) return std::unexpected(listening.error());
  hook = std::move(*listening);
  const auto watch_client = [this](int client) {
    watch_descriptor(client, [this, client] {
      const bool is_there = hook->read(client);
      if (hook->has_requests()) frames_due = std::max(frames_due, 1);
      return is_there;
    });
  };
  watch_descriptor(hook->listener(), [this, watch_client] {
    const int client = hook->accept();
    if (client >= 0) watch_client(client);
    return true;
  });
  return {};
}

void Window::State::settle() {
  int width = 0;
  int height = 0;
  glfwGetFramebufferSize(window, &width, &height);
  for (const Hook::Request& request : hook ? hook->take_requests() : std::vector<Hook::Request>()) {
    if (request.line == "screen") {
      Hook::answer(request.client, screen_to_json(*stage, width, height));
    } else if (request.line.starts_with("screenshot ")) {
      const auto written = write_screenshot(request.line.substr(11), width, height);
      Hook::answer(request.client, written ? "ok" : "error: " + written.error().what);
    } else {
      Hook::answer(request.client, "error: ask for: screen, or: screenshot PATH");
    }
  }
}
#endif

}  // namespace perspective::platform
