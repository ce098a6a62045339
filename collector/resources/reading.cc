#include "resources/reading.h"

#include "survey/answers.h"

namespace perspective::resources {

using http::Request;

namespace {

constexpr std::size_t kMaxReasonBytes = 300;

}  // namespace

// Numbers of an inspection whose fieldwork is open change with each answer: who reads them then says why.
Result<std::map<std::string, std::string>> reason_for_reading(const Services& services, const Request& request) {
  // Spaces are none.
  const std::string reason = survey::clean_text(request.query_value("reason"), kMaxReasonBytes + 1);
  if (reason.size() > kMaxReasonBytes) return fail(ErrorCode::invalid, "\"reason\" has at most 300 bytes");
  if (!reason.empty()) return std::map<std::string, std::string>{{"reason", reason}};
  const std::string inspection = request.parameter("inspection");
  const auto has_ended = services.inspections->has_fieldwork_ended(inspection);
  if (!has_ended) return std::unexpected(has_ended.error());
  if (*has_ended) return std::map<std::string, std::string>();
  return fail(ErrorCode::refused, "fieldwork of '" + inspection +
                                      "' is open: whoever reads its numbers now gives a reason (--reason), which is "
                                      "kept in the audit. `inspection list` says in fives how many have answered");
}

}  // namespace perspective::resources
