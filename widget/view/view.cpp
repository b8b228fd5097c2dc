#include "widget/view/view.h"

#include <cstring>

namespace askus::view {

namespace {

template <typename E>
std::uint16_t style_of(E style) {
  return static_cast<std::uint16_t>(style);
}

}  // namespace

Builder::Element& Builder::Element::text(Text text) {
  node().text = text;
  return *this;
}

Builder::Element& Builder::Element::label(std::string_view label) {
  node().label = builder_.keep(label);
  return *this;
}

Builder::Element& Builder::Element::value(std::string_view value) {
  node().value = builder_.keep(value);
  return *this;
}

Builder::Element& Builder::Element::extra(std::string_view extra) {
  node().extra = builder_.keep(extra);
  return *this;
}

Builder::Element& Builder::Element::number(std::int32_t number) {
  node().number = number;
  return *this;
}

Builder::Element& Builder::Element::flag(Flag flag, bool on) {
  if (on) node().flags = static_cast<std::uint16_t>(node().flags | flag);
  return *this;
}

Builder::Element& Builder::Element::other_language(std::string_view tag, bool on) {
  return on ? flag(kOtherLanguage).extra(tag) : *this;
}

Builder::Element Builder::add(Role role, std::uint32_t key, std::uint16_t style) {
  Node node;
  node.role = role;
  node.depth = depth_;
  node.key = key;
  node.style = style;
  nodes_.push_back(node);
  return Element(*this, nodes_.size() - 1);
}

Builder::Element Builder::region(RegionStyle style, std::uint32_t key) {
  return add(Role::kRegion, key, style_of(style));
}

Builder::Element Builder::heading(std::int32_t level, std::uint32_t key) {
  return add(Role::kHeading, key).number(level);
}

Builder::Element Builder::numbered_heading(std::int32_t number, std::uint32_t key) {
  return add(Role::kHeading, key, style_of(HeadingStyle::kNumbered)).number(number);
}

Builder::Element Builder::text(TextStyle style) {
  return add(Role::kText, 0, style_of(style));
}

Builder::Element Builder::run(std::string_view label) {
  return add(Role::kRun).label(label);
}

Builder::Element Builder::link(LinkStyle style, std::uint32_t key) {
  return add(Role::kLink, key, style_of(style));
}

Builder::Element Builder::button(ButtonStyle style, std::uint32_t key, Text text) {
  return add(Role::kButton, key, style_of(style)).text(text);
}

Builder::Element Builder::icon_button(Icon icon, std::uint32_t key, Text text) {
  return button(ButtonStyle::kIcon, key, text).number(static_cast<std::int32_t>(icon));
}

Builder::Element Builder::field(FieldStyle style, std::uint32_t key, Text text) {
  return add(Role::kField, key, style_of(style)).text(text);
}

Builder::Element Builder::choices(ChoicesStyle style, std::uint32_t key, Text text) {
  return add(Role::kChoices, key, style_of(style)).text(text);
}

Builder::Element Builder::list(ListStyle style) {
  return add(Role::kList, 0, style_of(style));
}

Builder::Element Builder::icon(Icon icon) {
  return add(Role::kIcon).number(static_cast<std::int32_t>(icon));
}

Builder::Element Builder::slot(Slot slot, std::uint32_t key) {
  return add(Role::kSlot, key).number(static_cast<std::int32_t>(slot));
}

void Builder::clear() {
  nodes_.clear();
  strings_.clear();
  depth_ = 0;
}

void Builder::swap(Builder& other) {
  nodes_.swap(other.nodes_);
  strings_.swap(other.strings_);
  std::swap(depth_, other.depth_);
}

std::string_view Builder::string(Slice slice) const {
  return std::string_view(strings_).substr(slice.offset, slice.size);
}

bool Builder::same_as(const Builder& other) const {
  return nodes_.size() == other.nodes_.size() && strings_ == other.strings_ &&
         (nodes_.empty() ||
          std::memcmp(nodes_.data(), other.nodes_.data(), nodes_.size() * sizeof(Node)) == 0);
}

Slice Builder::keep(std::string_view text) {
  const Slice slice{static_cast<std::uint32_t>(strings_.size()),
                    static_cast<std::uint32_t>(text.size())};
  strings_.append(text);
  return slice;
}

}  // namespace askus::view
