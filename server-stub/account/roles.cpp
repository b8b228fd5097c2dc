#include "server-stub/account/roles.h"

namespace askus::account {
namespace {

struct Row {
  std::string_view name;
  std::array<bool, kRights> may;
};

constexpr bool o = false, X = true;
constexpr std::array<Row, kRoles> kTable{{
    //                answer assign figures publish manage audit organise read reply
    {"staff", /*    */ {X, o, o, o, o, o, o, X, X}},
    {"lead", /*     */ {X, X, X, o, o, o, X, X, X}},
    {"marketer", /* */ {o, o, X, X, o, o, o, o, o}},
    {"administrator", {X, X, X, X, X, X, X, X, X}},
    {"", /* publisher's key */ {o, o, o, X, o, o, o, o, o}},
    {"", /* staff key       */ {o, o, X, o, o, o, o, o, o}},
    {"", /* read key        */ {o, o, o, o, o, o, o, X, o}},
    {"", /* answer key      */ {o, o, o, o, o, o, o, X, X}},
}};
constexpr std::array<std::string_view, kRights> kRightNames{
    "answer", "assign", "figures", "publish", "manage", "audit", "organise", "read", "reply"};

}  // namespace

bool may(Role role, Right right) {
  return kTable.at(static_cast<std::size_t>(role)).may.at(static_cast<std::size_t>(right));
}

std::string_view name_of(Role role) {
  return kTable.at(static_cast<std::size_t>(role)).name;
}

std::string_view name_of(Right right) {
  return kRightNames.at(static_cast<std::size_t>(right));
}

std::optional<Role> person_role(std::string_view name) {
  if (name.empty()) return std::nullopt;
  for (std::size_t i = 0; i < kRoles; ++i)
    if (kTable[i].name == name) return static_cast<Role>(i);
  return std::nullopt;
}

}  // namespace askus::account
