#include "resources/console_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

namespace perspective::resources {
namespace {

namespace fs = std::filesystem;
using http::Request;
using http::Response;
using testing::HasSubstr;
using testing::Not;

class TheConsole : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/perspective-pages-XXXXXX";
    folder_ = ::mkdtemp(name);
    write("pages/index.html", "<!doctype html>");
    write("pages/js/app.js", "start();");
    write("secret.txt", "not a page");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& content) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << content;
  }
  Result<void> add() { return add_console(router_, folder_ / "pages"); }
  // Status 404: no route.
  Response get(const std::string& path, const std::string& known = {}) const {
    const auto match = router_.find("GET", path);
    if (!match.route) return {.status = 404, .content_type = {}, .body = {}, .headers = {}};
    EXPECT_TRUE(match.route->is_open) << path;
    Request request;
    if (!known.empty()) request.headers.emplace("if-none-match", known);
    Response answered;
    match.route->handler(std::move(request), [&](Response response) { answered = std::move(response); });
    return answered;
  }
  static std::string header(const Response& response, std::string_view name) {
    for (const auto& [each, value] : response.headers) {
      if (each == name) return value;
    }
    return {};
  }
  fs::path folder_;
  http::Router router_;
};

TEST_F(TheConsole, ServesItsFilesWithTheirTypes) {
  ASSERT_TRUE(add());
  for (const char* const page : {"/", "/join", "/console/index.html"}) {
    EXPECT_EQ(get(page).body, "<!doctype html>") << page;
    EXPECT_EQ(get(page).content_type, "text/html; charset=utf-8") << page;
  }
  EXPECT_EQ(get("/console/js/app.js").body, "start();");
  EXPECT_EQ(get("/console/js/app.js").content_type, "text/javascript; charset=utf-8");
}

TEST_F(TheConsole, HasNothingThatIsNotItsOwn) {
  fs::create_symlink(folder_ / "secret.txt", folder_ / "pages" / "link.txt");
  ASSERT_TRUE(add());
  for (const char* const path :
       {"/console/../secret.txt", "/console/%2e%2e/secret.txt", "/console/js/../../secret.txt", "/secret.txt",
        "/console/link.txt", "/console/", "/console", "/console/js", "/console//index.html", "/console/INDEX.HTML"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
}

TEST_F(TheConsole, ServesWhatWasThereWhenItStarted) {
  ASSERT_TRUE(add());
  write("pages/js/app.js", "other();");
  write("pages/js/new.js", "new();");
  EXPECT_EQ(get("/console/js/app.js").body, "start();");
  EXPECT_EQ(get("/console/js/new.js").status, 404);
}

TEST_F(TheConsole, RunsNothingThatComesFromElsewhere) {
  ASSERT_TRUE(add());
  for (const char* const path : {"/", "/console/js/app.js"}) {
    const Response response = get(path);
    const std::string policy = header(response, "Content-Security-Policy");
    for (const char* const part :
         {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"}) {
      EXPECT_THAT(policy, HasSubstr(part)) << path;
    }
    EXPECT_THAT(policy, Not(HasSubstr("unsafe"))) << path;
    EXPECT_THAT(policy, Not(HasSubstr("http"))) << path;
    EXPECT_EQ(header(response, "Cross-Origin-Opener-Policy"), "same-origin") << path;
  }
}

TEST_F(TheConsole, SendsNothingTwiceThatDidNotChange) {
  ASSERT_TRUE(add());
  const std::string tag = header(get("/console/js/app.js"), "ETag");
  EXPECT_EQ(tag.front(), '"');
  const Response again = get("/console/js/app.js", tag);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(header(again, "ETag"), tag);
  EXPECT_EQ(get("/console/index.html", tag).status, 200);
}

TEST_F(TheConsole, IsNotThereWithoutItsFirstPage) {
  fs::remove(folder_ / "pages" / "index.html");
  EXPECT_EQ(add().error().code, ErrorCode::not_found);
}

TEST_F(TheConsole, RefusesWhatIsNoPage) {
  write("pages/tool.exe", "x");
  EXPECT_EQ(add().error().code, ErrorCode::invalid);
}

TEST_F(TheConsole, RefusesANameThatNoAddressHas) {
  write("pages/js/a b.js", "x");
  EXPECT_EQ(add().error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace perspective::resources
