#include "exports/formats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <readstat.h>

#include <memory>

#include "support/reference_case.h"

namespace perspective::exports {
namespace {

using reference_case::unwrapped;

using testing::HasSubstr;

Dataset sample() {
  Dataset data;
  data.id = "trial";
  data.title = "A trial & more";
  data.language = "en";
  data.version = 3;
  data.cases = 3;
  data.variables.push_back({.name = "how",
                            .question = "How, \"really\"?",
                            .part = {},
                            .measure = Measure::ordinal,
                            .labels = {{-12, "No matter"}, {-1, "Skipped"}, {0, "Badly"}, {10, "Well <3"}},
                            .cases = {10, -12, -1}});
  data.variables.push_back({.name = "which_a",
                            .question = "Which?",
                            .part = "A",
                            .labels = {{-1, "Skipped"}, {0, "No"}, {1, "Yes"}},
                            .cases = {0, 1, -1}});
  return data;
}

TEST(Csv, HasAHeadingAndACodeForEachCaseAndVariable) {
  EXPECT_EQ(csv(sample()), "how,which_a\r\n10,0\r\n-12,1\r\n-1,-1\r\n");
}

TEST(Csv, OfTheCodebookHasEachCodeOnALineAndQuotesWhereItMust) {
  EXPECT_THAT(codebook_csv(sample()), HasSubstr("how,\"How, \"\"really\"\"?\",-12,No matter,1\r\n"));
  EXPECT_THAT(codebook_csv(sample()), HasSubstr("which_a,Which? A,1,Yes,0\r\n"));
}

TEST(TripleS, HasNoCodeBelowZeroInDefinitionOrData) {
  const auto definition = unwrapped(triple_s(sample(), "trial.csv"));
  EXPECT_THAT(definition, HasSubstr("<value code=\"912\">No matter</value>"));
  EXPECT_THAT(definition, HasSubstr("href=\"trial.csv\""));
  EXPECT_EQ(triple_s_csv(sample()), "how,which_a\r\n10,0\r\n912,1\r\n901,901\r\n");
}

TEST(Ddi, SaysWhichCodesAreMissingAndHowManyHaveEach) {
  const auto text = unwrapped(ddi(sample(), "trial.csv"));
  EXPECT_THAT(text, HasSubstr("<titl>A trial &amp; more</titl>"));
  EXPECT_THAT(text, HasSubstr("<range min=\"0\" max=\"10\"/>"));
  EXPECT_THAT(text, HasSubstr("<catgry missing=\"Y\">\n        <catValu>-12</catValu>"));
  EXPECT_THAT(text, HasSubstr("Well &lt;3</labl>\n        <catStat type=\"freq\">1</catStat>"));
}

// What ReadStat reads of a file in memory.
struct Read {
  std::vector<std::string> names, labels;
  std::map<std::string, std::map<int, std::string>> value_labels;  // by set
  std::vector<std::string> sets;
  std::vector<std::vector<double>> cases;
  std::vector<int> missing_ranges;
  int is_missing = 0;
  std::string bytes;
  std::size_t at = 0;
};

Read& as_read(void* context) { return *static_cast<Read*>(context); }

int on_variable(int, readstat_variable_t* variable, const char* labels, void* context) {
  as_read(context).names.emplace_back(readstat_variable_get_name(variable));
  as_read(context).labels.emplace_back(readstat_variable_get_label(variable));
  as_read(context).sets.emplace_back(labels);
  as_read(context).missing_ranges.push_back(readstat_variable_get_missing_ranges_count(variable));
  return READSTAT_HANDLER_OK;
}
int on_label(const char* set, readstat_value_t value, const char* label, void* context) {
  as_read(context).value_labels[set][static_cast<int>(readstat_double_value(value))] = label;
  return READSTAT_HANDLER_OK;
}
int on_value(int row, readstat_variable_t* variable, readstat_value_t value, void* context) {
  auto& cases = as_read(context).cases;
  cases.resize(static_cast<std::size_t>(row) + 1);
  cases.back().push_back(readstat_double_value(value));
  as_read(context).is_missing += readstat_value_is_defined_missing(value, variable);
  return READSTAT_HANDLER_OK;
}
int on_open(const char*, void*) { return 0; }
int on_close(void*) { return 0; }
readstat_off_t on_seek(readstat_off_t offset, readstat_io_flags_t whence, void* context) {
  auto& read = as_read(context);
  const auto from = whence == READSTAT_SEEK_SET   ? 0
                    : whence == READSTAT_SEEK_CUR ? static_cast<readstat_off_t>(read.at)
                                                  : static_cast<readstat_off_t>(read.bytes.size());
  read.at = static_cast<std::size_t>(from + offset);
  return from + offset;
}
ssize_t on_read(void* to, std::size_t size, void* context) {
  auto& read = as_read(context);
  const auto count = std::min(size, read.bytes.size() - read.at);
  read.bytes.copy(static_cast<char*>(to), count, read.at);
  read.at += count;
  return static_cast<ssize_t>(count);
}

Read read_of(std::string bytes) {
  Read read;
  read.bytes = std::move(bytes);
  const std::unique_ptr<readstat_parser_t, decltype(&readstat_parser_free)> parser(readstat_parser_init(),
                                                                                   readstat_parser_free);
  readstat_set_variable_handler(parser.get(), on_variable);
  readstat_set_value_label_handler(parser.get(), on_label);
  readstat_set_value_handler(parser.get(), on_value);
  readstat_set_open_handler(parser.get(), on_open);
  readstat_set_close_handler(parser.get(), on_close);
  readstat_set_seek_handler(parser.get(), on_seek);
  readstat_set_read_handler(parser.get(), on_read);
  readstat_set_io_ctx(parser.get(), &read);
  EXPECT_EQ(readstat_parse_sav(parser.get(), "", &read), READSTAT_OK);
  return read;
}

TEST(ASpssFile, HasNamesLabelsCodesAndKindsOfAbsence) {
  const auto read = read_of(unwrapped(sav(sample())));
  EXPECT_EQ(read.names, (std::vector<std::string>{"how", "which_a"}));
  EXPECT_EQ(read.labels, (std::vector<std::string>{"How, \"really\"?", "Which? A"}));
  EXPECT_EQ(read.cases, (std::vector<std::vector<double>>{{10, 0}, {-12, 1}, {-1, -1}}));
  EXPECT_EQ(read.value_labels.at(read.sets[0]),
            (std::map<int, std::string>{{-12, "No matter"}, {-1, "Skipped"}, {0, "Badly"}, {10, "Well <3"}}));
  EXPECT_EQ(read.missing_ranges, (std::vector<int>{1, 1}));
  EXPECT_EQ(read.is_missing, 3);
}

TEST(ASpssFile, CutsALongLabelBetweenTwoCharacters) {
  auto data = sample();
  data.variables[0].question.assign(254, 'a').append("ŵ");
  const auto bytes = unwrapped(sav(data));
  EXPECT_EQ(read_of(bytes).labels[0], std::string(254, 'a'));
  EXPECT_EQ(bytes.find("ŵ"[0]), std::string::npos);  // not even half of it
}

TEST(ASpssFile, OfNobodyIsOneToo) {
  auto data = sample();
  data.clear();
  EXPECT_TRUE(read_of(unwrapped(sav(data))).cases.empty());
}

}  // namespace
}  // namespace perspective::exports
