// Every vector of tests/vectors/audit, as the collector reads a chain; and with nothing but a shell.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "base/file.h"
#include "inspection/audit_chain.h"
#include "support/source_folder.h"
#include "support/test_keys.h"
#include "support/vector_file.h"
#include "unit/envelope/shell.h"

namespace perspective::inspection {
namespace {

using perspective::testing::VectorFile;

struct Exported {
  Bytes key;
  std::vector<store::AuditEntry> entries;
};

Exported exported(const VectorFile& vector) {
  std::istringstream lines{std::string(as_text(vector.body))};
  Exported read;
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "perspective audit 1");
  std::getline(lines, line);
  read.key = from_hex(line.substr(4)).value();
  while (std::getline(lines, line)) {
    const auto first = line.find(' ');
    const auto second = line.find(' ', first + 1);
    read.entries.push_back({std::stoll(line.substr(0, first)), line.substr(second + 1),
                            from_hex(line.substr(first + 1, second - first - 1)).value()});
  }
  return read;
}

std::vector<AuditHead> heads_of(const VectorFile& vector) {
  if (!vector.has("since")) return {};
  return {head_from(vector.at("since")).value()};
}

std::vector<AuditFault> faults_of(const VectorFile& vector) {
  const auto read = exported(vector);
  return verify(read.entries, read.key, heads_of(vector));
}

class AuditVectors : public ::testing::Test {
 protected:
  const VectorFile& named(const std::string& name) const {
    return *std::ranges::find(vectors_, name, &VectorFile::name);
  }
  std::vector<std::string> said_of(const std::string& name) const {
    std::vector<std::string> said;
    for (const auto& fault : faults_of(named(name))) said.push_back(fault.says);
    return said;
  }
  std::vector<VectorFile> vectors_ =
      perspective::testing::load_vectors(perspective::testing::vectors_folder(), perspective::testing::audit_vectors())
          .value();
};

TEST_F(AuditVectors, AreWhatTheySay) {
  for (const auto& vector : vectors_) {
    const auto faults = faults_of(vector);
    EXPECT_EQ(faults.empty() ? "ok" : to_text(faults.front().kind), vector.at("expect")) << vector.name;
  }
}

TEST_F(AuditVectors, AreWholeOrNotToWhoeverHasOneEntryInMemoryAtATime) {
  for (const auto& vector : vectors_) {
    const auto read = exported(vector);
    WholeChain chain(read.key, heads_of(vector));
    const bool is_whole = std::ranges::all_of(read.entries, [&](const auto& entry) { return chain.take(entry); });
    EXPECT_EQ(is_whole && chain.ends_whole(), vector.at("expect") == "ok") << vector.name;
  }
}

TEST_F(AuditVectors, HaveTheKeyThatTheyName) {
  for (const auto& vector : vectors_) {
    const auto pem =
        perspective::testing::test_pem(perspective::testing::vectors_folder() / "keys", vector.at("key") + ".key");
    EXPECT_EQ(exported(vector).key, protocol::ReceiptKey::parse(pem)->public_key()) << vector.name;
  }
}

TEST_F(AuditVectors, AreToldInASentenceThatSaysWhatAndWhere) {
  using ::testing::ElementsAre;
  EXPECT_THAT(said_of("changed"), ElementsAre("Entry 3 was changed, or not written by this collector: its signature is "
                                              "not over what it says."));
  EXPECT_THAT(said_of("signature"),
              ElementsAre("The signature of entry 3 was changed; what the entry says was not, for "
                          "entry 4 still names it."));
  EXPECT_THAT(said_of("dropped"), ElementsAre("Entry 3 is missing: entry 2 is followed by entry 4."));
  EXPECT_THAT(said_of("dropped_renumbered"), ElementsAre("Entry 3 is missing: entry 2 is followed by entry 4."));
  EXPECT_THAT(said_of("dropped_first"), ElementsAre("Entry 1 is missing: the audit begins with entry 2."));
  EXPECT_THAT(said_of("swapped"), ElementsAre("Entries 2 and 4 have changed places."));
  EXPECT_THAT(said_of("swapped_moved"), ElementsAre("Entry 2 stands behind entry 5: it was moved."));
  EXPECT_THAT(said_of("twice"), ElementsAre("Entry 3 is there twice."));
  EXPECT_THAT(said_of("cut_off"),
              ElementsAre("Entries 4 to 5 were cut off: the audit ends with entry 3, and once it ended with entry 5."));
  EXPECT_THAT(said_of("replaced"), ElementsAre("Entry 4 is not the one whose head was kept: it was replaced, or the "
                                               "head is another collector's."));
  EXPECT_THAT(said_of("replaced_one"),
              ElementsAre("Entry 5 was written after another entry 4 than the one that is here: one of the two was put "
                          "in its place."));
}

// The block of AUDIT.md, as it stands there, for each file.
TEST_F(AuditVectors, AreFoundOutWithAShellAndOpenSsl) {
  const auto document = read_text(std::string(kSourceFolder) + "/collector/inspection/AUDIT.md").value();
  const auto begin = document.find("```sh\n") + 6;
  const auto script = document.substr(begin, document.find("```", begin) - begin);
  ASSERT_GT(script.size(), 200U);
  for (const auto& vector : vectors_) {
    perspective::testing::Shell shell;
    shell.write("audit.txt", vector.body);
    const bool is_good = vector.at("expect") == "ok";
    EXPECT_EQ(shell.run("export=audit.txt\nsince=" + vector.get("since", "") + "\n" + script), is_good)
        << vector.name << "\n"
        << shell.output();
  }
}

TEST(AHeadOfTheAudit, IsReadAsItWasWritten) {
  const std::string text = "7:" + std::string(64, 'a');
  EXPECT_EQ(to_text(*head_from(text)), text);
  EXPECT_EQ(to_text(*head_from(text + ":" + std::string(128, 'b'))), text);
  const std::string hash(64, 'a');
  const std::vector<std::string> wrong_ones{
      "", "7", "7:", ":" + hash, "0:" + hash, "-7:" + hash, "x:" + hash, "7:a" + hash, "7:" + std::string(64, 'g')};
  for (const auto& wrong : wrong_ones) {
    EXPECT_EQ(head_from(wrong).error().code, ErrorCode::invalid) << wrong;
  }
}

}  // namespace
}  // namespace perspective::inspection
