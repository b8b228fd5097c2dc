// The request form as a page of its own that needs no JavaScript, in the languages of web/form.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/result.h"
#include "shared/snapshot/snapshot.h"

namespace askus::api {

// Names of the form's fields that are no part of a request.
inline constexpr const char* kTokenField = "form";
// Hidden, and named so that a program likes to fill it in.
inline constexpr const char* kTrapField = "website";

using FormTexts = std::map<std::string, std::string, std::less<>>;  // name -> text

// What the form shows. Nothing in it needs to be escaped before.
struct FormView {
  std::string lang, action;                   // of the page; where it is sent
  std::map<std::string, std::string> values;  // as typed, with `id`, kTokenField and `lang`
  std::map<std::string, std::string> errors;  // field -> text
  std::string notice;                         // what is to be done now, or empty
  bool trap = true;
};

// Immutable after load().
class FormPages {
 public:
  // The texts and the style that web/build.mjs has written; null when there are none. Says which
  // text is missing.
  static Result<std::unique_ptr<FormPages>> load(const std::string& web);

  // The texts of that language, else English, else any.
  const FormTexts& texts(std::string_view language) const;

  // `snapshot`: the site's settings, null before the first publication.
  std::string form(const FormView& view, const snapshot::Snapshot* snapshot) const;
  // The address of the pages' style.
  const std::string& style() const { return style_; }
  // `promise`: when it will be answered, a sentence or two; empty: nothing is said of that.
  std::string sent(std::string_view language, std::string_view number, std::string_view promise,
                   std::string_view again) const;

 private:
  std::string page(std::string_view language, std::string_view title,
                   std::string_view content) const;
  std::map<std::string, FormTexts, std::less<>> texts_;
  std::string style_;  // address
};

}  // namespace askus::api
