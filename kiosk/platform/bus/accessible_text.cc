// AtkText and AtkEditableText of a node.
#include <glib.h>

#include <algorithm>

#include "platform/bus/accessible.h"
#include "platform/bus/text_unit.h"

namespace perspective::platform::bus {
namespace {

char* copy(const std::string& text) { return g_strdup(text.c_str()); }

int count(AtkText* of) {
  const Peer* peer = peer_of(of);
  return peer == nullptr ? 0 : length_of(peer->node.text);
}
char* part(AtkText* of, int begin, int end) {
  const Peer* peer = peer_of(of);
  return peer == nullptr ? nullptr : copy(part_of(peer->node.text, {begin, end}));
}
gunichar character(AtkText* of, int offset) {
  const Peer* peer = peer_of(of);
  if (peer == nullptr || offset < 0 || offset >= count(of)) return 0;
  return g_utf8_get_char(g_utf8_offset_to_pointer(peer->node.text.c_str(), offset));
}
int caret(AtkText* of) {
  const Peer* peer = peer_of(of);
  return peer == nullptr ? 0 : peer->node.caret;
}

char* piece(AtkText* of, int offset, Unit unit, int* begin, int* end) {
  const Peer* peer = peer_of(of);
  if (peer == nullptr) return nullptr;
  const Span span = unit_at(peer->node.text, offset, unit, peer->node.line_starts);
  *begin = span.begin;
  *end = span.end;
  return copy(part_of(peer->node.text, span));
}

char* string_at(AtkText* of, int offset, AtkTextGranularity granularity, int* begin, int* end) {
  switch (granularity) {
    case ATK_TEXT_GRANULARITY_CHAR:
      return piece(of, offset, Unit::character, begin, end);
    case ATK_TEXT_GRANULARITY_WORD:
      return piece(of, offset, Unit::word, begin, end);
    case ATK_TEXT_GRANULARITY_SENTENCE:
      return piece(of, offset, Unit::sentence, begin, end);
    case ATK_TEXT_GRANULARITY_LINE:
      return piece(of, offset, Unit::line, begin, end);
    case ATK_TEXT_GRANULARITY_PARAGRAPH:
      return piece(of, offset, Unit::paragraph, begin, end);
  }
  return nullptr;
}

Unit unit_of(AtkTextBoundary boundary) {
  switch (boundary) {
    case ATK_TEXT_BOUNDARY_CHAR:
      return Unit::character;
    case ATK_TEXT_BOUNDARY_WORD_START:
    case ATK_TEXT_BOUNDARY_WORD_END:
      return Unit::word;
    case ATK_TEXT_BOUNDARY_SENTENCE_START:
    case ATK_TEXT_BOUNDARY_SENTENCE_END:
      return Unit::sentence;
    case ATK_TEXT_BOUNDARY_LINE_START:
    case ATK_TEXT_BOUNDARY_LINE_END:
      return Unit::line;
  }
  return Unit::paragraph;
}

// The older calls, which Orca 43 still uses beside string_at().
char* text_at(AtkText* of, int offset, AtkTextBoundary boundary, int* begin, int* end) {
  return piece(of, offset, unit_of(boundary), begin, end);
}
char* text_before(AtkText* of, int offset, AtkTextBoundary boundary, int* begin, int* end) {
  g_free(text_at(of, offset, boundary, begin, end));
  if (*begin == 0) return piece(of, 0, unit_of(boundary), begin, end);
  return text_at(of, *begin - 1, boundary, begin, end);
}
char* text_after(AtkText* of, int offset, AtkTextBoundary boundary, int* begin, int* end) {
  g_free(text_at(of, offset, boundary, begin, end));
  return text_at(of, *end, boundary, begin, end);
}

AtkAttributeSet* language_of(const Node& node) {
  auto* attribute = g_new(AtkAttribute, 1);
  *attribute = {.name = g_strdup("language"), .value = copy(node.language)};
  return g_slist_prepend(nullptr, attribute);
}
AtkAttributeSet* run_attributes(AtkText* of, int, int* begin, int* end) {
  const Peer* peer = peer_of(of);
  *begin = 0;
  *end = count(of);
  return peer == nullptr ? nullptr : language_of(peer->node);
}
AtkAttributeSet* default_attributes(AtkText* of) {
  const Peer* peer = peer_of(of);
  return peer == nullptr ? nullptr : language_of(peer->node);
}

gboolean set_caret(AtkText* of, int offset) {
  const Peer* peer = peer_of(of);
  if (peer == nullptr || peer->node.kind != Kind::entry || !peer->node.has(ATK_STATE_FOCUSED)) return FALSE;
  const std::string before = part_of(peer->node.text, {0, std::max(offset, 0)});
  peer->actions->place_caret(std::string(peer->node.item), before.size());
  return TRUE;
}

void write(const Peer& peer, const std::string& text) {
  if (!peer.node.has(ATK_STATE_SENSITIVE)) return;
  peer.actions->write(std::string(peer.node.item), text);
}

void set_contents(AtkEditableText* of, const char* text) {
  const Peer* peer = peer_of(of);
  if (peer != nullptr && text != nullptr) write(*peer, text);
}
void insert(AtkEditableText* of, const char* text, int bytes, int* position) {
  const Peer* peer = peer_of(of);
  if (peer == nullptr || text == nullptr || position == nullptr) return;
  const std::string put = bytes < 0 ? std::string(text) : std::string(text, static_cast<std::size_t>(bytes));
  const std::string& old = peer->node.text;
  const int at = std::clamp(*position, 0, length_of(old));
  write(*peer, part_of(old, {0, at}) + put + part_of(old, {at, -1}));
  *position = at + length_of(put);
}
void erase(AtkEditableText* of, int begin, int end) {
  const Peer* peer = peer_of(of);
  if (peer == nullptr) return;
  const std::string& old = peer->node.text;
  const int last = end < 0 ? length_of(old) : end;
  write(*peer, part_of(old, {0, std::max(begin, 0)}) + part_of(old, {std::max(begin, last), -1}));
}

}  // namespace

void fill_text_interface(AtkTextIface& interface) {
  interface.get_text = part;
  interface.get_character_count = count;
  interface.get_character_at_offset = character;
  interface.get_caret_offset = caret;
  interface.set_caret_offset = set_caret;
  interface.get_string_at_offset = string_at;
  interface.get_text_at_offset = text_at;
  interface.get_text_before_offset = text_before;
  interface.get_text_after_offset = text_after;
  interface.get_run_attributes = run_attributes;
  interface.get_default_attributes = default_attributes;
}

void fill_editable_interface(AtkEditableTextIface& interface) {
  interface.set_text_contents = set_contents;
  interface.insert_text = insert;
  interface.delete_text = erase;
}

}  // namespace perspective::platform::bus
