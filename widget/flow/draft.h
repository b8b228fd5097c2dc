// What the visitor has written so far, and its text form that the page keeps for the site.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/request/request.h"
#include "widget/flow/keys.h"

namespace askus::flow {

// The form's fields, in the order in which they are shown.
enum class Field : std::uint8_t {
  kKind,
  kTitle,
  kDetails,
  kCategory,
  kMood,
  kName,
  kContact,
  kConsent,
};
inline constexpr std::size_t kFields = 8;

// Their names in a request's JSON.
inline constexpr std::array<std::string_view, kFields> kFieldNames{
    "kind", "title", "details", "category", "mood", "name", "contact", "consent"};

// The node of the form that shows it.
inline constexpr std::array<Action, kFields> kFieldActions{
    Action::kKind, Action::kTitle, Action::kDetails, Action::kCategory,
    Action::kMood, Action::kName,  Action::kContact, Action::kConsent};
inline Action action_for(Field field) {
  return kFieldActions[static_cast<std::size_t>(field)];
}

// The index of the field of that name or node, or kFields.
std::size_t field_named(std::string_view name);
std::size_t field_at(Action action);

// A request in the making. The consent's hash is the page's to make: text_hash stays empty.
struct Draft {
  request::Request request;
  std::string consent_text;      // what was agreed to, as it was shown
  bool category_chosen = false;  // by the visitor: no longer proposed
  bool title_prefilled = false;  // from the query, once
  bool sending = false;          // handed to the page, frozen until a definite answer

  // Whether the visitor has written something himself.
  bool begun() const { return !request.id.empty(); }

  // The text form; decode(encode()) gives the same draft.
  std::string encode() const;
  // Trusts nothing: kMalformed when it is not a draft, kUnsupported when of another version.
  static Result<Draft> decode(std::string_view text);

  // The arguments of the effect `send`: names and values, empty ones left out. Views into this.
  std::vector<std::string_view> pairs() const;
};

}  // namespace askus::flow
