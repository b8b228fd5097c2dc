// The view tree: what the panel shows, as a flat list of nodes that the page makes elements of.
// docs/panel-protocol.md is the specification of every number here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace askus::view {

enum class Role : std::uint8_t {
  kRegion = 1,
  kHeading,
  kText,
  kRun,
  kLink,
  kButton,
  kField,
  kChoices,
  kChoice,
  kCheck,
  kList,
  kItem,
  kOptions,
  kOption,
  kStatus,
  kAlert,
  kIcon,
  kAvatar,
  kProgress,
  kTime,
  kHoneypot,
  kPicture,
  kSlot,
};

enum Flag : std::uint16_t {
  kDisabled = 1,
  kSelected = 2,
  kRequired = 4,
  kInvalid = 8,
  kMultiline = 16,
  kMark = 32,
  kStrong = 64,
  kBusy = 128,
  kExpanded = 256,
  kHiddenLabel = 512,
  kOtherLanguage = 1024,
};

enum class RegionStyle : std::uint16_t {
  kDiv,
  kHeader,
  kMain,
  kFooter,
  kSection,
  kNav,
  kForm,
  kCard,
  kRow,
  kStack,
  kHero,
  kPerson,
  kPair,
};
enum class HeadingStyle : std::uint16_t { kNormal, kHidden, kNumbered };
enum class TextStyle : std::uint16_t { kBody, kHint, kSnippet, kTag, kError, kName };
enum class LinkStyle : std::uint16_t { kInline, kStandalone };
enum class ButtonStyle : std::uint16_t { kSecondary, kPrimary, kGhost, kIcon };
enum class FieldStyle : std::uint16_t { kText, kSearch, kContact, kName };
enum class ChoicesStyle : std::uint16_t { kSegments, kFaces, kList };
enum class ListStyle : std::uint16_t { kBullets, kNumbers, kPlain };

enum class Icon : std::int32_t {
  kSearch = 1,
  kClose,
  kBack,
  kMessage,
  kCheck,
  kHappy,
  kIndifferent,
  kUpset,
  kClock,
  kWarning,
  kExternal,
  kCopy,
  kInfo,
  kArrow,
  kOffline,
};

// A place that the page's later chunk fills (docs/panel-protocol.md, "Later").
enum class Slot : std::int32_t { kNotice = 1, kTopic, kPictures, kMine };

// The interface texts, by the names that texts.def gives them.
enum class Text : std::uint16_t {
  none,
#define ASKUS_TEXT(name) name,
#include "widget/view/texts.def"
#undef ASKUS_TEXT
};

// Part of the string arena.
struct Slice {
  std::uint32_t offset = 0, size = 0;
};

struct Node {
  Role role = Role::kRegion;
  std::uint8_t depth = 0;
  std::uint16_t flags = 0;
  std::uint32_t key = 0;
  Text text = Text::none;
  std::uint16_t style = 0;
  std::int32_t number = 0;
  Slice label, value, extra;
};
static_assert(sizeof(Node) == 40 && std::is_trivially_copyable_v<Node>);
static_assert(offsetof(Node, flags) == 2 && offsetof(Node, key) == 4);
static_assert(offsetof(Node, text) == 8 && offsetof(Node, style) == 10);
static_assert(offsetof(Node, number) == 12 && offsetof(Node, label) == 16);
static_assert(offsetof(Node, value) == 24 && offsetof(Node, extra) == 32);

// Draws a view, node after node, immediate-mode. Copies every string it is given.
class Builder {
 public:
  // The children of a node: what is added while it lives.
  class [[nodiscard]] Scope {
   public:
    explicit Scope(Builder& builder) : builder_(builder) { ++builder_.depth_; }
    ~Scope() { --builder_.depth_; }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Builder& builder_;
  };

  // The node that was just added, to be completed. Valid until the builder is cleared.
  class Element {
   public:
    Element(Builder& builder, std::size_t index) : builder_(builder), index_(index) {}
    Element& text(Text text);
    Element& label(std::string_view label);
    Element& value(std::string_view value);
    Element& extra(std::string_view extra);
    Element& number(std::int32_t number);
    Element& flag(Flag flag, bool on = true);
    // `on`: the text is in the language `tag`, which is not the interface's.
    Element& other_language(std::string_view tag, bool on);
    Scope in() { return Scope(builder_); }

   private:
    Node& node() { return builder_.nodes_[index_]; }
    Builder& builder_;
    std::size_t index_;
  };

  Element add(Role role, std::uint32_t key = 0, std::uint16_t style = 0);
  Element region(RegionStyle style, std::uint32_t key = 0);
  Element heading(std::int32_t level, std::uint32_t key = 0);
  // Of level 2; `number` is its text's {n}.
  Element numbered_heading(std::int32_t number, std::uint32_t key);
  Element text(TextStyle style);
  Element run(std::string_view label);
  Element link(LinkStyle style, std::uint32_t key = 0);
  Element button(ButtonStyle style, std::uint32_t key, Text text);
  Element icon_button(Icon icon, std::uint32_t key, Text text);
  Element field(FieldStyle style, std::uint32_t key, Text text);
  Element choices(ChoicesStyle style, std::uint32_t key, Text text);
  Element list(ListStyle style);
  Element icon(Icon icon);
  Element slot(Slot slot, std::uint32_t key = 0);

  void clear();
  void swap(Builder& other);
  std::span<const Node> nodes() const { return nodes_; }
  std::string_view strings() const { return strings_; }
  std::string_view string(Slice slice) const;
  // Whether both show the same.
  bool same_as(const Builder& other) const;

 private:
  Slice keep(std::string_view text);

  std::vector<Node> nodes_;
  std::string strings_;
  std::uint8_t depth_ = 0;
};

}  // namespace askus::view
