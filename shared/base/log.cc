#include "base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace perspective::log {
namespace {

// A logger a call: lines are few, and there is no global to set up or tear down.
void write(spdlog::level::level_enum level, std::string_view message) {
  spdlog::logger logger("perspective", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger.set_pattern("%l: %v");
  logger.log(level, spdlog::string_view_t(message.data(), message.size()));
}

}  // namespace

void info(std::string_view message) { write(spdlog::level::info, message); }
void warning(std::string_view message) { write(spdlog::level::warn, message); }
void error(std::string_view message) { write(spdlog::level::err, message); }

}  // namespace perspective::log
