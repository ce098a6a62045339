// Every screen that the real app shows, found by walking it: all steps of all questionnaires in all of their languages,
// with all that the bar opens; then what the supervisor sees.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "screen/screen.h"
#include "support/trial_app.h"

namespace perspective::sweep {

struct Shown {
  screen::Screen screen;
  std::string questionnaire;  // empty: the supervisor's screen
  std::string name() const {
    return screen.id + ", " + screen.language + (questionnaire.empty() ? "" : ", " + questionnaire);
  }
};

class Walk : public trial::TrialApp {
 public:
  void SetUp() override;

 protected:
  std::vector<Shown> shown_;
  std::map<std::string, std::string> pictures_;  // questionnaire and name -> SVG

 private:
  void keep();
  void keep(const screen::Screen& screen);
  void visit(const std::string& button, const std::string& language);
  void give_token();
  void answer_and_keep();
  void keep_the_keyboard(const std::string& entry);
  void open_all_of_the_bar_once();
  void open_all_of_the_bar();
  void look_for_switches();
  void try_all_in(const std::string& base);
  void go_back_to(const std::string& base);
  void end_in_every_way();
  void show_the_supervisor();
  void show_the_supervisor_in_welsh();
  void keep_what_comes_before();
  void keep_the_stick();
  void keep_the_pin();
  std::vector<std::string> pressable(screen::Place place) const;

  std::string questionnaire_;
  std::set<std::string> opened_from_;  // kinds of screens of this visit
  std::set<std::string> kept_;
};

}  // namespace perspective::sweep
