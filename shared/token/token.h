// The text of a token: what stands on the slip that an inspector hands out, and what somebody types from it.
//
// Twelve symbols of Crockford's base 32 (https://www.crockford.com/base32.html), which has no I, L, O and U: eleven by
// chance, the last checks the others as Crockford has it, modulo 37. Of the 37 he writes five with signs, * ~ $ = and
// U. Nobody should have to look for those or read them aloud, so a token whose check would be one of them is drawn
// again: that leaves 32^11 * 32 / 37 tokens, 54.8 bits, where ten symbols and any check would have 50.
//
// Promise: a token with one symbol changed, or two neighbours exchanged, is never read as a token.
// Threads: pure, but for draw().
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace perspective::token {

constexpr std::string_view kSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kLength = 12;
constexpr std::size_t kGroup = 4;  // written, typed and read aloud in groups of so many

// What is meant by a letter or digit that was typed, small ones too: O is 0, I and L are 1. Nothing: it is no symbol.
std::optional<char> symbol_of(char typed);

// The symbols among what was typed; everything else is left out.
std::string symbols_in(std::string_view typed);

// The token that was typed, however it was grouped. Nothing: it is none, some symbol is wrong or missing.
std::optional<std::string> read(std::string_view typed);

// "7K3QZ0M9XT4B" -> "7K3Q Z0M9 XT4B"; of a part of one, the groups that are begun.
std::string grouped(std::string_view symbols);

// Where a place among the symbols is in the groups, and back: one before or behind a space is the same.
std::size_t place_in_groups(std::size_t at);
std::size_t place_in_symbols(std::size_t at);

// From the kernel's randomness, every token equally likely.
std::string draw();

}  // namespace perspective::token
