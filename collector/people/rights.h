// Who may do what: the roles of those who work on inspections, and the rights that each has.
//
// Promise:   pure; one table. Nobody who looks after the machines may read answers, and whoever keys paper forms or
// reads
//            releases sees nothing else (separation of duties: NIST SP 800-53, AC-5).
//            Whoever sits at the collector itself, as its user or root, has every right: it is they who own its files.
// Threads:   any.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace perspective::people {

enum class Role { administrator, inspector, safeguarding_lead, analyst, data_entry };

enum class Right : std::uint8_t {
  see_inspections,     // which there are, their state and dates, how many have answered in fives
  set_up_inspections,  // create, change, take through their life; issue tokens
  hold_keys,           // unlock and lock; split, rehearse, restore and destroy keys
  read_answers,        // tally, section, comments; choose what is quoted; take back with four words
  decide_concerns,     // what is done about a comment that worries
  read_releases,       // what may be published
  enter_paper,         // key in paper forms
  run_kiosks,          // invite, allow, revoke
  run_service,         // backups, copies of keys, courier bundles
  run_people,          // accounts and API tokens of others
  read_audit,
  own_account,  // everyone's: their password, authenticator, sessions and tokens. No token has it
};

using Rights = std::uint32_t;  // a bit each

inline constexpr auto kRoles =
    std::to_array({Role::administrator, Role::inspector, Role::safeguarding_lead, Role::analyst, Role::data_entry});
inline constexpr auto kRights =
    std::to_array({Right::see_inspections, Right::set_up_inspections, Right::hold_keys, Right::read_answers,
                   Right::decide_concerns, Right::read_releases, Right::enter_paper, Right::run_kiosks,
                   Right::run_service, Right::run_people, Right::read_audit, Right::own_account});

bool may(Role role, Right right);
bool may(const std::vector<Role>& roles, Right right);  // one of them is enough

constexpr Rights bit_of(Right right) { return Rights{1} << static_cast<unsigned>(right); }
constexpr bool has(Rights rights, Right right) { return (rights & bit_of(right)) != 0; }
Rights rights_of(const std::vector<Role>& roles);

// As they are written in the API, the audit and on the command line: "safeguarding-lead", "read-answers".
std::string_view name_of(Role role);
std::string_view name_of(Right right);
std::optional<Role> role_named(std::string_view name);
std::optional<Right> right_named(std::string_view name);

}  // namespace perspective::people
