// The JSON form of a request (docs/http-api.md, docs/openapi.yaml). Native only: in the browser the
// page's own codec writes it, and a test holds both ends to one schema.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/request/request.h"

namespace askus::request {

// Parses one JSON object. Unknown keys, wrong types, repeated keys, NUL characters, unpaired
// surrogates and nesting deeper than 8 are refused with kMalformed; the text names the key.
// The result still has to be validate()d.
Result<Request> from_json(std::string_view json);

// The same object, keys sorted, no white space. from_json(to_json(r)) == r. topic, me_too,
// attachments and identity are written only where there is one: the hash of a request that was
// stored before they were known must stay the same for its replay.
std::string to_json(const Request& request);

}  // namespace askus::request
