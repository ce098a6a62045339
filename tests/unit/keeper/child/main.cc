// A child of the keeper without a window: it speaks the real channel and does what a test tells it over a Unix socket,
// one line at a time. Arguments: the socket's path, the keeper's process id.
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "keeper/channel.h"
#include "keeper/draft_memory.h"
#include "keeper/isolation.h"
#include "keeper/package_memory.h"

namespace {

using namespace perspective;

class TestChild {
 public:
  TestChild(const std::string& path, keeper::DraftMemory draft) : draft_(std::move(draft)) {
    control_ = socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    if (connect(control_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) _exit(1);
    tell("started " + std::to_string(getpid()));
  }

  [[noreturn]] void run() {
    std::array<pollfd, 2> sources{{{control_, POLLIN, 0}, {channel_.descriptor(), POLLIN, 0}}};
    while (poll(sources.data(), sources.size(), -1) > 0) {
      if (sources[1].revents != 0) hear();
      if (sources[0].revents != 0) obey();
    }
    _exit(1);
  }

 private:
  void tell(const std::string& line) const {
    const std::string whole = line + "\n";
    if (write(control_, whole.data(), whole.size()) < 0) _exit(1);
  }

  void say(const keeper::Message& message) const {
    if (!channel_.send(message)) _exit(1);
  }

  static std::string codes_of(const readiness::Reasons& reasons) {
    std::string codes;
    for (const auto reason : reasons) codes += std::string(codes.empty() ? "" : ",") + std::string(code_of(reason));
    return codes;
  }

  void hear() const {
    const auto message = channel_.receive();
    if (!message) _exit(0);
    if (!*message) return;
    if (const auto* state = std::get_if<keeper::State>(&**message)) {
      tell("state " + std::to_string(static_cast<int>(state->outbox)) + " " + codes_of(state->reasons));
    } else if (std::holds_alternative<keeper::Show>(**message)) {
      tell("show draft=" + std::string(draft_.read().text()));
    } else if (std::holds_alternative<keeper::PutOk>(**message)) {
      tell("put ok");
    } else if (const auto* failed = std::get_if<keeper::PutFailed>(&**message)) {
      tell("put failed " + std::to_string(static_cast<int>(failed->code)));
    } else if (const auto* answer = std::get_if<keeper::TokenAnswer>(&**message)) {
      tell("token " + std::to_string(static_cast<int>(answer->fate)));
    } else if (std::holds_alternative<keeper::HasPin>(**message)) {
      tell("has pin");
    } else if (const auto* sent = std::get_if<keeper::NowSent>(&**message)) {
      tell("sent " + std::string(sent->why_not ? code_of(*sent->why_not) : "all"));
    } else if (const auto* used = std::get_if<keeper::StickUsed>(&**message)) {
      tell("stick " + std::to_string(static_cast<int>(used->news.fate)) + (used->news.has_copy ? " copy" : ""));
    } else if (const auto* looked = std::get_if<keeper::LookedOver>(&**message)) {
      tell("looked over " + looked->facts);
    } else if (const auto* tried = std::get_if<keeper::PinTried>(&**message)) {
      tell(std::string("pin ") + (tried->is_right ? "right" : "wrong") + " locked=" + std::to_string(tried->locked_s));
    }
  }

  void obey() {
    std::string line;
    char next = 0;
    while (read(control_, &next, 1) == 1 && next != '\n') line += next;
    if (line.empty()) _exit(1);
    const auto space = line.find(' ');
    act(line.substr(0, space), space == std::string::npos ? "" : line.substr(space + 1));
  }

  void act(const std::string& verb, const std::string& rest) {
    if (verb == "ready") say(keeper::Ready{});
    if (verb == "start") say(keeper::VisitStarted{"croydon-2012"});
    if (verb == "take") say(keeper::DraftTaken{});
    if (verb == "draft" && !draft_.store(rest)) _exit(1);
    if (verb == "put") say(keeper::Put{{{std::uint8_t{7}}, "croydon-2012", Bytes(rest.begin(), rest.end())}});
    if (verb == "send") say(keeper::Put{envelope_of(rest)});
    if (verb == "delete") say(keeper::Deleted{});
    if (verb == "end") say(keeper::VisitEnded{ending_named(rest)});
    if (verb == "spend") say(keeper::Spend{{"croydon-2012", proof_of(rest)}});
    if (verb == "send_now") say(keeper::SendNow{});
    if (verb == "use_stick") say(keeper::UseStick{});
    if (verb == "look_over") say(keeper::LookOver{});
    if (verb == "pin") say(keeper::TryPin{SecretBytes(as_bytes(rest))});
    if (verb == "exit") _exit(0);
    if (verb == "die") kill(getpid(), SIGKILL);
    if (verb == "nonsense") send(channel_.descriptor(), "\x63", 1, 0);
    if (verb == "packages") tell(std::to_string(keeper::read_packages(keeper::kPackagesDescriptor).value().size()));
    if (verb == "network")
      tell(socket(AF_INET, SOCK_STREAM, 0) < 0 && socket(AF_INET6, SOCK_DGRAM, 0) < 0 ? "cut" : "left");
    if (verb == "extra") tell(std::to_string(open_above(control_)));
    if (verb == "cache") tell(std::getenv("XDG_CACHE_HOME"));
    if (verb == "temporary") tell(std::getenv("TMPDIR"));
    if (verb == "locked") tell(is_new_memory_locked() ? "yes" : "no");
    if (verb == "dumpable") tell(std::to_string(prctl(PR_GET_DUMPABLE)));
    if (verb == "draft" || verb == "ready" || verb == "start" || verb == "take") tell("done");
  }

  static outbox::TokenProof proof_of(const std::string& letters) {
    outbox::TokenProof proof{};
    std::copy_n(letters.begin(), std::min(letters.size(), proof.size()), proof.begin());
    return proof;
  }
  // Of the length that the simulation's inspection has (tests/simulation/line.h).
  static outbox::Envelope envelope_of(const std::string& id_hex) {
    constexpr std::size_t kBytes = 1489;  // of the smallest package
    outbox::Envelope envelope{{}, "croydon-2012", Bytes(id_hex.begin(), id_hex.end())};
    envelope.body.resize(kBytes);
    const auto id = from_hex(id_hex);
    std::copy(id->begin(), id->end(), envelope.id.begin());
    return envelope;
  }

  static outbox::Ending ending_named(const std::string& name) {
    if (name == "stopped") return outbox::Ending::stopped;
    if (name == "timed out") return outbox::Ending::timed_out;
    if (name == "lost") return outbox::Ending::lost;
    return outbox::Ending::put;
  }

  static long locked_kb() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
      if (long kb = 0; word == "VmLck:" && status >> kb) return kb;
    }
    return 0;
  }

  static bool is_new_memory_locked() {
    const long before = locked_kb();
    const std::vector<char> answers(8 * 1024 * 1024, 'x');
    return answers.back() == 'x' && locked_kb() >= before + 8 * 1024;
  }

  static int open_above(int descriptor) {
    int open = 0;
    for (int other = descriptor + 1; other < 1024; ++other) open += fcntl(other, F_GETFD) >= 0 ? 1 : 0;
    return open;
  }

  keeper::DraftMemory draft_;
  keeper::Channel channel_{keeper::kChannelDescriptor};
  int control_ = -1;
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const auto network = perspective::keeper::isolate_child(std::atoi(arguments[2]));
  if (!network) return 3;
  auto draft = perspective::keeper::DraftMemory::attach(perspective::keeper::kDraftDescriptor);
  if (!draft) return 4;
  TestChild(arguments[1], std::move(*draft)).run();
}
