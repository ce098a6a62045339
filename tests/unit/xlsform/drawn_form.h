// Forms as no author would fill them in: columns and cells by chance, so that each that is dropped is found.
#pragma once

#include <random>

#include "unit/xlsform/forms.h"
#include "xlsform/words.h"

namespace perspective::xlsform {

class DrawnForm {
 public:
  explicit DrawnForm(unsigned seed) : chance_(seed) {}

  Sheets sheets() {
    Sheets sheets;
    sheets.survey = survey();
    sheets.choices = choices();
    sheets.settings = settings();
    return sheets;
  }

 private:
  using Titles = std::vector<std::string>;

  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(chance_); }
  bool is_so(unsigned percent) { return below(100) < percent; }
  const std::string& one_of(const Titles& titles) { return titles[below(titles.size())]; }
  // A word that stands nowhere else in the form.
  std::string word() { return "w" + std::to_string(++words_) + "y"; }

  Titles drawn(const Titles& pool, const Titles& always) {
    Titles titles = always;
    for (const auto& title : pool) {
      if (is_so(45)) titles.push_back(title);
    }
    std::shuffle(titles.begin() + 2, titles.end(), chance_);
    return titles;
  }

  Titles titles_of_survey() {
    return drawn({"label::English (en)",
                  "label::Welsh (cy)",
                  "Label::Klingon",
                  "hint",
                  "hint::English (en)",
                  "hint::cy",
                  "relevance",
                  "bind::relevant",
                  "relevant::English (en)",
                  "constraint",
                  "bind::constraint",
                  "constraint_message",
                  "constraint message",
                  "constraint_message::Welsh (cy)",
                  "image",
                  "media::image",
                  "media::image::Welsh (cy)",
                  "audio",
                  "media::audio::English (en)",
                  "parameters",
                  "Parameters",
                  "default",
                  "calculation",
                  "trigger",
                  "read_only",
                  "required",
                  "guidance_hint",
                  "video",
                  "choice_filter",
                  "disabled",
                  "my own",
                  "",
                  "appearance"},
                 {"type", "name", "label", "relevant"});
  }

  Grid survey() {
    Grid grid{titles_of_survey(), {"select_one yn", "q1"}, {"select_one likes", "q2"}};
    fill(grid, 1);
    fill(grid, 2);
    Titles open;
    const std::size_t rows = 6 + below(10);
    for (std::size_t i = 0; i < rows; ++i) {
      if (!open.empty() && is_so(30)) {
        add(grid, "end " + open.back(), "");
        open.pop_back();
      } else if (open.size() < 3 && is_so(25)) {
        open.push_back(is_so(80) ? "group" : "repeat");
        add(grid, "begin " + open.back(), named(grid));
        add(grid, "text", named(grid), true);
      } else {
        static const Titles kTypes{"text",
                                   "select_one yn",
                                   "select_multiple yn",
                                   "select_one likes",
                                   "note",
                                   "note",
                                   "integer",
                                   "integer",
                                   "range",
                                   "range",
                                   "geopoint",
                                   "deviceid",
                                   "rank ranks",
                                   "select_one gone",
                                   "select_multiple yn or_other",
                                   "select_one yn more of it",
                                   "",
                                   "calculate",
                                   "nonsense",
                                   "select_one_from_file a.csv"};
        add(grid, one_of(kTypes), is_so(92) ? named(grid) : is_so(50) ? "q1" : "");
      }
    }
    for (; !open.empty(); open.pop_back()) add(grid, "end " + open.back(), "");
    return grid;
  }

  static std::string named(const Grid& grid) { return "q" + std::to_string(grid.size()); }

  void add(Grid& grid, const std::string& type, const std::string& name, bool is_needed = false) {
    grid.push_back({type, name});
    fill(grid, grid.size() - 1, is_needed);
  }

  void fill(Grid& grid, std::size_t row, bool is_needed = false) {
    const std::string type = grid[row][0];
    const bool is_of_group = type.starts_with("begin") || type.starts_with("end");
    for (std::size_t column = 2; column < grid[0].size(); ++column) {
      const std::string title = small(grid[0][column]);
      std::string cell;
      if (title == "disabled") {
        cell = row > 2 && !is_needed && !is_of_group && is_so(6) ? "yes" : "";
      } else if (title.find("relevan") != std::string::npos) {
        cell = is_so(25) ? is_so(80) ? "${q1} = '" + word() + "'" : "string-length(${q1}) > " + word() : "";
      } else if (is_so(title == "label" ? 80 : 40)) {
        cell = cell_of(title, type, row);
      }
      grid[row].push_back(cell);
    }
  }

  std::string cell_of(const std::string& title, const std::string& type, std::size_t row) {
    const std::string lowest = std::to_string(row + below(3));
    if (title.ends_with("constraint") && type == "integer") {
      return ". >= " + lowest + " and . <= " + std::to_string(row + 5 + below(30));
    }
    if (title == "constraint" && is_so(50)) return "not(selected(., 'no') and count-selected(.) > 1)";
    if (title == "parameters" && is_so(70)) {
      return "start=" + lowest + " end=" + std::to_string(row + 5 + below(30)) + (is_so(30) ? " " + word() : "");
    }
    return word();
  }

  Grid choices() {
    const Titles titles =
        drawn({"label::English (en)", "label::Welsh (cy)", "hint", "image", "media::image", "media::image::Welsh (cy)",
               "audio", "perspective_base", "perspective_value", "state", "list name", "value", ""},
              {"list_name", "name", "label"});
    Grid grid{titles,         {"yn", "yes"},    {"yn", "no"},      {"likes", "1"},
              {"likes", "2"}, {"likes", "yes"}, {"ranks", "best"}, {"old", "x"},
              {"yn", "no"},   {"", "stray"},    {"", ""}};
    for (std::size_t row = 1; row < grid.size(); ++row) {
      for (std::size_t column = 2; column < titles.size(); ++column) {
        const std::string& title = titles[column];
        std::string cell = is_so(60) ? word() : "";
        if (!cell.empty() && title.find("image") != std::string::npos) cell += is_so(50) ? ".svg" : ".png";
        if (title == "perspective_base" && is_so(50)) cell = "outside";
        if (title == "perspective_value" && is_so(70)) cell = std::to_string(row * 10 + column);
        grid[row].push_back(cell);
      }
    }
    return grid;
  }

  Grid settings() {
    const Titles titles = drawn({"title", "form_title::English (en)", "form_title::Klingon", "form_title::French (fr)",
                                 "id_string", "version", "default_language", "style", ""},
                                {"form_title", "form_id"});
    Grid grid{titles};
    const std::size_t rows = 1 + below(3);
    for (std::size_t row = 1; row <= rows; ++row) {
      grid.emplace_back();
      for (const auto& title : titles) {
        std::string cell = is_so(70) ? word() : "";
        if (title == "version" && is_so(50)) cell = std::to_string(2 + below(90));
        if (title == "default_language" && is_so(70)) cell = one_of({"Welsh (cy)", "Welsh", "French"});
        grid[row].push_back(cell);
      }
    }
    return grid;
  }

  std::mt19937 chance_;
  unsigned words_ = 0;
};

}  // namespace perspective::xlsform
