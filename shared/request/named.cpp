// What a request names besides its texts; apart from validate(), which the panel's core carries.
#include <algorithm>

#include "shared/request/checker.h"

namespace askus::request {
namespace {

void check_attachments(Checker& check, const std::vector<std::string>& attachments) {
  constexpr std::string_view kField = "attachments";
  static_assert(kMaxAttachments == 5);
  if (!check.require(kField, attachments.size() <= kMaxAttachments, "names more than 5 pictures"))
    return;
  check.require(kField, std::all_of(attachments.begin(), attachments.end(), is_sha256),
                "are named by their SHA-256, 64 hex digits in lower case");
  for (auto one = attachments.begin(); one != attachments.end(); ++one)
    if (std::find(attachments.begin(), one, *one) != one) {
      check.require(kField, false, "names a picture twice");
      return;
    }
}

}  // namespace

std::vector<Problem> validate_named(const Request& request) {
  std::vector<Problem> problems;
  Checker check(problems);
  if (request.kind == kComment) {
    if (check.text("topic", request.topic, kMaxSmall))
      check.require("topic", !is_blank(request.topic), "is missing; a comment is about a topic");
    check.require("details", request.me_too || !is_blank(request.details),
                  "is blank; a comment without me_too says something");
  } else {
    check.require("topic", request.topic.empty(), "is for a comment only");
    check.require("me_too", !request.me_too, "is for a comment only");
  }
  check_attachments(check, request.attachments);
  return problems;
}

}  // namespace askus::request
