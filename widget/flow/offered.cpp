// Before sending: the topics that match what was written, shown once.
#include "widget/flow/flow.h"

namespace askus::flow {

using view::ButtonStyle;
using view::RegionStyle;
using view::Role;
using view::Text;
using view::TextStyle;

void Flow::draw_offered() {
  draw_header(true, Text::new_request);
  {
    const auto main = main_region(Screen::kOffered).in();
    drawing_.heading(2, key(Action::kHeading)).text(Text::maybe_answered);
    drawing_.text(TextStyle::kHint).text(Text::maybe_answered_hint);
    // Searched for again, so that the matched words are those of this text.
    library_->search(draft_.request.title + "\n" + draft_.request.details,
                     {.limit = 1, .typing = false});
    draw_topics(offered_, true);
  }
  const auto footer = drawing_.region(RegionStyle::kFooter).in();
  drawing_.button(ButtonStyle::kGhost, key(Action::kBack), Text::edit_request);
  drawing_.button(ButtonStyle::kPrimary, key(Action::kSendAnyway), Text::send_anyway);
}

// Those of the ids that the snapshot has, with a snippet each.
void Flow::draw_topics(const std::vector<std::string>& ids, bool highlighted) {
  const auto list = drawing_.list(view::ListStyle::kPlain).in();
  for (const std::string& id : ids) {
    const std::int64_t topic = library_->snapshot().find(id);
    if (topic < 0) continue;
    const Shown shown = library_->shown(static_cast<std::uint32_t>(topic));
    const auto item = drawing_.add(Role::kItem).in();
    const auto card = drawing_.region(RegionStyle::kCard).in();
    draw_topic_link(shown, highlighted);
    draw_snippet(shown, highlighted);
  }
}

}  // namespace askus::flow
