#include "server-stub/api/form_page.h"

#include <array>
#include <nlohmann/json.hpp>

#include "server-stub/api/html.h"
#include "server-stub/files/files.h"
#include "shared/request/request.h"

namespace askus::api {
namespace {

using Json = nlohmann::ordered_json;
using snapshot::fb::Need;

constexpr std::size_t kMaxFile = 256u << 10;
constexpr std::array<std::string_view, 29> kNeeded{"new_request",    "kind",
                                                   "kind_question",  "kind_problem",
                                                   "kind_idea",      "kind_thanks",
                                                   "title_label",    "details_label",
                                                   "category_label", "any_category",
                                                   "name_label",     "contact_label",
                                                   "policy",         "send",
                                                   "error_title",    "error_contact_missing",
                                                   "error_contact",  "error_name",
                                                   "error_consent",  "error_too_long",
                                                   "sent_title",     "sent_plain",
                                                   "ask_another",    "press_again",
                                                   "optional",       "form_leave_empty",
                                                   "form_wait",      "form_busy",
                                                   "form_not_stored"};

Error in_file(const std::string& file, const std::string& text) {
  return {Code::kMalformed, file + ": " + text};
}

// Writes one form.
class Writer {
 public:
  Writer(const FormView& view, const FormTexts& texts) : view_(view), texts_(texts) {}

  const std::string& text(std::string_view name) const { return texts_.find(name)->second; }

  void add(std::string_view html) { html_ += html; }
  void add_text(std::string_view plain) { html_ += escape_html(plain); }

  std::string value(const std::string& name) const {
    const auto found = view_.values.find(name);
    return found == view_.values.end() ? std::string() : found->second;
  }

  void hidden(const std::string& name) {
    add("<input type=\"hidden\" name=\"" + name + "\" value=\"");
    add_text(value(name));
    add("\">\n");
  }

  // A label, what `control` writes, and the error; all tied together for who cannot see them.
  template <typename Control>
  void field(const std::string& name, std::string_view label, bool is_needed, Control control) {
    const auto error = view_.errors.find(name);
    add("<p><label for=\"" + name + "\">");
    add_text(label);
    if (!is_needed) {
      add(" <small>");
      add_text(text("optional"));
      add("</small>");
    }
    add("</label>");
    std::string attributes = "id=\"" + name + "\" name=\"" + name + "\"";
    if (is_needed) attributes += " required";
    if (error != view_.errors.end())
      attributes += " aria-invalid=\"true\" aria-describedby=\"" + name + "-error\"";
    control(attributes);
    if (error != view_.errors.end()) {
      add("<span class=\"error\" id=\"" + name + "-error\">");
      add_text(error->second);
      add("</span>");
    }
    add("</p>\n");
  }

  void line(const std::string& name, std::string_view label, bool is_needed, std::size_t limit,
            std::string_view more = {}) {
    field(name, label, is_needed, [&](const std::string& attributes) {
      add("<input " + attributes + " maxlength=\"" + std::to_string(limit) + "\"" +
          std::string(more) + " value=\"");
      add_text(value(name));
      add("\">");
    });
  }

  void option(std::string_view id, std::string_view label, const std::string& chosen) {
    add("<option value=\"");
    add_text(id);
    add(id == chosen ? "\" selected>" : "\">");
    add_text(label);
    add("</option>");
  }

  std::string take() { return std::move(html_); }

 private:
  const FormView& view_;
  const FormTexts& texts_;
  std::string html_;
};

void add_kinds(Writer& w, const snapshot::Snapshot* snapshot) {
  const unsigned kinds = snapshot == nullptr ? 0xF : snapshot->settings().kinds();
  w.field("kind", w.text("kind"), true, [&](const std::string& attributes) {
    w.add("<select " + attributes + ">");
    for (std::size_t i = 0; i < request::kKinds.size(); ++i)
      if ((kinds >> i & 1) != 0)
        w.option(request::kKinds[i], w.text("kind_" + std::string(request::kKinds[i])),
                 w.value("kind"));
    w.add("</select>");
  });
}

void add_categories(Writer& w, const snapshot::Snapshot& snapshot, std::int32_t language) {
  const auto& categories = *snapshot.settings().categories();
  if (categories.size() == 0) return;
  w.field("category", w.text("category_label"), true, [&](std::string attributes) {
    // The first choice is none, which a browser would not let pass as `required`.
    attributes.erase(attributes.find(" required"), std::string_view(" required").size());
    w.add("<select " + attributes + ">");
    w.option("", w.text("any_category"), w.value("category"));
    for (const auto* category : categories)
      w.option(snapshot::view(category->id()), snapshot.text(*category->title(), language),
               w.value("category"));
    w.add("</select>");
  });
}

void add_person(Writer& w, const snapshot::Snapshot* snapshot) {
  const auto need = [snapshot](Need (snapshot::fb::Settings::*of)() const) {
    return snapshot == nullptr ? Need::Optional : (snapshot->settings().*of)();
  };
  if (const Need name = need(&snapshot::fb::Settings::name_field); name != Need::Off)
    w.line("name", w.text("name_label"), name == Need::Required, request::kMaxName,
           " autocomplete=\"name\"");
  if (const Need contact = need(&snapshot::fb::Settings::contact_field); contact != Need::Off)
    w.line("contact", w.text("contact_label"), contact == Need::Required, request::kMaxContact,
           " autocomplete=\"email\"");
}

void add_consent(Writer& w, const snapshot::Snapshot& snapshot, std::int32_t language) {
  const auto& settings = snapshot.settings();
  if (snapshot::view(settings.consent_version()).empty()) return;
  w.field("consent", snapshot.text(*settings.consent_text(), language), true,
          [&](const std::string& attributes) {
            w.add("<input type=\"checkbox\" " + attributes + " value=\"1\"");
            w.add(w.value("consent") == "1" ? " checked>" : ">");
          });
  if (const auto url = snapshot::view(settings.policy_url()); url.starts_with("https://")) {
    w.add("<p><a target=\"_blank\" rel=\"noopener\" href=\"");
    w.add_text(url);
    w.add("\">");
    w.add_text(w.text("policy"));
    w.add("</a></p>\n");
  }
}

}  // namespace

Result<std::unique_ptr<FormPages>> FormPages::load(const std::string& web) {
  const std::string list = web + "/assets.json";
  Result<std::string> text = files::read_file(list, kMaxFile);
  if (!text.ok()) return text.error();
  const Json assets = Json::parse(*text, nullptr, false);
  if (!assets.is_object() || !assets.contains("form_texts")) return std::unique_ptr<FormPages>();
  if (!assets["form_texts"].is_string() || !assets.value("form_style", Json()).is_string())
    return in_file(list, "\"form_texts\" and \"form_style\" must be paths");
  auto pages = std::make_unique<FormPages>();
  pages->style_ = "/" + assets["form_style"].get<std::string>();
  const std::string file = web + "/" + assets["form_texts"].get<std::string>();
  text = files::read_file(file, kMaxFile);
  if (!text.ok()) return text.error();
  const Json languages = Json::parse(*text, nullptr, false);
  if (!languages.is_object() || languages.empty()) return in_file(file, "has no languages");
  for (const auto& [language, texts] : languages.items()) {
    if (!texts.is_object()) return in_file(file, language + " is not an object");
    FormTexts& into = pages->texts_[language];
    for (const std::string_view name : kNeeded) {
      const Json found = texts.value(std::string(name), Json());
      if (!found.is_string())
        return in_file(file, language + "/" + std::string(name) + " is missing");
      into[std::string(name)] = found.get<std::string>();
    }
  }
  return pages;
}

const FormTexts& FormPages::texts(std::string_view language) const {
  for (const std::string_view each : {language, std::string_view("en")})
    if (const auto found = texts_.find(each); found != texts_.end()) return found->second;
  return texts_.begin()->second;
}

std::string FormPages::page(std::string_view language, std::string_view title,
                            std::string_view content) const {
  return html_page(language, style_, title, content);
}

std::string FormPages::form(const FormView& view, const snapshot::Snapshot* snapshot) const {
  const FormTexts& words = texts(view.lang);
  Writer w(view, words);
  const std::int32_t language = snapshot == nullptr ? 0 : snapshot->language(view.lang);
  if (!view.notice.empty()) {
    w.add("<p role=\"alert\" class=\"notice\">");
    w.add_text(view.notice);
    w.add("</p>\n");
  }
  w.add("<form method=\"post\" action=\"" + escape_html(view.action) +
        "\" accept-charset=\"utf-8\">\n");
  for (const char* name : {"id", kTokenField, "lang"}) w.hidden(name);
  add_kinds(w, snapshot);
  w.line("title", w.text("title_label"), true, request::kMaxTitle);
  w.field("details", w.text("details_label"), false, [&](const std::string& attributes) {
    w.add("<textarea " + attributes + " rows=\"6\" maxlength=\"" +
          std::to_string(request::kMaxDetails) + "\">\n");  // HTML drops this first line end
    w.add_text(w.value("details"));
    w.add("</textarea>");
  });
  if (snapshot != nullptr) add_categories(w, *snapshot, language);
  add_person(w, snapshot);
  if (view.trap) {
    w.add("<p class=\"trap\" aria-hidden=\"true\"><label>");
    w.add_text(w.text("form_leave_empty"));
    w.add(" <input name=\"" + std::string(kTrapField) +
          "\" tabindex=\"-1\" autocomplete=\"off\"></label></p>\n");
  }
  if (snapshot != nullptr) add_consent(w, *snapshot, language);
  w.add("<p><button>");
  w.add_text(w.text("send"));
  w.add("</button></p>\n</form>\n");
  return page(view.lang, w.text("new_request"), w.take());
}

std::string FormPages::sent(std::string_view language, std::string_view number,
                            std::string_view promise, std::string_view again) const {
  const FormTexts& words = texts(language);
  std::string title = words.find("sent_title")->second;
  if (const std::size_t at = title.find("{n}"); at != std::string::npos)
    title.replace(at, 3, number);
  return page(language, title,
              "<p>" + escape_html(promise.empty() ? words.find("sent_plain")->second : promise) +
                  "</p>\n<p><a href=\"" + escape_html(again) + "\">" +
                  escape_html(words.find("ask_another")->second) + "</a></p>\n");
}

}  // namespace askus::api
