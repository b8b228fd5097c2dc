// The pages that people of social networks see beside the panel, in the languages of web/social.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "shared/base/result.h"

namespace askus::api {

// Immutable after load().
class SocialTexts {
 public:
  // What web/build.mjs has written; null when there is none of it. Says which text is missing.
  static Result<std::unique_ptr<SocialTexts>> load(const std::string& web);

  // Of that language, else English, else any.
  const std::string& text(std::string_view language, std::string_view name) const;
  // A page with a heading and a paragraph, plain texts both.
  std::string page(std::string_view language, std::string_view title, std::string_view text) const;
  // The address of the script that joins the panel with the network.
  const std::string& script() const { return script_; }

 private:
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> texts_;
  std::string style_, script_;
};

}  // namespace askus::api
