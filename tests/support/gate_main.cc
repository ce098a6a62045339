// The gate as a program, for journeys: perspective-gate PORT. Says the port that it listens on, then obeys one word a
// line on standard input, answers "ok" to each, and ends with it.
//
//   pass            everything passes
//   refuse          whoever comes is closed out at once
//   swallow         whoever comes hears nothing, for ever
//   lose-answers    requests reach the collector, no answer comes back
//   to PORT         lead there from now on
#include <charconv>
#include <iostream>
#include <string>

#include "support/gate.h"

namespace perspective::gate {
namespace {

std::uint16_t port_in(std::string_view text) {
  std::uint16_t port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return port;
}

bool obey(Gate& gate, const std::string& line) {
  if (line == "pass") {
    gate.forgive();
  } else if (line == "refuse") {
    gate.always({.where = Where::connect, .happens = Happens::cut});
  } else if (line == "swallow") {
    gate.always({.where = Where::connect, .happens = Happens::silence});
  } else if (line == "lose-answers") {
    gate.always({.where = Where::answer, .happens = Happens::cut});
  } else if (line.starts_with("to ")) {
    gate.lead_to(port_in(std::string_view(line).substr(3)));
  } else {
    return false;
  }
  gate.reset_all();  // it holds for connections that are open, too
  return true;
}

}  // namespace
}  // namespace perspective::gate

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "perspective-gate PORT\n";
    return 2;
  }
  try {
    perspective::gate::Gate gate(perspective::gate::port_in(words[1]));
    std::cout << gate.port() << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
      std::cout << (perspective::gate::obey(gate, line) ? "ok" : "no such word") << std::endl;
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
