#include "resources/password_turns.h"

#include <memory>
#include <optional>
#include <utility>

#include "http/problem.h"

namespace perspective::resources {
namespace {

constexpr int kBusyRetry_s = 2;

http::Response busy() {
  auto response = http::problem(503, "Too many are signing in at once; try again in a moment.");
  std::erase_if(response.headers, [](const auto& header) { return header.first == "Retry-After"; });
  response.headers.emplace_back("Retry-After", std::to_string(kBusyRetry_s));
  return response;
}

}  // namespace

void PasswordTurns::close() {
  known_.close();
  strangers_.close();
}

http::Handler in_turn(const Services& services, Look look) {
  return [&services, look = std::move(look)](http::Request request, const http::Respond& respond) {
    const auto asked = std::make_shared<http::Request>(std::move(request));
    const bool is_taken = services.pool->offer([&services, look, asked, respond] {
      std::optional<Turn> turn;
      const Answer first = [&](const http::Request& head) -> Result<http::Response> {
        auto looked = look(head);
        if (!looked) return std::unexpected(looked.error());
        if (auto* const response = std::get_if<http::Response>(&*looked)) return std::move(*response);
        turn = std::get<Turn>(*std::move(looked));
        return http::Response{};
      };
      auto response = answer_of(first, *asked);
      if (!turn) return respond(std::move(response));
      auto& turns = *services.turns;
      Pool::Work work = [answer = std::move(turn->answer), asked, respond] { respond(answer_of(answer, *asked)); };
      const bool has_place = turn->known_as.empty() ? turns.of_strangers().offer(std::move(work))
                                                    : turns.of_known().offer(turn->known_as, std::move(work));
      if (!has_place) respond(busy());
    });
    if (!is_taken) respond(http::problem(503, "The collector is busy; try again soon."));
  };
}

}  // namespace perspective::resources
