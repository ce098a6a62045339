#include "people/rights.h"

#include <algorithm>
#include <initializer_list>

namespace perspective::people {

namespace {

using enum Right;

constexpr Rights bits_of(std::initializer_list<Right> rights) {
  Rights bits = bit_of(own_account);
  for (const Right right : rights) bits |= bit_of(right);
  return bits;
}

struct RoleRow {
  Role role;
  std::string_view name;
  Rights may;
};

constexpr RoleRow kRoleRows[] = {
    {Role::administrator, "administrator", bits_of({see_inspections, run_kiosks, run_service, run_people, read_audit})},
    {Role::inspector, "inspector",
     bits_of({see_inspections, set_up_inspections, hold_keys, read_answers, read_releases, enter_paper, run_kiosks,
              read_audit})},
    {Role::safeguarding_lead, "safeguarding-lead", bits_of({see_inspections, decide_concerns})},
    {Role::analyst, "analyst", bits_of({see_inspections, read_releases})},
    {Role::data_entry, "data-entry", bits_of({see_inspections, enter_paper})},
};

struct RightRow {
  Right right;
  std::string_view name;
};

constexpr RightRow kRightRows[] = {
    {see_inspections, "see-inspections"},
    {set_up_inspections, "set-up-inspections"},
    {hold_keys, "hold-keys"},
    {read_answers, "read-answers"},
    {decide_concerns, "decide-concerns"},
    {read_releases, "read-releases"},
    {enter_paper, "enter-paper"},
    {run_kiosks, "run-kiosks"},
    {run_service, "run-service"},
    {run_people, "run-people"},
    {read_audit, "read-audit"},
    {own_account, "own-account"},
};
static_assert(std::size(kRoleRows) == kRoles.size() && std::size(kRightRows) == kRights.size());

const RoleRow& row_of(Role role) { return *std::ranges::find(kRoleRows, role, &RoleRow::role); }

}  // namespace

bool may(Role role, Right right) { return (row_of(role).may & bit_of(right)) != 0; }

bool may(const std::vector<Role>& roles, Right right) {
  return std::ranges::any_of(roles, [right](Role role) { return may(role, right); });
}

Rights rights_of(const std::vector<Role>& roles) {
  Rights rights = 0;
  for (const Role role : roles) rights |= row_of(role).may;
  return rights;
}

std::string_view name_of(Role role) { return row_of(role).name; }

std::string_view name_of(Right right) { return std::ranges::find(kRightRows, right, &RightRow::right)->name; }

std::optional<Role> role_named(std::string_view name) {
  const auto* found = std::ranges::find(kRoleRows, name, &RoleRow::name);
  return found == std::end(kRoleRows) ? std::nullopt : std::optional(found->role);
}

std::optional<Right> right_named(std::string_view name) {
  const auto* found = std::ranges::find(kRightRows, name, &RightRow::name);
  return found == std::end(kRightRows) ? std::nullopt : std::optional(found->right);
}

}  // namespace perspective::people
