#include "tests/widget/panel.h"

#include <cstring>

#include "shared/snapshot/builder.h"
#include "shared/text/decimal.h"
#include "tests/catch.h"
#include "tests/widget/dump.h"

namespace askus::testing {

namespace {

double fake_now() {
  return kNow;
}

// Since the newest panel was made: its first id is known, and each is another.
std::uint8_t draws = 0;

void fake_random(std::uint8_t* bytes, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i + 1);
  bytes[size - 1] = static_cast<std::uint8_t>(bytes[size - 1] + draws++);
}

snapshot::Version version(std::string language, std::string title, std::string answer,
                          std::vector<std::string> phrasings = {}) {
  snapshot::Version out;
  out.language = std::move(language);
  out.title = std::move(title);
  out.answer = std::move(answer);
  out.phrasings = std::move(phrasings);
  return out;
}

snapshot::Topic no_internet() {
  snapshot::Version uk = version("uk", "Що робити, якщо немає інтернету?",
                                 "Перезавантажте роутер: вимкніть живлення на **30 секунд**.\n\n"
                                 "1. Переконайтеся, що світиться індикатор **WAN**.\n"
                                 "2. Перевірте баланс у [кабінеті](https://my.example.com/).\n\n"
                                 "Див. також [оплату](#pay) або [те, чого немає](#gone).",
                                 {"зник інтернет", "не працює мережа"});
  uk.author = "Олена К.";
  uk.role = "технічна підтримка";
  uk.updated = 20'770;
  uk.url = "https://example.com/help";
  uk.picture = "https://pictures.example/olena.jpg";
  uk.comments = {
      {"Ігор", "монтажник", "Перевірте ще й кабель.", 20'771, "https://pictures.example/ihor.jpg"}};
  return {"no-internet",
          "line",
          {uk, version("ru", "Что делать, если нет интернета?", "Перезагрузите роутер."),
           version("en", "No internet: what to do?", "Restart the router.")}};
}

}  // namespace

snapshot::Faq panel_faq() {
  snapshot::Faq faq;
  snapshot::Settings& settings = faq.settings;
  settings.languages = {"uk", "ru", "en"};
  settings.name = {{"uk", "Вулик"}};
  settings.title = {{"uk", "Запитайте нас!"}, {"en", "Ask us!"}};
  settings.categories = {
      {"billing", {{"uk", "Оплата"}}, {{"uk", "бухгалтерія"}}},
      {"line", {{"uk", "Підключення та лінія"}}, {{"uk", "відділ технічної підтримки"}}}};
  settings.consent_version = "2";
  settings.consent_text = {{"uk", "Погоджуюся на обробку даних."}};
  settings.policy_url = "https://example.com/policy";
  settings.answer_time = {{"uk", "зазвичай за 25 хвилин"}};
  settings.announcement = {{static_cast<std::uint64_t>(kNow / 1000) - 60,
                            static_cast<std::uint64_t>(kNow / 1000) + 60,
                            {{"uk", "Аварія в північному районі."}}}};
  settings.most_asked = {"no-internet", "pay"};
  faq.topics = {
      no_internet(),
      {"pay",
       "billing",
       {version("uk", "Як сплатити за інтернет?", "Карткою в кабінеті або в терміналі.")}},
      {"roaming",
       "",
       {version("ru", "Роуминг за границей", "Включите роуминг в кабинете до поездки.")}},
      {"slow",
       "line",
       {version("uk", "Чому інтернет працює повільно ввечері?",
                "Перевірте швидкість кабелем на тестовій сторінці.")}},
  };
  return faq;
}

std::string string_list(std::initializer_list<std::string_view> strings) {
  std::string list;
  for (const std::string_view text : strings) view::append_string(list, text);
  return list;
}

Panel::Panel() : flow_({fake_now, fake_random}) {
  draws = 0;
  strings(Event::kStart, {"language", "uk", "languages", "uk-UA en", "page",
                          "https://shop.example/help?token=secret#top", "channel", "site", "site",
                          "demo", "from the future", "ignored"});
}

void Panel::event(Event kind, std::uint32_t key, std::string_view payload) {
  flow_.event(static_cast<std::uint32_t>(kind), key, payload);
}

void Panel::strings(Event kind, std::initializer_list<std::string_view> payload,
                    std::uint32_t key) {
  event(kind, key, string_list(payload));
}

void Panel::load(const snapshot::Faq& faq) {
  const Result<std::string> bytes = snapshot::build(faq);
  INFO((bytes ? std::string() : bytes.error().text));
  REQUIRE(bytes.ok());
  load_bytes(*bytes);
}

void Panel::load_bytes(std::string_view bytes) {
  flow::Bytes block;
  block.data.reset(static_cast<std::uint8_t*>(std::malloc(bytes.size() + 1)));
  block.size = bytes.size();
  if (!bytes.empty()) std::memcpy(block.data.get(), bytes.data(), bytes.size());
  flow_.snapshot(std::move(block));
}

void Panel::press(Action action, std::uint32_t index) {
  event(Event::kPress, flow::key(action, index));
}

void Panel::choose(Action action, std::uint32_t index) {
  event(Event::kChoose, flow::key(action, index));
}

void Panel::write_request() {
  strings(Event::kOpen, {"write"});
  type(Action::kTitle, "Пошкоджено кабель на даху");
  type(Action::kDetails, "З учорашнього вечора дріт висить 🙂");
  type(Action::kContact, "maria@example.com");
  event(Event::kToggle, flow::key(Action::kConsent), "1");
}

std::string Panel::dump() const {
  return testing::dump(flow_.view());
}

bool Panel::shows(view::Text text) const {
  for (const view::Node& node : view().nodes()) {
    if (node.text == text) return true;
  }
  return false;
}

bool Panel::shows(std::string_view literal) const {
  return view().strings().find(literal) != std::string_view::npos;
}

std::vector<std::string> Panel::options() const {
  std::vector<std::string> titles;
  bool in_title = false;
  for (const view::Node& node : view().nodes()) {
    if (node.role != view::Role::kRun) in_title = false;
    if (node.role == view::Role::kOption) titles.emplace_back();
    if (titles.empty()) continue;
    const bool title = node.role == view::Role::kText &&
                       node.style == static_cast<std::uint16_t>(view::TextStyle::kName);
    in_title = in_title || title;
    if (in_title) titles.back().append(view().string(node.label));
  }
  return titles;
}

std::string Panel::value_of(Action field) const {
  for (const view::Node& node : view().nodes()) {
    if (node.key == flow::key(field)) return std::string(view().string(node.value));
  }
  return "(no such field)";
}

std::vector<Effect> Panel::effects() const {
  const auto strings = view::read_strings(flow_.effects());
  REQUIRE(strings.ok());
  std::vector<Effect> effects;
  for (std::size_t i = 0; i < strings->size();) {
    Effect& effect = effects.emplace_back();
    effect.name = (*strings)[i];
    const std::size_t count = std::stoul(std::string(strings->at(i + 1)));
    for (std::size_t k = 0; k < count; ++k) effect.arguments.emplace_back(strings->at(i + 2 + k));
    i += 2 + count;
  }
  return effects;
}

std::vector<std::string> Panel::effect(std::string_view name) const {
  for (Effect& effect : effects()) {
    if (effect.name == name) return effect.arguments;
  }
  return {};
}

bool Panel::has_effect(std::string_view name) const {
  for (const Effect& effect : effects()) {
    if (effect.name == name) return true;
  }
  return false;
}

bool Panel::focused(Action action) const {
  const std::string key = text::decimal(flow::key(action));
  for (const Effect& effect : effects()) {
    if (effect.name == "focus" && effect.arguments.at(0) == key) return true;
  }
  return false;
}

std::string Panel::sent_value(std::string_view name) const {
  const std::vector<std::string> pairs = effect("send");
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
    if (pairs[i] == name) return pairs[i + 1];
  }
  return {};
}

}  // namespace askus::testing
