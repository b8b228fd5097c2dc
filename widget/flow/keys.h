// The names of the view's nodes: an action and an index (docs/panel-protocol.md, "Nodes").
#pragma once

#include <cstdint>

namespace askus::flow {

enum class Action : std::uint16_t {
  kNone,
  kScreen,  // index: the screen; names the main region
  kClose,
  kBack,
  kQuery,
  kOptions,
  kOpenTopic,  // index: the topic's in the snapshot
  kWrite,
  kRetry,
  kHeading,
  kRate,  // index: yes, partly, no
  kThanks,
  kCopyLink,
  kKind,  // the choices; index + 1 each of them
  kTitle,
  kDetails,
  kCategory,  // index 1: any; index + 2 each category
  kChangeCategory,
  kMood,
  kName,
  kContact,
  kConsent,
  kHoneypot,
  kSend,
  kSendAnyway,
  kSaveLink,
  kAskAnother,
  kStatus,
  kReceipt,
  kOpenReceipt,
  kPictures,  // the slot: Input says that a picture was attached
};

constexpr std::uint32_t key(Action action, std::uint32_t index = 0) {
  return static_cast<std::uint32_t>(action) << 16 | (index & 0xFFFF);
}
constexpr Action action_of(std::uint32_t key) {
  return static_cast<Action>(key >> 16);
}
constexpr std::uint32_t index_of(std::uint32_t key) {
  return key & 0xFFFF;
}

}  // namespace askus::flow
