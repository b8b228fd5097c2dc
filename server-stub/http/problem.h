// Every error that the server answers with, as problem+json (RFC 9457). The names are stable.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "server-stub/http/message.h"

namespace askus::http {

struct ProblemType {
  std::string_view name;  // "/problems/<name>" is the type
  unsigned status;
  std::string_view title;
};

namespace problems {
inline constexpr ProblemType kBadRequest{"bad-request", 400, "The request is not valid HTTP"};
inline constexpr ProblemType kMissingKey{"missing-key", 400, "Idempotency-Key is missing"};
inline constexpr ProblemType kBadKey{"bad-key", 400, "Idempotency-Key is not the request's id"};
inline constexpr ProblemType kBadJson{"bad-json", 400, "The body is not the expected JSON"};
inline constexpr ProblemType kBadQuery{"bad-query", 400, "The address's query is not valid"};
inline constexpr ProblemType kUnauthorized{"unauthorized", 401, "A valid key or token is needed"};
inline constexpr ProblemType kBadLogIn{"bad-log-in", 401, "Not this address with this password"};
inline constexpr ProblemType kCodeNeeded{"code-needed", 401, "A one-time code is needed too"};
inline constexpr ProblemType kNotAllowed{"not-allowed", 403, "Not with this role"};
inline constexpr ProblemType kCrossSite{"cross-site", 403, "Not accepted from another site"};
inline constexpr ProblemType kBadSignature{"bad-signature", 403,
                                           "The manifest's signature is not by a key of the site"};
inline constexpr ProblemType kBadIdentity{"bad-identity", 403, "The identity is not valid"};
inline constexpr ProblemType kNotSigned{"not-signed", 403,
                                        "Not signed by whom it is said to be of"};
inline constexpr ProblemType kStaleFormToken{"stale-form-token", 403,
                                             "A fresh form token is needed"};
inline constexpr ProblemType kNotFound{"not-found", 404, "There is nothing here"};
inline constexpr ProblemType kUnknownSite{"unknown-site", 404, "No such site"};
inline constexpr ProblemType kNoSnapshot{"no-snapshot", 404, "Nothing has been published yet"};
inline constexpr ProblemType kUnknownSnapshot{"unknown-snapshot", 404, "No such snapshot is kept"};
inline constexpr ProblemType kBadInvitation{"bad-invitation", 404,
                                            "The invitation is used, withdrawn or too old"};
inline constexpr ProblemType kMethodNotAllowed{"method-not-allowed", 405, "Not with this method"};
inline constexpr ProblemType kTimeout{"timeout", 408, "The request took too long to arrive"};
inline constexpr ProblemType kInFlight{"in-flight", 409, "The same request is being stored"};
inline constexpr ProblemType kClaimed{"claimed", 409, "Somebody else has the request in hand"};
inline constexpr ProblemType kTagExists{"tag-exists", 409, "There is a tag of that name there"};
inline constexpr ProblemType kBadTree{"bad-tree", 409, "The tree of tags cannot be so"};
inline constexpr ProblemType kLastAdministrator{"last-administrator", 409,
                                                "The site would have no administrator"};
inline constexpr ProblemType kNotFailed{"not-failed", 409, "It has not failed"};
inline constexpr ProblemType kVersionNotHigher{"version-not-higher", 409,
                                               "The manifest's version is not higher"};
inline constexpr ProblemType kErased{"erased", 410, "The request is erased"};
inline constexpr ProblemType kDraftChanged{"draft-changed", 412, "The draft was saved meanwhile"};
inline constexpr ProblemType kTooLarge{"too-large", 413, "The body is too large"};
inline constexpr ProblemType kUnsupportedMediaType{"unsupported-media-type", 415,
                                                   "Not with this Content-Type"};
inline constexpr ProblemType kRange{"range-not-satisfiable", 416, "The range is outside the file"};
inline constexpr ProblemType kBadManifest{"bad-manifest", 422, "The manifest is not valid"};
inline constexpr ProblemType kBadSnapshot{"bad-snapshot", 422, "The snapshot is not readable"};
inline constexpr ProblemType kWrongSite{"wrong-site", 422, "Meant for another site"};
inline constexpr ProblemType kWrongHash{"wrong-hash", 422, "The hash differs"};
inline constexpr ProblemType kWrongLength{"wrong-length", 422, "The snapshot's length differs"};
inline constexpr ProblemType kTooManyPixels{"too-many-pixels", 422, "The picture is too large"};
inline constexpr ProblemType kKeyReused{"key-reused", 422, "The key was used for another request"};
inline constexpr ProblemType kInvalidRequest{"invalid-request", 422, "Some fields are not valid"};
inline constexpr ProblemType kInvalidEvents{"invalid-events", 422, "The batch is not valid"};
inline constexpr ProblemType kRateLimited{"rate-limited", 429,
                                          "Too many requests; try again later"};
inline constexpr ProblemType kHeaderTooLarge{"header-too-large", 431, "The header is too large"};
inline constexpr ProblemType kInternal{"internal", 500, "An error of the server"};
inline constexpr ProblemType kModelFailed{"model-failed", 502, "The language model did not help"};
inline constexpr ProblemType kBusy{"busy", 503, "Too busy now; try again"};
inline constexpr ProblemType kNotReady{"not-ready", 503, "Not able to serve now"};
inline constexpr ProblemType kUnconfirmed{"unconfirmed", 503, "Not known to be stored"};
inline constexpr ProblemType kStorageFull{"storage-full", 507, "The server's storage is full"};
}  // namespace problems

struct FieldError {
  std::string field, text;
};

// Further members of a problem: name and value, the value in JSON.
using Members = std::vector<std::pair<std::string_view, std::string>>;

// `detail` is one sentence for people; `errors` only for kInvalidRequest.
Response problem(const ProblemType& type, std::string_view detail = {},
                 const std::vector<FieldError>& errors = {}, const Members& members = {});

}  // namespace askus::http
