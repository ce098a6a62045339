#include "upload/packages.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/file.h"
#include "protocol/end_of_fieldwork.h"
#include "protocol/limits.h"

namespace perspective::upload {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::string_view kPackageSuffix = ".p7";
constexpr std::size_t kMaxNameBytes = 100;

std::unexpected<Error> bad_list() { return fail(ErrorCode::corrupt, "the collector's list of packages means nothing"); }

std::vector<std::string> names_of_packages(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == kPackageSuffix) names.push_back(entry->path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

bool is_plain_name(std::string_view name) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  };
  return !name.empty() && name.size() <= kMaxNameBytes && name.front() != '.' && std::ranges::all_of(name, is_plain);
}

Result<std::vector<PackageShelf::Listed>> PackageShelf::listed_in(std::string_view list) {
  json::error_code error;
  const auto value = json::parse({list.data(), list.size()}, error);
  const auto* object = error ? nullptr : value.if_object();
  const auto* packages = object == nullptr ? nullptr : object->if_contains("packages");
  if (packages == nullptr || !packages->is_array()) return bad_list();
  std::vector<Listed> listed;
  for (const auto& item : packages->get_array()) {
    const auto* entry = item.if_object();
    const auto* name = entry == nullptr ? nullptr : entry->if_contains("inspection");
    if (name == nullptr || !name->is_string() || !is_plain_name(name->get_string())) return bad_list();
    const auto* is_offered = entry->if_contains("is_offered");
    if (is_offered != nullptr && !is_offered->is_bool()) return bad_list();
    listed.push_back({std::string(name->get_string()), is_offered == nullptr || is_offered->get_bool()});
  }
  return listed;
}

fs::path PackageShelf::package_path(const std::string& inspection) const { return folder_ / (inspection + ".p7"); }
fs::path PackageShelf::tag_path(const std::string& inspection) const { return folder_ / (inspection + ".etag"); }
fs::path PackageShelf::no_offer_path(const std::string& inspection) const { return folder_ / (inspection + ".ended"); }
fs::path PackageShelf::word_path(const std::string& inspection) const { return folder_ / (inspection + ".fieldwork"); }

bool PackageShelf::is_offered(const std::string& inspection) const {
  std::error_code error;
  return !fs::exists(no_offer_path(inspection), error);
}

bool PackageShelf::has_word_of_end(const protocol::Package& package) const {
  const auto bytes = read_file(word_path(package.inspection));
  protocol::Receipt word{};
  if (!bytes || bytes->size() != word.size()) return false;
  std::ranges::copy(*bytes, word.begin());
  return protocol::is_end_of_fieldwork(word, package.inspection, package.receipt_key);
}

Result<void> PackageShelf::end_fieldwork(const std::string& inspection, const protocol::Receipt& word) const {
  const auto package = held(inspection);
  if (!package || !protocol::is_end_of_fieldwork(word, inspection, package->receipt_key)) {
    return fail(ErrorCode::refused, "the end of fieldwork of '" + inspection + "': not by this collector");
  }
  if (has_word_of_end(*package)) return {};
  return write_file(word_path(inspection), ByteView(word));
}

// A file beside each package that the list does not offer, also where it is not on the list at all. True: some have
// changed.
Result<bool> PackageShelf::offer_what_is(const std::vector<Listed>& listed) const {
  bool is_changed = false;
  for (const auto& name : names_of_packages(folder_)) {
    const auto found = std::ranges::find(listed, name, &Listed::inspection);
    const bool is_to_be = found != listed.end() && found->is_offered;
    if (is_to_be == is_offered(name)) continue;
    std::error_code error;
    if (is_to_be && !fs::remove(no_offer_path(name), error)) {
      return fail(ErrorCode::io, no_offer_path(name).string() + ": " + error.message());
    }
    if (!is_to_be) {
      if (auto written = write_file(no_offer_path(name), {}); !written) return std::unexpected(written.error());
    }
    is_changed = true;
  }
  return is_changed;
}

Result<protocol::Package> PackageShelf::verified(const std::string& inspection, ByteView signed_package) const {
  auto package = protocol::verify_package(signed_package, authority_pem_);
  if (!package) return in_context("package of inspection '" + inspection + "'", package.error());
  if (package->inspection == inspection) return package;
  return fail(ErrorCode::refused, "package of inspection '" + inspection + "': it is for another inspection");
}

std::optional<protocol::Package> PackageShelf::held(const std::string& inspection) const {
  const auto bytes = read_file(package_path(inspection));
  if (!bytes) return std::nullopt;
  auto package = verified(inspection, *bytes);
  return package ? std::optional(std::move(*package)) : std::nullopt;
}

std::string PackageShelf::held_tag(const std::string& inspection) const {
  if (!held(inspection)) return "";  // missing or damaged: ask for the whole
  return read_text(tag_path(inspection)).value_or("");
}

PackageShelf::Loaded PackageShelf::load() const {
  Loaded loaded;
  for (const auto& name : names_of_packages(folder_)) {
    const auto bytes = read_file(package_path(name));
    auto package = bytes ? verified(name, *bytes) : std::unexpected(bytes.error());
    if (package) {
      if (package->is_fieldwork_open && has_word_of_end(*package)) package->is_fieldwork_open = false;
      if (package->is_fieldwork_open && !is_offered(name)) {
        package->is_fieldwork_open = false;
        loaded.withheld.push_back(name);
      }
      loaded.packages.push_back(std::move(*package));
    } else {
      loaded.problems.push_back(package.error());
    }
  }
  return loaded;
}

Result<PackageShelf::Fetched> PackageShelf::fetch(Transport& transport, const std::vector<std::string>& headers) {
  const auto answer = transport.send({.path = "/v1/packages", .headers = headers, .body = {}});
  if (!answer) return std::unexpected(answer.error());
  if (answer->status != 200) {
    return fail(ErrorCode::refused,
                "the collector answered " + std::to_string(answer->status) + " when asked for its inspections", true);
  }
  const auto listed = listed_in(as_text(answer->body));
  if (!listed) return std::unexpected(listed.error());
  if (auto made = make_private_directory(folder_); !made) return std::unexpected(made.error());
  Fetched fetched;
  fetched.tag = answer->header("etag");
  const auto note = [&fetched](const Result<bool>& is_new) {
    if (!is_new) fetched.problems.push_back(is_new.error().what);
    fetched.is_changed |= is_new.value_or(false);
  };
  for (const auto& one : *listed) note(fetch_one(transport, one.inspection));
  note(offer_what_is(*listed));  // after the fetching: a new package that is not offered is none from its first moment
  return fetched;
}

Result<bool> PackageShelf::fetch_one(Transport& transport, const std::string& inspection) {
  Request request{.path = "/v1/packages/" + inspection, .headers = {}, .body = {}};
  request.max_answer_bytes = protocol::kMaxPackageBytes;
  const auto tag = held_tag(inspection);
  if (!tag.empty()) request.headers.push_back("If-None-Match: " + tag);
  const auto answer = transport.send(request);
  if (!answer) return std::unexpected(answer.error());
  if (answer->status == 304 && !tag.empty()) return false;
  if (answer->status != 200) {
    return fail(ErrorCode::refused,
                "package of inspection '" + inspection + "': the collector answered " + std::to_string(answer->status));
  }
  const auto package = verified(inspection, answer->body);
  if (!package) return std::unexpected(package.error());
  const auto old = held(inspection);
  const bool is_same = old && protocol::to_json(*old) == protocol::to_json(*package);
  if (old && !is_same && package->version == old->version) {
    return fail(ErrorCode::refused, "package of inspection '" + inspection + "': version " +
                                        std::to_string(old->version) +
                                        " was offered with another content. The one that is here stays");
  }
  if (old && package->version < old->version) {
    return fail(ErrorCode::refused, "package of inspection '" + inspection + "': version " +
                                        std::to_string(package->version) + " was offered, version " +
                                        std::to_string(old->version) + " is here. The one that is here stays");
  }
  if (auto kept = keep(inspection, answer->body, answer->header("etag")); !kept) return std::unexpected(kept.error());
  return !is_same;
}

// The tag after what it names: with an old tag the whole is fetched again, with a new one too early never.
Result<void> PackageShelf::keep(const std::string& inspection, ByteView signed_package, const std::string& tag) const {
  if (auto written = write_file(package_path(inspection), signed_package); !written) return written;
  return write_file(tag_path(inspection), as_bytes(tag));
}

}  // namespace perspective::upload
