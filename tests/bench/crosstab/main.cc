// A cross-tab over opened responses, in the collector's columns and in SQLite, in turns; and the same responses as a
// file of numbers for whoever else wants to count them. Both must count the same.
#include <CLI/CLI.hpp>
#include <fstream>
#include <random>

#include "base/sqlite.h"
#include "bench/samples.h"
#include "support/reference_case.h"
#include "tally/cross_tab.h"

namespace perspective::bench {
namespace {

namespace fs = std::filesystem;

struct Setting {
  std::size_t responses = 1'000'000;
  int rounds = 5;
  fs::path numbers;  // a file to write
  std::string row, column, only, option;
};

// What people at the reference case answered, drawn again and again.
tally::Columns filled(const Setting& setting) {
  const auto questionnaire = reference_case::questionnaire("children-and-young-people");
  const auto people = reference_case::submissions(questionnaire, reference_case::kResponses);
  tally::Columns columns(questionnaire);
  std::mt19937 draw(2012);
  for (std::size_t i = 0; i < setting.responses; ++i) unwrapped(columns.append(people[draw() % people.size()]));
  return columns;
}

struct Three {
  const std::vector<std::int16_t>& row;
  const std::vector<std::int16_t>& column;
  const std::vector<std::int16_t>& only;
};

Three codes_of(const tally::Columns& columns, const Setting& setting) {
  const auto codes = [&](const std::string& variable) -> const std::vector<std::int16_t>& {
    return columns.column(columns.questionnaire().position(variable)).codes;
  };
  return {codes(setting.row), codes(setting.column), codes(setting.only)};
}

void write_numbers(const Three& codes, const fs::path& path) {
  std::ofstream file(path);
  for (std::size_t i = 0; i < codes.row.size(); ++i) {
    file << codes.row[i] << ',' << codes.column[i] << ',' << codes.only[i] << '\n';
  }
  if (!file.flush()) throw std::runtime_error(path.string() + " could not be written");
}

class InSqlite {
 public:
  explicit InSqlite(const Three& codes) : database_(unwrapped(sqlite::Database::open(":memory:"))) {
    unwrapped(database_.execute("CREATE TABLE answers (a INTEGER, b INTEGER, c INTEGER) STRICT"));
    auto transaction = unwrapped(sqlite::Transaction::begin(database_));
    auto insert = unwrapped(database_.prepare("INSERT INTO answers VALUES (?, ?, ?)"));
    for (std::size_t i = 0; i < codes.row.size(); ++i) {
      insert.bind(1, std::int64_t{codes.row[i]}).bind(2, std::int64_t{codes.column[i]});
      unwrapped(insert.bind(3, std::int64_t{codes.only[i]}).run());
    }
    unwrapped(transaction.commit());
  }
  // (row's code, column's code) -> people
  std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> count(const std::string& where) {
    auto asked = unwrapped(database_.prepare("SELECT a, b, count(*) FROM answers " + where + " GROUP BY a, b"));
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> counts;
    while (unwrapped(asked.step())) counts[{asked.integer(0), asked.integer(1)}] = asked.integer(2);
    return counts;
  }

 private:
  sqlite::Database database_;
};

std::int64_t code_of(const tally::Side& side, std::size_t line) {
  switch (side.lines[line].kind) {
    case tally::Line::Kind::skipped:
      return tally::kSkipped;
    case tally::Line::Kind::not_asked:
      return tally::kNotAsked;
    case tally::Line::Kind::not_reached:
      return tally::kNotReached;
    default:
      return static_cast<std::int64_t>(line);
  }
}

template <typename Counts>
void must_be_the_same(const tally::CrossTab& table, const Counts& counts) {
  for (std::size_t row = 0; row < table.rows.lines.size(); ++row) {
    for (std::size_t column = 0; column < table.columns.lines.size(); ++column) {
      const auto found = counts.find({code_of(table.rows, row), code_of(table.columns, column)});
      const auto there = found == counts.end() ? 0 : found->second;
      if (table.count(row, column) != there) throw std::runtime_error("the collector and SQLite count differently");
    }
  }
}

void measure(const Setting& setting, const std::string& name, const tally::Columns& columns, InSqlite& sqlite,
             const std::vector<tally::Only>& only, const std::string& where, Samples& samples) {
  for (int round = 0; round < setting.rounds; ++round) {
    std::optional<tally::CrossTab> table;
    samples.add(name + "_ms",
                microseconds([&] { table = unwrapped(cross_tab(columns, setting.row, setting.column, only)); }) / 1000);
    decltype(sqlite.count(where)) counts;
    samples.add(name + "_sqlite_ms", microseconds([&] { counts = sqlite.count(where); }) / 1000);
    must_be_the_same(*table, counts);
  }
}

int main_of(int count, char** words) {
  Setting setting;
  CLI::App app("Counts two questions against each other.", "bench_crosstab");
  app.add_option("--responses", setting.responses)->check(CLI::PositiveNumber);
  app.add_option("--rounds", setting.rounds)->check(CLI::PositiveNumber);
  app.add_option("--numbers", setting.numbers, "File to write what is counted to")->required();
  app.add_option("--row", setting.row)->required();
  app.add_option("--column", setting.column)->required();
  app.add_option("--only", setting.only, "Of those alone who chose --option here")->required();
  app.add_option("--option", setting.option)->required();
  CLI11_PARSE(app, count, words);
  const auto columns = filled(setting);
  const auto codes = codes_of(columns, setting);
  write_numbers(codes, setting.numbers);
  InSqlite sqlite(codes);
  const auto& options = survey::options_of(*columns.questionnaire().item(setting.only));
  const auto position = std::ranges::find(options, setting.option, &survey::Option::id) - options.begin();
  Samples samples;
  measure(setting, "all", columns, sqlite, {}, "", samples);
  measure(setting, "some", columns, sqlite, {{setting.only, {setting.option}}}, "WHERE c = " + std::to_string(position),
          samples);
  samples.add("option_code", static_cast<double>(position));
  samples.print();
  return 0;
}

}  // namespace
}  // namespace perspective::bench

int main(int count, char** words) {
  return perspective::bench::end_of("bench_crosstab", perspective::bench::main_of, count, words);
}
