// What several screens show.
#include "widget/flow/flow.h"
#include "widget/view/markup.h"

namespace askus::flow {

using view::ButtonStyle;
using view::Icon;
using view::RegionStyle;
using view::Role;
using view::Text;
using view::TextStyle;

namespace {

// What may follow the last word of an answer: a full stop, a quotation mark.
constexpr std::size_t kClosingBytes = 4;

std::string_view primary(std::string_view tag) {
  return tag.substr(0, tag.find('-'));
}

}  // namespace

void Flow::draw() {
  // Without a snapshot nothing of the site can be shown but the search, and that waits.
  switch (library_ ? screen_ : Screen::kAsk) {
    case Screen::kAsk:
      return draw_ask();
    case Screen::kRead:
      return draw_read();
    case Screen::kWrite:
      return draw_write();
    case Screen::kOffered:
      return draw_offered();
    case Screen::kSending:
      return draw_sending();
    case Screen::kSent:
      return draw_sent();
  }
}

Flow::Element Flow::main_region(Screen screen) {
  return drawing_.region(RegionStyle::kMain,
                         key(Action::kScreen, static_cast<std::uint32_t>(screen)));
}

void Flow::draw_header(bool back, Text title) {
  const auto header = drawing_.region(RegionStyle::kHeader).in();
  if (back) drawing_.icon_button(Icon::kBack, key(Action::kBack), Text::back);
  if (title == Text::panel_title) {
    const std::string_view own =
        library_ ? library_->text(library_->settings().title()) : std::string_view();
    // A label stands for the interface's own text.
    drawing_.heading(1).text(own.empty() ? title : Text::none).label(own);
  } else if (title != Text::none) {
    drawing_.heading(1).text(title);
  }
  drawing_.icon_button(Icon::kClose, key(Action::kClose), Text::close);
}

// A receipt that arrived on another screen. The status is there before, so that it is announced.
void Flow::draw_receipt() {
  drawing_.slot(view::Slot::kNotice);
  const auto status = drawing_.add(Role::kStatus, key(Action::kReceipt)).in();
  if (!receipt_.unseen) return;
  drawing_.button(ButtonStyle::kSecondary, key(Action::kOpenReceipt), Text::sent_title)
      .number(receipt_.number);
}

void Flow::set_title(std::string_view title) {
  if (title.empty() || title == title_) return;
  title_ = title;
  effects_.add("title", {title_});
}

void Flow::draw_runs(Element element, std::string_view text, bool highlighted) {
  std::span<const search::Range> ranges;
  if (highlighted) ranges = library_->index().highlight(text);
  if (ranges.empty()) {
    element.label(text);
    return;
  }
  const auto runs = element.in();
  std::uint32_t shown = 0;
  for (const search::Range range : ranges) {
    if (range.begin > shown) drawing_.run(text.substr(shown, range.begin - shown));
    drawing_.run(text.substr(range.begin, range.end - range.begin)).flag(view::kMark);
    shown = range.end;
  }
  if (shown < text.size()) drawing_.run(text.substr(shown));
}

void Flow::draw_snippet(Shown shown, bool highlighted) {
  const std::string_view answer = snapshot::view(library_->version(shown).answer());
  const std::string plain = markup::plain_text(answer, kMaxSnippetSource);
  const search::Range range = library_->index().passage(plain, kSnippetBytes);
  if (range.begin == range.end) return;
  std::string snippet = range.begin > 0 ? "\u2026 " : "";
  const bool whole = plain.size() - range.end <= kClosingBytes;
  snippet.append(plain, range.begin, whole ? plain.npos : range.end - range.begin);
  if (!whole) snippet.append("\u2026");
  for (char& c : snippet) {
    if (c == '\n') c = ' ';
  }
  draw_runs(drawing_.text(TextStyle::kSnippet)
                .other_language(library_->tag(shown.language), foreign(shown)),
            snippet, highlighted);
}

void Flow::draw_topic_link(Shown shown, bool highlighted) {
  draw_runs(drawing_.link(view::LinkStyle::kStandalone, key(Action::kOpenTopic, shown.topic))
                .other_language(library_->tag(shown.language), foreign(shown)),
            snapshot::view(library_->version(shown).title()), highlighted);
}

bool Flow::foreign(Shown shown) const {
  return primary(library_->tag(shown.language)) != primary(language_);
}

}  // namespace askus::flow
