// The loader refuses what would let a test pass over nothing; and of every kind that was promised there is a vector.
#include "support/vector_file.h"

#include <gmock/gmock.h>

#include <fstream>

#include "support/test_keys.h"
#include "unit/envelope/shell.h"

namespace perspective::testing {
namespace {

using ::testing::HasSubstr;

std::string why(const std::string& text) {
  const auto vector = parse_vector("it", text, package_vectors());
  return vector ? "" : vector.error().what;
}

std::string with(const std::string& lines, const std::string& body = "AAEC\n") {
  return "expect: ok\nauthority: a\ninspection: i\n" + lines + "comment: c\n\n" + body;
}

TEST(AVectorFile, IsReadLineByLineAndByteByByte) {
  const auto vector = parse_vector("it", with("held: other\n", "AAEC\nAw==\n"), package_vectors()).value();
  EXPECT_EQ(vector.at("expect"), "ok");
  EXPECT_EQ(vector.at("held"), "other");
  EXPECT_EQ(vector.body, (Bytes{0, 1, 2, 3}));
  EXPECT_EQ(parse_vector("it", with("", "AAEC"), package_vectors())->body.size(), 3U);
  EXPECT_TRUE(parse_vector("it", with("", ""), package_vectors())->body.empty());
}

TEST(AVectorFile, ComesBackAsItWasWritten) {
  for (const std::size_t size : {0U, 1U, 2U, 3U, 47U, 48U, 49U, 500U}) {
    const VectorFile vector{"it", parse_vector("it", with(""), package_vectors())->header, Bytes(size, 7)};
    const auto again = parse_vector("it", to_text(vector, package_vectors()), package_vectors());
    ASSERT_TRUE(again) << size;
    EXPECT_EQ(again->header, vector.header);
    EXPECT_EQ(again->body, vector.body);
  }
}

TEST(AVectorFile, WithALineThatNobodyKnowsIsRefused) {
  EXPECT_EQ(why(with("")), "");
  EXPECT_THAT(why(with("hold: other\n")), HasSubstr("no vector of package has a line 'hold'"));
  EXPECT_THAT(why(with("held other\n")), HasSubstr("is no 'name: value'"));
  EXPECT_THAT(why(with("expect: ok\n")), HasSubstr("stands there twice"));
}

TEST(AVectorFile, WithAnOutcomeThatItsKindHasNotIsRefused) {
  EXPECT_THAT(why("expect: fine\nauthority: a\ninspection: i\ncomment: c\n\n"), HasSubstr("ends with 'fine'"));
  EXPECT_THAT(why("expect: other_kdf\nauthority: a\ninspection: i\ncomment: c\n\n"), HasSubstr("ends with"));
}

TEST(AVectorFile, WithoutALineItsBlankLineOrItsBytesIsRefused) {
  EXPECT_THAT(why("expect: ok\nauthority: a\ncomment: c\n\n"), HasSubstr("no line 'inspection'"));
  EXPECT_THAT(why("expect: ok\n"), HasSubstr("no blank line"));
  EXPECT_THAT(why(with("", "AAE\n")), HasSubstr("is not base64"));
  EXPECT_THAT(why(with("", "A*EC\n")), HasSubstr("is not base64"));
}

TEST(AFolderOfVectors, WithoutOneOrWithABadOneIsAnError) {
  const Shell shell;
  EXPECT_THAT(load_vectors(shell.folder(), package_vectors()).error().what, HasSubstr("there is none"));
  std::filesystem::create_directory(shell.folder() / "package");
  EXPECT_THAT(load_vectors(shell.folder(), package_vectors()).error().what, HasSubstr("there is none"));
  shell.write("package/good", as_bytes(with("")));
  EXPECT_EQ(load_vectors(shell.folder(), package_vectors())->size(), 1U);
  shell.write("package/bad", as_bytes("x"));
  EXPECT_THAT(load_vectors(shell.folder(), package_vectors()).error().what, HasSubstr("vector package/bad"));
}

struct Promised {
  const VectorKind& kind;
  std::string name;
  std::string expect;
};

TEST(Vectors, ThereIsOneOfEveryKindThatWasPromised) {
  const std::vector<Promised> promised = {
      {envelope_vectors(), "ok", "ok"},
      {envelope_vectors(), "wrong_key", "wrong_key"},
      {envelope_vectors(), "changed_byte_content", "changed_byte"},
      {envelope_vectors(), "cut_short_half", "cut_short"},
      {envelope_vectors(), "missing_content", "missing_content"},
      {envelope_vectors(), "sha1_kdf", "other_kdf"},
      {envelope_vectors(), "unknown_version", "unknown_version"},
      {envelope_vectors(), "wrong_size_larger", "wrong_size"},
      {envelope_vectors(), "other_id", "other_id"},
      {envelope_vectors(), "other_inspection", "other_inspection"},
      {package_vectors(), "ok", "ok"},
      {package_vectors(), "changed_byte_content", "changed_byte"},
      {package_vectors(), "cut_short_half", "cut_short"},
      {package_vectors(), "missing_content", "missing_content"},
      {package_vectors(), "unknown_version", "unknown_version"},
      {package_vectors(), "wrong_size_too_small", "wrong_size"},
      {package_vectors(), "other_inspection", "other_inspection"},
      {package_vectors(), "rolled_back", "rolled_back"},
      {package_vectors(), "signed_by_another", "signed_by_another"},
      {receipt_vectors(), "ok", "ok"},
      {receipt_vectors(), "wrong_key", "wrong_key"},
      {receipt_vectors(), "changed_byte", "changed_byte"},
      {receipt_vectors(), "cut_short", "cut_short"},
      {receipt_vectors(), "unknown_version", "unknown_version"},
      {receipt_vectors(), "other_id", "other_id"},
  };
  for (const auto& [kind, name, expect] : promised) {
    const auto all = load_vectors(vectors_folder(), kind).value();
    const auto found = std::ranges::find(all, name, &VectorFile::name);
    ASSERT_NE(found, all.end()) << kind.folder << "/" << name;
    EXPECT_EQ(found->at("expect"), expect) << kind.folder << "/" << name;
  }
}

TEST(Vectors, HaveOneForEachOutcomeAtLeast) {
  for (const auto* kind : {&envelope_vectors(), &package_vectors(), &receipt_vectors()}) {
    std::set<std::string> found;
    const auto all = load_vectors(vectors_folder(), *kind).value();
    for (const auto& vector : all) found.insert(vector.at("expect"));
    EXPECT_EQ(found, kind->outcomes) << kind->folder;
  }
}

TEST(Vectors, SayInTheirDocumentWhatEachOutcomeMeans) {
  const auto document = read_text(vectors_folder() / "README.md").value();
  for (const auto* kind : {&envelope_vectors(), &package_vectors(), &receipt_vectors()}) {
    for (const auto& outcome : kind->outcomes) EXPECT_THAT(document, HasSubstr("| `" + outcome + "` |"));
  }
}

// Whoever finds one of these keys elsewhere must see at once what it is.
TEST(Vectors, HaveKeysThatSayThatTheyAreNone) {
  int keys = 0;
  for (const auto& entry : std::filesystem::directory_iterator(vectors_folder() / "keys")) {
    if (entry.path().extension() != ".key") continue;
    EXPECT_THAT(read_text(entry.path()).value(), ::testing::StartsWith("TEST KEY")) << entry.path();
    ++keys;
  }
  EXPECT_GE(keys, 10);
}

}  // namespace
}  // namespace perspective::testing
