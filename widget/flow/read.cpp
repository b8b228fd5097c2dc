// One topic: the answer, who gave it, whether it helped, what is near it.
#include "widget/flow/flow.h"
#include "widget/flow/text.h"
#include "widget/flow/times.h"
#include "widget/view/markup.h"

namespace askus::flow {

using view::ButtonStyle;
using view::Icon;
using view::RegionStyle;
using view::Role;
using view::Text;
using view::TextStyle;

namespace {

constexpr std::array<std::string_view, 3> kRatings{"yes", "partly", "no"};

// An id as a part of an address: everything but unreserved characters in per cent (RFC 3986).
std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
    if (letter || (byte >= '0' && byte <= '9') || c == '-' || c == '_' || c == '.' || c == '~') {
      encoded += c;
    } else {
      encoded += '%';
      encoded += "0123456789ABCDEF"[byte >> 4];
      encoded += "0123456789ABCDEF"[byte & 0xF];
    }
  }
  return encoded;
}

std::uint32_t topic_key(const void* library, std::string_view id) {
  const std::int64_t topic = static_cast<const Library*>(library)->snapshot().find(id);
  return topic < 0 ? 0 : key(Action::kOpenTopic, static_cast<std::uint32_t>(topic));
}

}  // namespace

void Flow::draw_read() {
  draw_header(true, Text::none);
  const Shown shown = reading();
  const snapshot::fb::Version& version = library_->version(shown);
  set_title(snapshot::view(version.title()));
  {
    const auto main = main_region(Screen::kRead).in();
    draw_receipt();
    draw_answer(shown);
    draw_comments(shown);
    draw_rating();
    {
      // What is agreed to with a comment of one's own is what the form asks for.
      const auto slot = drawing_.slot(view::Slot::kTopic)
                            .label(topic_)
                            .value(snapshot::view(library_->settings().consent_version()))
                            .in();
      draw_consent();
    }
    draw_related(shown);
    drawing_.button(ButtonStyle::kGhost, key(Action::kCopyLink), Text::copy_link)
        .number(static_cast<std::int32_t>(Icon::kCopy));
    drawing_.add(Role::kStatus, key(Action::kStatus))
        .text(copied_ ? Text::link_copied : Text::none);
  }
  const auto footer = drawing_.region(RegionStyle::kFooter).in();
  drawing_.button(ButtonStyle::kSecondary, key(Action::kWrite), Text::still_need);
}

void Flow::draw_answer(Shown shown) {
  const snapshot::fb::Version& version = library_->version(shown);
  const std::string_view tag = library_->tag(shown.language);
  // The header has no heading: this one is the screen's.
  drawing_.heading(1, key(Action::kHeading))
      .label(snapshot::view(version.title()))
      .other_language(tag, foreign(shown));
  draw_person(snapshot::view(version.author()), snapshot::view(version.role()), version.updated(),
              version.picture(), true);
  {
    const auto answer =
        drawing_.region(RegionStyle::kStack).other_language(tag, foreign(shown)).in();
    view::draw_markup(drawing_, snapshot::view(version.answer()), topic_key, library_.get());
  }
  if (version.url() != nullptr) {
    drawing_.link(view::LinkStyle::kStandalone)
        .text(Text::read_more)
        .value(snapshot::view(version.url()));
  }
}

// A person's name, role and date; without a name the date alone.
void Flow::draw_person(std::string_view name, std::string_view role, std::uint32_t date,
                       const flatbuffers::String* picture, bool official) {
  if (name.empty()) {
    if (date != 0) {
      drawing_.add(Role::kTime)
          .text(official ? Text::updated_on : Text::none)
          .value(iso_date(date));
    }
    return;
  }
  const auto person = drawing_.region(RegionStyle::kPerson).in();
  drawing_.add(Role::kAvatar).label(name).value(snapshot::view(picture));
  const auto lines = drawing_.region(RegionStyle::kStack).in();
  std::string who(name);
  if (!role.empty()) who.append(", ").append(role);
  drawing_.text(TextStyle::kName).label(who);
  if (!official && date == 0) return;
  const auto row = drawing_.region(RegionStyle::kRow).in();
  if (official) drawing_.text(TextStyle::kHint).text(Text::official_answer);
  if (date != 0) drawing_.add(Role::kTime).value(iso_date(date));
}

void Flow::draw_comments(Shown shown) {
  const snapshot::fb::Version& version = library_->version(shown);
  if (version.comments() == nullptr) return;
  const auto section = drawing_.region(RegionStyle::kSection).text(Text::comments).in();
  drawing_.heading(3).text(Text::comments);
  for (const auto* comment : *version.comments()) {
    const auto one = drawing_.region(RegionStyle::kStack).in();
    draw_person(snapshot::view(comment->author()), snapshot::view(comment->role()), comment->date(),
                comment->picture(), false);
    drawing_.text(TextStyle::kBody)
        .label(snapshot::view(comment->text()))
        .other_language(library_->tag(shown.language), foreign(shown));
  }
}

void Flow::draw_rating() {
  const auto card = drawing_.region(RegionStyle::kCard).text(Text::did_this_help).in();
  if (rated_ == topic_) {
    drawing_.add(Role::kStatus, key(Action::kThanks)).text(Text::thanks_for_rating);
    return;
  }
  drawing_.heading(3).text(Text::did_this_help);
  const auto row = drawing_.region(RegionStyle::kRow).in();
  drawing_.button(ButtonStyle::kSecondary, key(Action::kRate, 0), Text::yes);
  drawing_.button(ButtonStyle::kSecondary, key(Action::kRate, 1), Text::not_quite);
  drawing_.button(ButtonStyle::kSecondary, key(Action::kRate, 2), Text::no);
}

void Flow::draw_related(Shown shown) {
  std::vector<Shown> related;
  const std::string_view title = snapshot::view(library_->version(shown).title());
  for (const search::Hit& hit :
       library_->search(title, {.limit = kRelatedTopics + 1, .typing = false})) {
    if (hit.topic != shown.topic && related.size() < kRelatedTopics) {
      related.push_back({hit.topic, hit.language});
    }
  }
  if (related.empty()) return;
  const auto nav = drawing_.region(RegionStyle::kNav).text(Text::related).in();
  drawing_.heading(3).text(Text::related);
  const auto list = drawing_.list(view::ListStyle::kPlain).in();
  for (const Shown each : related) {
    const auto item = drawing_.add(Role::kItem).in();
    draw_topic_link(each, false);
  }
}

// The open topic; adopt_next() and open_topic() see to it that it is there.
Shown Flow::reading() const {
  const auto topic = static_cast<std::uint32_t>(library_->snapshot().find(topic_));
  const std::int32_t wanted =
      topic_language_.empty() ? -1 : library_->snapshot().language(topic_language_);
  if (wanted < 0) return library_->shown(topic);
  return {topic,
          library_->snapshot().version(library_->snapshot().topic(topic), wanted).language()};
}

// `language`: tag of the version that was listed; empty: the visitor's.
void Flow::open_topic(std::string id, std::string language, Screen from) {
  topic_ = std::move(id);
  topic_language_ = std::move(language);
  read_from_ = from;
  adopt_next();
  if (library_ && library_->snapshot().find(topic_) < 0) return go(Screen::kAsk);
  go(Screen::kRead);
  effects_.add("count", {"article", topic_});
}

void Flow::open_listed(std::uint32_t topic) {
  settle_query();
  Shown shown = library_->shown(topic);
  if (screen_ == Screen::kAsk) {
    for (const Shown& each : shown_) {
      if (each.topic == topic) shown = each;
    }
  }
  std::string id(snapshot::view(library_->snapshot().topic(topic).id()));
  if (screen_ == Screen::kOffered) effects_.add("count", {"offered", id});
  const Screen from = screen_ == Screen::kRead ? read_from_ : screen_;
  open_topic(std::move(id), std::string(library_->tag(shown.language)), from);
}

void Flow::rate(std::uint32_t index) {
  if (index >= kRatings.size()) return;
  effects_.add("count", {"helpful", topic_, kRatings[index]});
  if (index == 0) {
    rated_ = topic_;
    return effects_.focus(key(Action::kThanks));
  }
  sorry_ = true;
  write();
}

void Flow::copy_topic_link() {
  copied_ = true;
  effects_.add("copy",
               {"/sites/" + percent_encoded(site_) + "/ask#article=" + percent_encoded(topic_)});
}

}  // namespace askus::flow
