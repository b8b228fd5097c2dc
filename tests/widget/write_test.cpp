// The form: what it offers, what it keeps, what it refuses.
#include "tests/catch.h"
#include "tests/widget/dump.h"
#include "tests/widget/panel.h"
#include "widget/flow/draft.h"

namespace askus::testing {

using flow::Action;
using flow::Event;
using view::Text;

namespace {

void open_form(Panel& panel) {
  panel.strings(Event::kOpen, {"write"});
}

bool invalid(const Panel& panel, Action action) {
  for (const view::Node& node : panel.view().nodes()) {
    if (node.key == flow::key(action)) return (node.flags & view::kInvalid) != 0;
  }
  return false;
}

flow::Draft saved(const Panel& panel) {
  const auto draft = flow::Draft::decode(panel.effect("draft").at(0));
  REQUIRE(draft.ok());
  return *draft;
}

}  // namespace

TEST_CASE("the form of a site that asks for everything") {
  Panel panel(panel_faq());
  panel.type(Action::kQuery, "не працює інтернет");
  panel.press(Action::kWrite);
  check_golden("write", panel.dump());
  CHECK(panel.focused(Action::kDetails));
}

TEST_CASE("the form of a site that asks for little") {
  snapshot::Faq faq = panel_faq();
  faq.settings.kinds = {"question"};
  faq.settings.moods = {};
  faq.settings.categories = {};
  for (auto& topic : faq.topics) topic.category.clear();
  faq.settings.name_field = snapshot::Need::kOff;
  faq.settings.contact_field = snapshot::Need::kOff;
  faq.settings.consent_version.clear();
  Panel panel(faq);
  open_form(panel);
  check_golden("write-little", panel.dump());
  CHECK(panel.focused(Action::kTitle));
}

TEST_CASE("the title is taken from the query once, and never over what was typed") {
  Panel panel(panel_faq());
  panel.type(Action::kQuery, "роутер");
  panel.press(Action::kWrite);
  CHECK(panel.value_of(Action::kTitle) == "роутер");
  panel.type(Action::kTitle, "");
  panel.press(Action::kBack);
  panel.press(Action::kWrite);
  CHECK(panel.value_of(Action::kTitle).empty());
  panel.type(Action::kTitle, "мій роутер");
  panel.press(Action::kBack);
  panel.type(Action::kQuery, "інше");
  panel.press(Action::kWrite);
  CHECK(panel.value_of(Action::kTitle) == "мій роутер");
}

TEST_CASE("a category is proposed until the visitor chooses one") {
  Panel panel(panel_faq());
  open_form(panel);
  CHECK(panel.shows(Text::any_category));
  panel.type(Action::kTitle, "Як сплатити карткою в кабінеті");
  CHECK(panel.shows("Оплата"));
  CHECK(panel.shows("бухгалтерія"));
  panel.press(Action::kChangeCategory);
  CHECK(panel.focused(Action::kCategory));
  check_golden("write-categories", panel.dump());
  panel.choose(Action::kCategory, 3);
  CHECK(saved(panel).request.category == "line");
  panel.type(Action::kDetails, "Сплатити карткою в терміналі");
  CHECK(saved(panel).request.category == "line");
  panel.choose(Action::kCategory, 1);
  CHECK(saved(panel).request.category.empty());
}

TEST_CASE("the draft is kept with every change, under one id from the first keystroke") {
  Panel panel(panel_faq());
  open_form(panel);
  CHECK_FALSE(panel.has_effect("draft"));
  panel.type(Action::kTitle, "a");
  const std::string id = saved(panel).request.id;
  CHECK(id == "01a1ee56-5e00-7102-8304-05060708090a");
  panel.choose(Action::kKind, 2);
  panel.choose(Action::kMood, 3);
  panel.type(Action::kName, "Марія");
  panel.event(Event::kToggle, flow::key(Action::kConsent), "1");
  panel.type(Action::kDetails, "два\nрядки");
  const flow::Draft draft = saved(panel);
  CHECK(draft.request.id == id);
  CHECK(draft.request.kind == "problem");
  CHECK(draft.request.mood == "upset");
  CHECK(draft.request.name == "Марія");
  CHECK(draft.request.details == "два\nрядки");
  CHECK(draft.request.consent.version == "2");
  CHECK(draft.request.consent.at == "2026-11-18T11:06:40Z");
  CHECK(draft.consent_text == "Погоджуюся на обробку даних.");
  CHECK(draft.request.page == "https://shop.example/help");

  Panel later(panel_faq());
  later.event(Event::kRestore, 0, panel.effect("draft").at(0));
  CHECK(later.shows(Text::continue_draft));
  later.press(Action::kWrite);
  CHECK(later.dump() == panel.dump());
  later.type(Action::kName, "М");
  CHECK(saved(later).request.id == id);
}

TEST_CASE("a draft does not come over what was begun meanwhile") {
  Panel panel(panel_faq());
  open_form(panel);
  panel.type(Action::kTitle, "new");
  Panel other(panel_faq());
  open_form(other);
  other.type(Action::kTitle, "old");
  panel.event(Event::kRestore, 0, other.effect("draft").at(0));
  CHECK(panel.value_of(Action::kTitle) == "new");
}

TEST_CASE("the host page fills in what the visitor has not") {
  Panel panel(panel_faq());
  open_form(panel);
  panel.type(Action::kName, "Марія");
  panel.strings(Event::kPrefill, {"name", "Host", "contact", "a@b.cd", "title", "T", "kind", "idea",
                                  "mood", "angry", "category", "line", "id", "forged"});
  CHECK(panel.value_of(Action::kName) == "Марія");
  CHECK(panel.value_of(Action::kContact) == "a@b.cd");
  panel.type(Action::kDetails, "x");
  const flow::Draft draft = saved(panel);
  CHECK(draft.request.kind == "idea");
  CHECK(draft.request.mood.empty());
  CHECK(draft.request.category == "line");
  CHECK(draft.request.id != "forged");
}

TEST_CASE("what the host page fills in and the site does not ask for is not sent") {
  snapshot::Faq faq = panel_faq();
  faq.settings.name_field = snapshot::Need::kOff;
  faq.settings.contact_field = snapshot::Need::kOff;
  const std::string too_long(201, 'x');
  const bool before_the_snapshot = GENERATE(true, false);
  CAPTURE(before_the_snapshot);
  Panel panel;
  if (!before_the_snapshot) panel.load(faq);
  panel.strings(Event::kPrefill, {"category", "no-such", "contact", "nobody", "name", too_long});
  if (before_the_snapshot) panel.load(faq);
  panel.write_request();
  panel.press(Action::kSend);
  REQUIRE(panel.has_effect("send"));
  CHECK(panel.sent_value("title") == "Пошкоджено кабель на даху");
  CHECK(panel.sent_value("category") != "no-such");
  CHECK(panel.sent_value("contact").empty());
  CHECK(panel.sent_value("name").empty());
}

TEST_CASE("a category that the site gives up goes out of the draft") {
  Panel panel(panel_faq());
  open_form(panel);
  panel.strings(Event::kPrefill, {"category", "line"});
  panel.type(Action::kDetails, "zzqx");
  CHECK(saved(panel).request.category == "line");
  snapshot::Faq faq = panel_faq();
  faq.settings.categories.clear();
  for (snapshot::Topic& topic : faq.topics) topic.category.clear();
  panel.load(faq);
  panel.type(Action::kDetails, "zzqy");
  CHECK(saved(panel).request.category.empty());
  CHECK_FALSE(saved(panel).category_chosen);
}

TEST_CASE("what the server says of the category is shown at the open list") {
  Panel panel(panel_faq());
  panel.write_request();
  panel.press(Action::kSend);
  REQUIRE(panel.has_effect("send"));
  panel.strings(Event::kSendFailed, {"reason", "invalid", "category", "is not one of this site"},
                1);
  CHECK(panel.focused(Action::kCategory));
  CHECK(invalid(panel, Action::kCategory));
}

TEST_CASE("a no-break space is no name") {
  snapshot::Faq faq = panel_faq();
  faq.settings.name_field = snapshot::Need::kRequired;
  Panel panel(faq);
  panel.write_request();
  panel.type(Action::kName, "\xC2\xA0");
  panel.press(Action::kSend);
  CHECK(panel.shows(Text::error_name));
  CHECK_FALSE(panel.has_effect("send"));
}

TEST_CASE("each mistake is named at its field, the first gets the focus") {
  struct Case {
    Action field;
    std::string value;
    Text error;
  };
  const auto c = GENERATE(Case{Action::kTitle, " ", Text::error_title},
                          Case{Action::kTitle, std::string(401, 'x'), Text::error_too_long},
                          Case{Action::kDetails, std::string(32'001, 'x'), Text::error_too_long},
                          Case{Action::kName, std::string(201, 'x'), Text::error_too_long},
                          Case{Action::kContact, "", Text::error_contact_missing},
                          Case{Action::kContact, "nobody", Text::error_contact});
  Panel panel(panel_faq());
  panel.write_request();
  panel.type(c.field, c.value);
  panel.press(Action::kSend);
  CHECK(panel.shows(c.error));
  CHECK(invalid(panel, c.field));
  CHECK(panel.focused(c.field));
  CHECK_FALSE(panel.has_effect("send"));
  CHECK(panel.value_of(c.field) == c.value);
  panel.type(c.field, "better@example.com");
  CHECK_FALSE(invalid(panel, c.field));
}

TEST_CASE("consent and a required name are asked for") {
  snapshot::Faq faq = panel_faq();
  faq.settings.name_field = snapshot::Need::kRequired;
  Panel panel(faq);
  panel.write_request();
  panel.event(Event::kToggle, flow::key(Action::kConsent), "0");
  panel.press(Action::kSend);
  CHECK(panel.shows(Text::error_name));
  CHECK(panel.shows(Text::error_consent));
  CHECK(panel.focused(Action::kName));
  check_golden("write-errors", panel.dump());
}

TEST_CASE("a filled honeypot asks for another press") {
  Panel panel(panel_faq());
  panel.write_request();
  panel.type(Action::kHoneypot, "spam");
  panel.press(Action::kSend);
  CHECK_FALSE(panel.has_effect("send"));
  CHECK(panel.shows(Text::press_again));
  panel.press(Action::kSend);
  CHECK(panel.has_effect("send"));
}

TEST_CASE("a picture begins a draft, with nothing typed yet") {
  Panel panel(panel_faq());
  panel.type(Action::kQuery, "блимає роутер");
  panel.press(Action::kWrite);
  panel.event(Event::kInput, flow::key(Action::kPictures));
  CHECK_FALSE(panel.effect("draft").at(0).empty());
  panel.press(Action::kBack);
  CHECK(panel.shows(Text::continue_draft));
  // Only where its slot is: not from the first screen.
  Panel other(panel_faq());
  other.event(Event::kInput, flow::key(Action::kPictures));
  CHECK_FALSE(other.has_effect("draft"));
}

}  // namespace askus::testing
