#include "access/input_map.h"

namespace perspective::access {

Meaning meaning_of(const Press& press, const visit::Input& input, bool is_listening) {
  if (is_listening && !press.is_never_a_switch) return Meaning::learn;
  if (input.select == press.control) return Meaning::select;
  if (input.has_switch() && input.move == press.control) return Meaning::move;
  if (press.has_meaning || press.is_never_a_switch || input.has_switch()) return Meaning::usual;
  return Meaning::offer;
}

}  // namespace perspective::access
