// The least that a window drawn by Dear ImGui can be: what the kiosk's window is measured against. It shows how often
// it was pressed, so that a press changes the picture, and sleeps in between.
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <cstdio>

namespace {

constexpr int kWidth = 1280;
constexpr int kHeight = 800;
constexpr int kFramesAfterEvent = 3;  // as the kiosk's: one to see the event, one to act, one to rest

void draw(GLFWwindow* window, int& presses) {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  ImGui::NewFrame();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({kWidth, kHeight});
  ImGui::Begin("bare", nullptr, ImGuiWindowFlags_NoDecoration);
  ImGui::Text("Pressed %d times", presses);
  if (ImGui::Button("Press", {400, 200})) ++presses;
  ImGui::End();
  ImGui::Render();
  glViewport(0, 0, kWidth, kHeight);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(window);
}

}  // namespace

int main() {
  if (glfwInit() == GLFW_FALSE) return std::fprintf(stderr, "bench_window: there is no display\n"), 1;
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  GLFWwindow* window = glfwCreateWindow(kWidth, kHeight, "bare", nullptr, nullptr);
  if (window == nullptr) return std::fprintf(stderr, "bench_window: there is no OpenGL 3.3\n"), 1;
  glfwMakeContextCurrent(window);
  glfwSwapInterval(0);
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
  ImGui_ImplGlfw_InitForOpenGL(window, true);
  ImGui_ImplOpenGL3_Init("#version 330 core");
  int presses = 0;
  while (glfwWindowShouldClose(window) == GLFW_FALSE) {
    for (int frame = 0; frame < kFramesAfterEvent; ++frame) {
      draw(window, presses);
      glfwPollEvents();
    }
    glfwWaitEvents();
  }
  glfwTerminate();
}
