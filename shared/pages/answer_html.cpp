#include "shared/pages/answer_html.h"

#include <algorithm>

#include "shared/markup/escape.h"
#include "shared/markup/markup.h"
#include "shared/text/utf8.h"

namespace askus::pages {
namespace {

using markup::Piece;
using Kind = Piece::Kind;

// "https://host[:port]" of an https address, in lower case.
std::string origin_of(std::string_view address) {
  constexpr std::size_t kHost = 8;  // behind "https://"
  std::string origin(address.substr(0, address.find_first_of("/?#", kHost)));
  std::transform(origin.begin(), origin.end(), origin.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return origin;
}

void add_link(std::string& html, std::string_view address, std::string_view label) {
  html += "<a href=\"" + shown(address) + "\">" + shown(label) + "</a>";
}

void add_picture(std::string& html, const Piece& piece, const Targets& targets) {
  const auto* origins = targets.picture_origins;
  if (origins == nullptr ||
      std::find(origins->begin(), origins->end(), origin_of(piece.target)) == origins->end()) {
    html += shown(piece.text);
    return;
  }
  html += "<img src=\"" + shown(piece.target) + "\" alt=\"" + shown(piece.text) +
          "\" loading=\"lazy\" decoding=\"async\">";
}

void add_run(std::string& html, const Piece& piece, const Targets& targets) {
  switch (piece.kind) {
    case Kind::kStrong:
      html += "<strong>" + shown(piece.text) + "</strong>";
      break;
    case Kind::kPicture:
      add_picture(html, piece, targets);
      break;
    case Kind::kLink: {
      const bool topic = piece.target.starts_with('#');
      const std::string address =
          topic ? targets.topic(piece.target.substr(1)) : std::string(piece.target);
      if (address.empty())
        html += shown(piece.text);
      else
        add_link(html, address, piece.text);
      break;
    }
    default:
      html += piece.text == "\n" ? "<br>\n" : shown(piece.text);
  }
}

}  // namespace

std::string shown(std::string_view text) {
  return markup::escape_html(markup::printable(text));
}

std::string answer_html(std::string_view answer, const Targets& targets) {
  std::string html;
  std::string_view close, close_list;
  const auto end_block = [&] {
    html += close;
    close = {};
  };
  const auto end_list = [&] {
    html += close_list;
    close_list = {};
  };
  for (const Piece& piece : markup::parse(answer)) {
    switch (piece.kind) {
      case Kind::kParagraph:
        end_block();
        end_list();
        html += "<p>";
        close = "</p>\n";
        break;
      case Kind::kList:
        end_block();
        end_list();
        html += !piece.numbered    ? "<ul>\n"
                : piece.start == 1 ? "<ol>\n"
                                   : "<ol start=\"" + std::to_string(piece.start) + "\">\n";
        close_list = piece.numbered ? "</ol>\n" : "</ul>\n";
        break;
      case Kind::kItem:
        end_block();
        html += "<li>";
        close = "</li>\n";
        break;
      default:
        add_run(html, piece, targets);
    }
  }
  end_block();
  end_list();
  return html;
}

std::string excerpt(std::string_view answer, std::size_t letters) {
  constexpr std::size_t kMostBytes = 4;  // of a letter
  std::string plain = markup::printable(markup::plain_text(answer, letters * kMostBytes));
  std::replace(plain.begin(), plain.end(), '\n', ' ');
  std::size_t at = 0, count = 0, word = 0;
  while (at < plain.size() && count < letters) {
    if (plain[at] == ' ') word = at;
    text::next(plain, at);
    ++count;
  }
  if (at >= plain.size()) return plain;
  plain.resize(word > 0 ? word : at);
  while (!plain.empty() && std::string_view(" ,.;:-").find(plain.back()) != std::string_view::npos)
    plain.pop_back();
  return plain + "…";
}

}  // namespace askus::pages
