#include "server-stub/out/letter.h"

#include "shared/markup/escape.h"
#include "shared/text/utf8.h"

namespace askus::out {
namespace {

using markup::escape_html;

struct Texts {
  std::string_view subject, hello, hello_name, answered, you_asked, whole, not_by_mail, unsubscribe;
};

// {n}: the request's number; {title}, {name}: as written.
constexpr Texts kUkrainian{
    "Відповідь на звернення № {n}: {title}",
    "Вітаємо!",
    "Вітаємо!",  // a name would need its vocative, which a form does not tell
    "На ваше звернення № {n} є відповідь:",
    "Ви писали:",
    "Уся розмова та місце, де можна написати ще:",
    "На цей лист відповідати не треба: відповідь поштою ніхто не прочитає.",
    "Більше не надсилати відповідей на цю адресу:",
};
constexpr Texts kRussian{
    "Ответ на обращение № {n}: {title}",
    "Здравствуйте!",
    "Здравствуйте, {name}!",
    "На ваше обращение № {n} есть ответ:",
    "Вы писали:",
    "Вся переписка и место, где можно написать ещё:",
    "На это письмо отвечать не нужно: ответ по почте никто не прочитает.",
    "Больше не присылать ответы на этот адрес:",
};
constexpr Texts kEnglish{
    "Answer to your request no. {n}: {title}",
    "Hello,",
    "Hello {name},",
    "There is an answer to your request no. {n}:",
    "You wrote:",
    "The whole conversation, and the place to write again:",
    "Please do not reply to this e-mail: nobody would read it.",
    "Send no more answers to this address:",
};

constexpr UnsubscribeTexts kUkrainianPage{
    "Відписатися",
    "Відповіді на звернення більше не надходитимуть на цю адресу. Вони й далі будуть на сторінці "
    "звернення.",
    "Відписатися",
    "Вас відписано",
    "На цю адресу більше не надходитимуть листи такого роду.",
    "Надсилати знову",
    "Листи надходитимуть знову",
    "На цю адресу знову надходитимуть листи такого роду.",
    "Посилання неповне. Відкрийте його з листа ще раз.",
};
constexpr UnsubscribeTexts kRussianPage{
    "Отписаться",
    "Ответы на обращения больше не будут приходить на этот адрес. Они и дальше будут на странице "
    "обращения.",
    "Отписаться",
    "Вы отписаны",
    "На этот адрес больше не будут приходить такие письма.",
    "Присылать снова",
    "Письма будут приходить снова",
    "На этот адрес снова будут приходить такие письма.",
    "Ссылка неполная. Откройте её из письма ещё раз.",
};
constexpr UnsubscribeTexts kEnglishPage{
    "Unsubscribe",
    "Answers to requests will no longer be sent to this address. They stay on the request’s page.",
    "Unsubscribe",
    "You are unsubscribed",
    "E-mail of this kind will no longer be sent to this address.",
    "Send it again",
    "E-mail will be sent again",
    "E-mail of this kind will be sent to this address again.",
    "The link is not complete. Open it from the e-mail once more.",
};
constexpr std::string_view kReportsUk = "Звіти більше не надходитимуть на цю адресу.",
                           kReportsRu = "Отчёты больше не будут приходить на этот адрес.",
                           kReportsEn = "Reports will no longer be sent to this address.";

constexpr std::string_view kStyle =
    "font:16px/1.5 sans-serif;color:#1c1c1e;background:#fff;max-width:640px;margin:0 auto;"
    "padding:16px";

std::string filled(std::string_view text, std::string_view name, std::string_view value) {
  std::string whole(text);
  if (const std::size_t at = whole.find(name); at != std::string::npos)
    whole.replace(at, name.size(), value);
  return whole;
}

std::string quoted(const Letter& letter) {
  const std::string_view text = letter.details.empty() ? letter.title : letter.details;
  std::string shown(text::clip(text, kQuoted));
  if (shown.size() < text.size()) shown += "…";
  return shown;
}

// Each line with "> " before it.
std::string with_marks(std::string_view text) {
  std::string marked = "> ";
  for (const char c : text) {
    if (c == '\r') continue;
    marked += c;
    if (c == '\n') marked += "> ";
  }
  return marked;
}

std::string html_lines(std::string_view text) {
  std::string html;
  for (const char c : escape_html(markup::printable(text)))
    if (c == '\n')
      html += "<br>\n";
    else
      html += c;
  return html;
}

// An address of ours, nothing in it needs more than the escaping, behind what the text has before
// it.
std::string html_link(const std::string& address, std::string_view words) {
  if (words.ends_with(':')) words.remove_suffix(1);
  return "<a href=\"" + escape_html(address) + "\">" + std::string(words) + "</a>";
}

std::string signature(const Letter& letter) {
  std::string name(letter.author);
  if (!letter.role.empty()) name.append(name.empty() ? "" : ", ").append(letter.role);
  return name;
}

std::string text_of(const Letter& letter, const Texts& t, const std::string& hello,
                    const std::string& answered) {
  std::string text = hello + "\n\n" + answered + "\n\n" + std::string(letter.reply) + "\n";
  if (const std::string name = signature(letter); !name.empty()) text += "\n— " + name + "\n";
  text.append("\n").append(t.you_asked).append("\n").append(with_marks(quoted(letter)));
  text.append("\n\n").append(t.whole).append("\n").append(letter.link).append("\n");
  text.append("\n-- \n").append(t.not_by_mail).append("\n");
  return text.append(t.unsubscribe).append(" ").append(letter.unsubscribe).append("\n");
}

std::string html_of(const Letter& letter, const Texts& t, const std::string& hello,
                    const std::string& answered, const std::string& subject) {
  const auto paragraph = [](const std::string& html, std::string_view style = {}) {
    return "<p" + (style.empty() ? std::string() : " style=\"" + std::string(style) + "\"") + ">" +
           html + "</p>\n";
  };
  std::string html =
      "<!doctype html>\n<html lang=\"" + std::string(letter_language(letter.language)) +
      "\"><head><meta charset=\"utf-8\"><title>" + escape_html(markup::printable(subject)) +
      "</title></head>\n<body style=\"" + std::string(kStyle) + "\">\n";
  html += paragraph(html_lines(hello)) + paragraph(html_lines(answered));
  html += paragraph(html_lines(letter.reply), "border-left:4px solid #2f6fde;padding-left:12px");
  if (const std::string name = signature(letter); !name.empty())
    html += paragraph("— " + html_lines(name));
  html += paragraph(std::string(t.you_asked));
  html +=
      "<blockquote style=\"margin:0 0 16px;padding-left:12px;border-left:4px solid #c9c9ce;"
      "color:#48484c\">" +
      html_lines(quoted(letter)) + "</blockquote>\n";
  html += paragraph(html_link(letter.link, t.whole));
  html += paragraph(
      std::string(t.not_by_mail) + "<br>\n" + html_link(letter.unsubscribe, t.unsubscribe),
      "color:#5c5c61;font-size:14px");
  return html + "</body></html>\n";
}

}  // namespace

std::string_view letter_language(std::string_view language) {
  const std::string_view base = language.substr(0, language.find('-'));
  return base == "uk" || base == "ru" ? base : "en";
}

Written write_letter(const Letter& letter) {
  constexpr std::size_t kShownTitle = 120;
  const std::string_view language = letter_language(letter.language);
  const Texts& t = language == "uk" ? kUkrainian : language == "ru" ? kRussian : kEnglish;
  const std::string number = std::to_string(letter.number);
  std::string title(text::clip(letter.title, kShownTitle));
  if (title.size() < letter.title.size()) title += "…";
  const std::string hello = letter.asked_by.empty()
                                ? std::string(t.hello)
                                : filled(t.hello_name, "{name}", letter.asked_by);
  const std::string answered = filled(t.answered, "{n}", number);
  Written written;
  // The number first: a title may hold anything.
  written.subject = filled(filled(t.subject, "{n}", number), "{title}", title);
  written.text = text_of(letter, t, hello, answered);
  written.html = html_of(letter, t, hello, answered, written.subject);
  return written;
}

UnsubscribeTexts unsubscribe_texts(std::string_view given, std::string_view list) {
  const std::string_view language = letter_language(given);
  UnsubscribeTexts texts = language == "uk"   ? kUkrainianPage
                           : language == "ru" ? kRussianPage
                                              : kEnglishPage;
  if (list != "replies")
    texts.ask = language == "uk" ? kReportsUk : language == "ru" ? kReportsRu : kReportsEn;
  return texts;
}

}  // namespace askus::out
