#include "resources/console_files.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "base/file.h"
#include "people/secrets.h"

namespace perspective::resources {

namespace fs = std::filesystem;
using http::Request;
using http::Respond;
using http::Response;

namespace {

struct Kind {
  std::string_view ending;
  std::string_view type;
};
constexpr Kind kKinds[] = {{".html", "text/html; charset=utf-8"},    {".js", "text/javascript; charset=utf-8"},
                           {".css", "text/css; charset=utf-8"},      {".json", "application/json"},
                           {".svg", "image/svg+xml; charset=utf-8"}, {".woff2", "font/woff2"},
                           {".txt", "text/plain; charset=utf-8"}};

// OWASP, HTTP Headers and Content Security Policy Cheat Sheets. No inline script or style, nothing of another host, no
// text that becomes markup (Trusted Types).
const http::Headers kPageHeaders = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
     "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types "
     "'none'"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cache-Control", "no-cache"}};

struct File {
  std::string type;
  std::string tag;
  std::string content;
};

std::optional<std::string_view> type_of(const fs::path& path) {
  for (const auto& [ending, type] : kKinds) {
    if (path.extension() == ending) return type;
  }
  return std::nullopt;
}

Result<std::shared_ptr<const File>> read(const fs::path& path) {
  const auto type = type_of(path);
  if (!type) return fail(ErrorCode::invalid, path.string() + " is of no kind that pages are made of");
  const auto content = read_file(path);
  if (!content) return std::unexpected(content.error());
  const auto sum = people::hmac_sha256(as_bytes("a file of the console"), *content);
  if (!sum) return std::unexpected(sum.error());
  return std::make_shared<const File>(File{.type = std::string(*type),
                                           .tag = '"' + to_hex(*sum).substr(0, 32) + '"',
                                           .content = std::string(as_text(*content))});
}

Response answer_with(const File& file, const Request& request) {
  Response response{.status = 200, .content_type = file.type, .body = {}, .headers = kPageHeaders};
  response.headers.emplace_back("ETag", file.tag);
  if (request.header("if-none-match") == file.tag) {
    response.status = 304;
  } else {
    response.body = file.content;
  }
  return response;
}

void add(http::Router& router, const std::string& path, const std::shared_ptr<const File>& file) {
  router.add(
      {.method = "GET",
       .path = path,
       .handler = [file](const Request& request, const Respond& respond) { respond(answer_with(*file, request)); },
       .is_open = true});
}

// Of names that need no coding in an address.
bool is_plain(const std::string& name) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
  return name.find_first_not_of(kPlain) == std::string::npos;
}

}  // namespace

Result<void> add_console(http::Router& router, const fs::path& folder) {
  std::error_code error;
  if (!fs::is_regular_file(folder / "index.html", error)) {
    return fail(ErrorCode::not_found, "there is no console in " + folder.string());
  }
  std::size_t bytes = 0;
  for (auto entry = fs::recursive_directory_iterator(folder, error); !error && entry != fs::end(entry);
       entry.increment(error)) {
    if (entry->is_symlink(error) || !entry->is_regular_file(error)) continue;
    const std::string name = entry->path().lexically_relative(folder).generic_string();
    if (!is_plain(name)) return fail(ErrorCode::invalid, entry->path().string() + " has a name that no page asks for");
    const auto file = read(entry->path());
    if (!file) return std::unexpected(file.error());
    bytes += (*file)->content.size();
    if (bytes > kMostConsoleBytes) return fail(ErrorCode::invalid, folder.string() + " is too large for a console");
    add(router, "/console/" + name, *file);
    if (name != "index.html") continue;
    for (const char* const page : {"/", "/join"}) add(router, page, *file);
  }
  if (error) return fail(ErrorCode::io, "reading " + folder.string() + ": " + error.message());
  return {};
}

}  // namespace perspective::resources
