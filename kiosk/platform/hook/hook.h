// Test builds only: a Unix socket that tells what is on the screen. Packages are built without it.
//
// Promise:   one line in, one line out: "screen" gives JSON, "screenshot PATH" writes a PNG and says "ok", anything
//            else "error: ...". Answers come once the screen has been drawn and is at rest.
// Errors:    listen: io.
// Ownership: owns the socket, removes its file in the end.
// Threads:   that of the window.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "platform/stage.h"

namespace perspective::platform {

class Hook {
 public:
  static Result<std::unique_ptr<Hook>> listen(const std::string& path);
  Hook(const Hook&) = delete;
  Hook& operator=(const Hook&) = delete;
  ~Hook();

  // The descriptors to be watched: the listener, then each client. accept() gives the new client, -1: none.
  int listener() const { return listener_; }
  int accept() const;
  // False: the client has gone. True: its lines, if any, are waiting.
  bool read(int client);
  bool has_requests() const { return !requests_.empty(); }

  struct Request {
    int client = -1;
    std::string line;
  };
  std::vector<Request> take_requests();
  static void answer(int client, const std::string& line);

 private:
  Hook(int listener, std::string path) : listener_(listener), path_(std::move(path)) {}
  int listener_;
  std::string path_;
  std::vector<std::pair<int, std::string>> unread_;  // client, what came without its line feed
  std::vector<Request> requests_;
};

std::string screen_to_json(const Stage& stage, int width, int height);
// The frame that was drawn last, from the current OpenGL context, before the buffers are swapped.
Result<void> write_screenshot(const std::string& path, int width, int height);

}  // namespace perspective::platform
