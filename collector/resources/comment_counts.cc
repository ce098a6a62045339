#include "resources/comment_counts.h"

#include <map>

namespace perspective::resources {

namespace json = boost::json;

Result<AsTold> as_told(const Services& services, const std::string& inspection) {
  const auto has_ended = services.inspections->has_fieldwork_ended(inspection);
  if (!has_ended) return std::unexpected(has_ended.error());
  return [is_exact = *has_ended](std::int64_t count) { return is_exact ? count : inspection::in_fives(count); };
}

json::object counts_of_codes(const std::vector<inspection::Comment>& comments, const AsTold& told) {
  std::map<std::string, std::int64_t> counts;
  std::int64_t uncoded = 0;
  for (const auto& comment : comments) {
    uncoded += comment.codes.empty() ? 1 : 0;
    for (const auto& code : comment.codes) ++counts[code];
  }
  json::array codes;
  for (const auto& [code, count] : counts) codes.push_back(json::object{{"code", code}, {"count", told(count)}});
  return json::object{{"codes", std::move(codes)}, {"uncoded", told(uncoded)}};
}

Result<void> add_unreadable(const Services& services, const std::string& inspection, const AsTold& told,
                            json::object& counts) {
  const auto counted = services.inspections->counted_now(inspection);
  if (!counted) return std::unexpected(counted.error());
  const auto forms = services.inspections->paper_standing(inspection);
  if (!forms) return std::unexpected(forms.error());
  counts["set_aside"] = told(counted->set_aside);
  counts["forms"] = told(forms->keyed_once + forms->keyed_twice + forms->discarded);
  return {};
}

}  // namespace perspective::resources
