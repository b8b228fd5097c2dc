#include "server-stub/feed/feed.h"

#include <algorithm>
#include <ctime>
#include <pugixml.hpp>

#include "server-stub/faq/gumbo.h"
#include "server-stub/social/message.h"
#include "shared/text/utf8.h"

namespace askus::feed {
namespace {

using pugi::xml_node;

// How deep elements stand in one another, without building a tree: one that is too deep costs
// nothing. kMalformed for a document type.
Status check_depth(std::string_view xml) {
  std::size_t depth = 0;
  const auto skip = [&xml](std::size_t at, std::string_view end) {
    const std::size_t found = xml.find(end, at);
    return found == std::string_view::npos ? xml.size() : found + end.size();
  };
  for (std::size_t at = xml.find('<'); at < xml.size(); at = xml.find('<', at)) {
    const std::string_view rest = xml.substr(at);
    if (rest.starts_with("<!--")) {
      at = skip(at + 4, "-->");
    } else if (rest.starts_with("<![CDATA[")) {
      at = skip(at + 9, "]]>");
    } else if (rest.starts_with("<?")) {
      at = skip(at + 2, "?>");
    } else if (rest.starts_with("<!")) {
      return Error{Code::kMalformed, "a feed with a document type is not read"};
    } else {
      const std::size_t end = skip(at, ">");
      if (rest.starts_with("</"))
        depth = depth == 0 ? 0 : depth - 1;
      else if (end < 2 || xml[end - 2] != '/')
        ++depth;
      if (depth > kMaxDepth)
        return Error{Code::kTooLarge,
                     "elements deeper than " + std::to_string(kMaxDepth) + " are not read"};
      at = end;
    }
  }
  return {};
}

// The texts of HTML, a line for each of its blocks.
class Texts final : public faq::HtmlSink {
 public:
  void open(std::string_view name, const Attributes&) override {
    hidden_ += hides(name) ? 1 : 0;
    if (name == "br") text_ += '\n';
  }
  void close(std::string_view name) override {
    hidden_ -= hides(name) ? 1 : 0;
    for (const std::string_view block : {"p", "div", "li", "h1", "h2", "h3", "tr", "blockquote"})
      if (name == block) text_ += '\n';
  }
  void text(std::string_view text) override {
    if (hidden_ == 0) text_ += text;
  }
  std::string take() { return std::move(text_); }

 private:
  static bool hides(std::string_view name) {
    return name == "script" || name == "style" || name == "title";
  }
  int hidden_ = 0;
  std::string text_;
};

// Lines without white space around them and without controls, at most one empty one between two.
std::string tidy(std::string_view text, std::size_t most) {
  std::string out;
  bool space = false, line = false;
  for (std::size_t at = 0; at < text.size() && out.size() < most;) {
    const std::size_t begin = at;
    const char32_t code = text::next(text, at);
    if (code == '\n') {
      line = true;
    } else if (code <= ' ' || code == 0x7F || code == 0xA0 || code == text::kReplacement) {
      space = true;
    } else {
      if (!out.empty() && line)
        out += '\n';
      else if (!out.empty() && space)
        out += ' ';
      space = line = false;
      out.append(text.substr(begin, at - begin));
    }
  }
  return std::string(text::clip(out, most));
}

std::string plain(std::string_view html) {
  if (html.find_first_of("<&") == std::string_view::npos) return tidy(html, kMaxText);
  Texts texts;
  // What is too large for the parser is of no use as text either.
  if (const Status read = faq::read_html(html, texts); !read.ok()) return {};
  return tidy(texts.take(), kMaxText);
}

std::string line(std::string_view text) {
  std::string one = plain(text.substr(0, 8 * kMaxField));
  std::replace(one.begin(), one.end(), '\n', ' ');
  return std::string(text::clip(one, kMaxField));
}

// Of RSS: "Fri, 27 Nov 2026 10:00:00 +0000".
std::int64_t rss_time(const char* text) {
  std::tm time{};
  if (strptime(text, "%a, %d %b %Y %H:%M:%S", &time) == nullptr &&
      strptime(text, "%d %b %Y %H:%M:%S", &time) == nullptr)
    return 0;
  const std::string_view all(text);
  const std::size_t zone = all.find_last_of("+-");
  std::int64_t shift = 0;
  if (zone != std::string_view::npos && all.size() >= zone + 5) {
    const auto digit = [&all](std::size_t at) { return std::int64_t{all[at] - '0'}; };
    shift =
        ((digit(zone + 1) * 10 + digit(zone + 2)) * 60 + digit(zone + 3) * 10 + digit(zone + 4)) *
        60;
    if (shift < 0 || shift > 86'400) shift = 0;
    if (all[zone] == '-') shift = -shift;
  }
  const std::int64_t seconds = std::int64_t{timegm(&time)} - shift;
  return seconds > 0 ? seconds * 1000 : 0;
}

std::int64_t time_of(const char* text) {
  const std::int64_t at = social::parse_time(text);
  return at > 0 ? at : rss_time(text);
}

// Only the web: what else an address might be is nobody's to press.
std::string web_link(std::string_view link) {
  const std::string clean = tidy(link, kMaxField);
  const bool is_web = clean.starts_with("https://") || clean.starts_with("http://");
  return is_web && clean.find_first_of(" \"<>\n") == std::string::npos ? clean : std::string();
}

// The element's own text; of Atom's xhtml that of all within.
std::string content(const xml_node& node) {
  if (node.attribute("type").as_string() != std::string_view("xhtml"))
    return plain(node.text().get());
  std::string text;
  for (xml_node at = node.first_child(); at && text.size() < kMaxText;) {
    if (at.type() == pugi::node_pcdata || at.type() == pugi::node_cdata)
      text.append(at.value()).append("\n");
    if (at.first_child()) {
      at = at.first_child();
      continue;
    }
    while (at && at != node && !at.next_sibling()) at = at.parent();
    if (!at || at == node) break;
    at = at.next_sibling();
  }
  return tidy(text, kMaxText);
}

std::string first_of(const xml_node& node, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (const xml_node child = node.child(name))
      if (std::string text = content(child); !text.empty()) return text;
  return {};
}

Entry entry_of(const xml_node& node, bool atom) {
  Entry entry;
  if (atom) {
    for (const xml_node& link : node.children("link")) {
      const std::string_view rel = link.attribute("rel").as_string("alternate");
      if (rel == "alternate" && entry.link.empty())
        entry.link = web_link(link.attribute("href").as_string());
    }
    entry.id = tidy(node.child("id").text().get(), kMaxField);
    entry.author = line(node.child("author").child("name").text().get());
    entry.text = first_of(node, {"content", "summary"});
  } else {
    entry.link = web_link(node.child("link").text().get());
    entry.id = tidy(node.child("guid").text().get(), kMaxField);
    entry.author =
        line(node.child(node.child("dc:creator") ? "dc:creator" : "author").text().get());
    entry.text = first_of(node, {"content:encoded", "description"});
  }
  entry.title = line(node.child("title").text().get());
  for (const char* name : {"updated", "pubDate", "published", "dc:date"})
    if (entry.at == 0) entry.at = time_of(node.child(name).text().get());
  if (entry.id.empty()) entry.id = entry.link;
  return entry;
}

}  // namespace

Result<std::vector<Entry>> parse(std::string_view xml) {
  if (xml.size() > kMaxBytes)
    return Error{Code::kTooLarge, "over " + std::to_string(kMaxBytes) + " bytes"};
  if (const Status status = check_depth(xml); !status.ok()) return status.error();
  pugi::xml_document document;
  const pugi::xml_parse_result read = document.load_buffer(
      xml.data(), xml.size(), pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol,
      pugi::encoding_auto);
  if (!read) return Error{Code::kMalformed, std::string("no XML: ") + read.description()};
  const xml_node root = document.document_element();
  const std::string_view name = root.name();
  const bool atom = name == "feed";
  if (!atom && name != "rss" && name != "rdf:RDF")
    return Error{Code::kMalformed, "neither RSS nor Atom"};
  const xml_node list = name == "rss" ? root.child("channel") : root;
  std::vector<Entry> entries;
  for (const xml_node& node : list.children(atom ? "entry" : "item")) {
    if (entries.size() == kMaxEntries) break;
    Entry entry = entry_of(node, atom);
    if (!entry.id.empty() && !(entry.title.empty() && entry.text.empty()))
      entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace askus::feed
