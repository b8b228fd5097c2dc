// The concept lexicon's source: what people mean by what they say. Native only; what a site's
// topics need of it is compiled into the snapshot. docs/search.md describes the file format.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace askus::lexicon {

// Whose words they are: ours, built in, or a site's own, which are shipped before all others.
enum class Origin : std::uint8_t { kBuiltin, kSite };

struct Concept {
  std::string id;
  bool broad = false;             // says little about a topic by itself
  std::vector<std::string> near;  // ids
  struct Form {
    std::string language, text;
    Origin origin = Origin::kBuiltin;
  };
  std::vector<Form> forms;
};

struct Lexicon {
  std::vector<Concept> concepts;
};

// Adds the concepts of one file's text; forms of an id that is there already join it. `name` is for
// the error: kMalformed with name, line and what was found.
Status add(std::string_view text, std::string_view name, Origin origin, Lexicon& lexicon);

// Whether every concept is near known ones only; else kNotFound with both ids.
Status check_near(const Lexicon& lexicon);

}  // namespace askus::lexicon
