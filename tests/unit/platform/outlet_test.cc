// Whether headphones are plugged in: from what a real PulseAudio says of its sinks. This machine has no jack: what a
// port says is read from the structure that the server would send.
#include <fcntl.h>
#include <glib.h>
#include <gtest/gtest.h>
#include <pulse/proplist.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "platform/speech/outlet_watch.h"

namespace perspective::platform {
namespace {

namespace fs = std::filesystem;
using access::Outlet;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::optional<Outlet> outlet_of_port(int type, int available) {
  pa_sink_port_info port{};
  port.type = static_cast<std::uint32_t>(type);
  port.available = available;
  pa_sink_info sink{};
  sink.name = "alsa_output.pci-0000_00_1f.3.analog-stereo";
  sink.active_port = &port;
  return outlet_of(sink);
}

TEST(APort, IsOnOneHeadOrInTheRoom) {
  EXPECT_EQ(outlet_of_port(PA_DEVICE_PORT_TYPE_HEADPHONES, PA_PORT_AVAILABLE_YES), Outlet::headphones);
  EXPECT_EQ(outlet_of_port(PA_DEVICE_PORT_TYPE_HEADSET, PA_PORT_AVAILABLE_YES), Outlet::headphones);
  EXPECT_EQ(outlet_of_port(PA_DEVICE_PORT_TYPE_SPEAKER, PA_PORT_AVAILABLE_UNKNOWN), Outlet::loudspeaker);
  EXPECT_EQ(outlet_of_port(PA_DEVICE_PORT_TYPE_HDMI, PA_PORT_AVAILABLE_YES), Outlet::loudspeaker);
}

TEST(APort, WhosePlugIsOutIsNotOnAHead) {
  EXPECT_EQ(outlet_of_port(PA_DEVICE_PORT_TYPE_HEADPHONES, PA_PORT_AVAILABLE_NO), Outlet::loudspeaker);
}

TEST(APort, ThatCannotTellWhetherItsPlugIsInSaysNothing) {
  EXPECT_EQ(outlet_of_port(PA_DEVICE_PORT_TYPE_HEADPHONES, PA_PORT_AVAILABLE_UNKNOWN), std::nullopt);
  EXPECT_EQ(outlet_of_port(PA_DEVICE_PORT_TYPE_ANALOG, PA_PORT_AVAILABLE_UNKNOWN), std::nullopt);
}

pid_t started(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  for (const int output : {1, 2}) posix_spawn_file_actions_addopen(&files, output, "/dev/null", O_WRONLY, 0);
  pid_t process = -1;
  const int outcome = posix_spawnp(&process, arguments.front(), &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  return outcome == 0 ? process : -1;
}

// One server a test, with nothing but what the test loads into it.
class ASoundServer : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder_);
    for (const char* name : {"HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"}) ::setenv(name, folder_.c_str(), 1);
    ::setenv("PULSE_SERVER", ("unix:" + socket_.string()).c_str(), 1);
  }
  void TearDown() override {
    end_server();
    fs::remove_all(folder_);
  }

  void start_server() {
    // In this order: once the socket is there, so is its sink of last resort.
    server_ = started({"pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "-L",
                       "module-always-sink", "-L",
                       "module-native-protocol-unix auth-anonymous=1 socket=" + socket_.string()});
    ASSERT_GT(server_, 0);
    ASSERT_TRUE(comes_true([&] { return fs::exists(socket_); }));
  }
  void end_server() {
    if (server_ <= 0) return;
    ::kill(server_, SIGTERM);
    ::waitpid(std::exchange(server_, -1), nullptr, 0);
    fs::remove(socket_);
  }
  static int pactl(std::vector<std::string> words) {
    words.insert(words.begin(), {"timeout", "-k", "1", "10", "pactl"});
    int status = -1;
    ::waitpid(started(words), &status, 0);
    return status;
  }
  static void plug_in(const std::string& name, const std::string& form) {
    ASSERT_EQ(
        pactl({"load-module", "module-null-sink", "sink_name=" + name, "sink_properties=device.form_factor=" + form}),
        0);
    ASSERT_EQ(pactl({"set-default-sink", name}), 0);
  }
  template <typename Condition>
  static bool comes_true(Condition condition, milliseconds limit = milliseconds{10000}) {
    const auto end = steady_clock::now() + limit;
    while (!condition()) {
      if (steady_clock::now() > end) return false;
      while (g_main_context_iteration(nullptr, FALSE) != FALSE) {
      }
      std::this_thread::sleep_for(milliseconds{5});
    }
    return true;
  }
  bool is_told(std::optional<Outlet> outlet) {
    return comes_true([&] { return !told_.empty() && told_.back() == outlet; });
  }
  std::unique_ptr<OutletWatch> watch() {
    return std::make_unique<OutletWatch>([this](auto outlet) { told_.push_back(outlet); });
  }

  fs::path folder_ = fs::path(::testing::TempDir()) / ("perspective-sound-" + std::to_string(::getpid()));
  fs::path socket_ = folder_ / "native";
  pid_t server_ = -1;
  std::vector<std::optional<Outlet>> told_;
};

TEST_F(ASoundServer, TellsOfAHeadsetPluggedInAndPulledOut) {
  start_server();
  plug_in("monitor", "tv");
  const auto watching = watch();
  ASSERT_TRUE(is_told(Outlet::loudspeaker));
  plug_in("headset", "headset");
  ASSERT_TRUE(is_told(Outlet::headphones));
  ASSERT_EQ(pactl({"unload-module", "module-null-sink"}), 0);  // both
  ASSERT_TRUE(is_told(Outlet::none));
}

TEST_F(ASoundServer, TellsThatTheDefaultWentToTheRoom) {
  start_server();
  plug_in("monitor", "tv");
  plug_in("headset", "headset");
  const auto watching = watch();
  ASSERT_TRUE(is_told(Outlet::headphones));
  ASSERT_EQ(pactl({"set-default-sink", "monitor"}), 0);
  ASSERT_TRUE(is_told(Outlet::loudspeaker));
}

TEST_F(ASoundServer, WithoutADeviceHasNoSound) {
  start_server();
  EXPECT_EQ(outlet_now(Outlet::headphones), Outlet::none);
}

TEST_F(ASoundServer, ThatCannotTellLeavesItToTheInstaller) {
  start_server();
  plug_in("line", "internal");
  EXPECT_EQ(outlet_now(Outlet::headphones), Outlet::headphones);
  EXPECT_EQ(outlet_now(Outlet::loudspeaker), Outlet::loudspeaker);
}

TEST_F(ASoundServer, ThatWentAwayIsFoundAgain) {
  start_server();
  plug_in("headset", "headset");
  const auto watching = watch();
  ASSERT_TRUE(is_told(Outlet::headphones));
  end_server();
  ASSERT_TRUE(is_told(std::nullopt));
  start_server();
  plug_in("headset", "headset");
  EXPECT_TRUE(is_told(Outlet::headphones));
}

TEST_F(ASoundServer, ThatIsNotThereIsSaidAtOnce) {
  const auto watching = watch();
  EXPECT_TRUE(is_told(std::nullopt));
}

}  // namespace
}  // namespace perspective::platform
