// A file in memory and how it is answered: coding, entity tag, 304, part.
#pragma once

#include <memory>
#include <string>

#include "server-stub/http/message.h"

namespace askus::http {

struct File {
  std::shared_ptr<const std::string> identity, br, gz;  // br and gz may be null
  std::string etag;  // without quotes; each coding's own tag is made of it
  std::string type;
  std::string cache;        // Cache-Control
  bool any_origin = false;  // Access-Control-Allow-Origin: *
};

// 200, 206, 304 or 416. A range is always of the uncompressed bytes.
Response answer(const File& file, const Request& request);

}  // namespace askus::http
