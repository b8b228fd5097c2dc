// What a page that edits a FAQ asks of the compiler: JSON and bytes in, JSON and bytes out. The
// same answers as askus-faq's. docs/studio-protocol.md lists the calls.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "shared/faq/html.h"
#include "shared/lexicon/lexicon.h"
#include "shared/studio/compiled.h"
#include "shared/studio/gap_source.h"
#include "shared/studio/gaps.h"

namespace askus::studio {

struct Answer {
  std::string json;   // an object; {"error": "..."} when the call failed
  std::string bytes;  // what the call makes, where it makes any
};

// Keeps the lexicon, the last checked draft, its snapshot and the last gaps. Not thread-safe.
class Session {
 public:
  explicit Session(faq::HtmlReader reader) : reader_(std::move(reader)) {}

  // `call` names what to do: {"call": "check", ...}. Any bytes are a valid call. Views in `blobs`
  // are not kept.
  Answer answer(std::string_view call, std::span<const std::string_view> blobs);

 private:
  struct Call;
  Answer lexicon(const Call& call);
  Answer read(const Call& call);
  Answer write(const Call& call);
  Answer extract(const Call& call);
  Answer check(const Call& call);
  Answer snapshot(const Call& call);
  Answer search(const Call& call);
  Answer compare(const Call& call);
  Answer gaps(const Call& call);
  Answer replay(const Call& call);

  faq::HtmlReader reader_;
  askus::lexicon::Lexicon lexicon_;
  faq::Checked checked_;
  std::unique_ptr<Compiled> compiled_;  // null before a check, and when nothing could be built
  GapSource gaps_;                      // of the last period that was looked at
  std::vector<GapGroup> groups_;
};

}  // namespace askus::studio
