// What the tests of the source formats share.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "shared/faq/check.h"

namespace askus::faq {

inline std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  return out << to_text(finding);
}

inline std::vector<std::string> texts_of(const std::vector<Finding>& findings) {
  std::vector<std::string> texts;
  for (const Finding& finding : findings) texts.push_back(to_text(finding));
  return texts;
}

// Checks one source, whose format its name tells; `site` is a settings file, or empty.
inline Checked check_text(std::string_view file, std::string_view bytes,
                          std::string_view site = "") {
  SettingsSource settings;
  if (!site.empty()) settings = parse_settings("site.json", site);
  return check(settings, {parse(file, bytes, guess_format(file, bytes))});
}

}  // namespace askus::faq
