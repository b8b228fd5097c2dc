#include "shared/faq/html.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "shared/faq/links.h"
#include "shared/faq/words.h"

namespace askus::faq {
namespace {

constexpr std::string_view kStrong = "**";
constexpr std::string_view kSubItem = "\u2013 ";  // a dash, which begins no list
constexpr int kLastNumber = 99;

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 24> kBlocks{
    "p",   "div",        "section", "article", "header",     "footer",   "main",   "aside",
    "nav", "blockquote", "pre",     "figure",  "figcaption", "address",  "dl",     "dt",
    "dd",  "details",    "summary", "table",   "caption",    "fieldset", "center", "hr"};
constexpr std::array<std::string_view, 6> kHeadings{"h1", "h2", "h3", "h4", "h5", "h6"};
// Left out with all that is in them.
constexpr std::array<std::string_view, 18> kDropped{
    "script", "style",  "iframe",   "object",   "embed",    "video", "audio", "svg",   "canvas",
    "form",   "select", "textarea", "template", "noscript", "math",  "map",   "title", "frameset"};
// Of those, what nobody misses.
constexpr std::array<std::string_view, 3> kUnseen{"style", "template", "title"};
// Shown as plain text, and said.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kPlain{{
    {"em", "italics"},
    {"i", "italics"},
    {"u", "underlining"},
    {"s", "text struck through"},
    {"del", "text struck through"},
    {"strike", "text struck through"},
    {"code", "code"},
    {"pre", "code"},
    {"kbd", "code"},
    {"blockquote", "a quotation"},
    {"table", "a table (its rows are lines)"},
    {"sup", "raised or lowered text"},
    {"sub", "raised or lowered text"},
    {"mark", "marked text"},
    {"details", "a fold-out part"},
    {"ins", "underlining"},
    {"button", "a button"},
}};

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

class Converter final : public HtmlSink {
 public:
  void open(std::string_view name, const Attributes& attributes) override;
  void close(std::string_view name) override;
  void text(std::string_view text) override;
  Markup finish();

 private:
  struct List {
    bool numbers = false;
    int next = 1;
  };
  struct Block {
    enum class Kind : std::uint8_t { kParagraph, kBullet, kNumber } kind = Kind::kParagraph;
    int number = 0;
    std::string text;
  };

  void lose(std::string_view what) { ++losses_[std::string(what)]; }
  static std::string_view get(const Attributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string_view() : std::string_view(found->second);
  }
  void begin_block();
  void flush();
  void begin_item();
  void end_strong();
  void begin_strong() { strong_from_ = line_.size(); }
  void add_picture(const Attributes& attributes);
  void begin_link(std::string_view target);
  void end_link();
  // Before an inline form inside bold text, which may not hold it, and after it.
  void pause_strong() {
    if (strong_ > 0) end_strong();
  }
  void resume_strong() {
    if (strong_ > 0) begin_strong();
  }
  static std::string label_of(std::string_view text);

  Losses losses_;
  std::vector<Block> blocks_;
  std::string line_;   // of the block that is being read
  bool item_ = false;  // it is a list's item
  std::vector<List> lists_;
  int dropped_ = 0, pre_ = 0;  // how many such elements are open
  int strong_ = 0;
  std::size_t strong_from_ = 0;
  bool in_link_ = false;
  std::size_t link_from_ = 0;
  std::string target_;
  Block::Kind kind_ = Block::Kind::kParagraph;
  int number_ = 0;
};

void Converter::end_strong() {
  const std::string bold = line_.substr(std::min(strong_from_, line_.size()));
  line_.resize(std::min(strong_from_, line_.size()));
  // A form of bold holds no line break: each line gets its own.
  std::size_t start = 0;
  for (;;) {
    const std::size_t end = std::min(bold.find('\n', start), bold.size());
    const std::string_view whole = std::string_view(bold).substr(start, end - start);
    const std::string_view words = trim(whole);
    if (words.empty() || words.find(kStrong) != std::string_view::npos || words.front() == '*' ||
        words.back() == '*') {
      line_ += whole;
    } else {
      const auto before = static_cast<std::size_t>(words.data() - whole.data());
      line_ += whole.substr(0, before);
      line_.append(kStrong).append(words).append(kStrong);
      line_ += whole.substr(before + words.size());
    }
    if (end == bold.size()) return;
    line_ += '\n';
    start = end + 1;
  }
}

// What was read so far is a block of its own.
void Converter::flush() {
  const bool strong = strong_ > 0, link = in_link_;
  if (link) end_link();
  if (strong) end_strong();
  if (const std::string_view text = trim(line_); !text.empty()) {
    blocks_.push_back({kind_, number_, std::string(text)});
    // What follows in the same item, behind another block, is a paragraph.
    kind_ = Block::Kind::kParagraph;
  }
  line_.clear();
  if (strong) begin_strong();
  if (link) {
    in_link_ = true;
    link_from_ = 0;
  }
}

// A paragraph or the like begins or ends: inside an item it is a new line, for items hold no
// blocks.
void Converter::begin_block() {
  if (!item_) return flush();
  if (!trim(line_).empty() && !line_.ends_with('\n')) {
    if (in_link_) {
      end_link();
      in_link_ = true;
      link_from_ = line_.size() + 1;
    }
    line_ += '\n';
  }
}

void Converter::begin_item() {
  if (lists_.size() > 1) {  // nested: a line of the item above
    begin_block();
    line_ += kSubItem;
    return;
  }
  flush();
  item_ = true;
  kind_ = Block::Kind::kBullet;
  if (!lists_.empty() && lists_.back().numbers) {
    kind_ = Block::Kind::kNumber;
    number_ = std::min(lists_.back().next++, kLastNumber);
  }
}

std::string Converter::label_of(std::string_view text) {
  std::string label;
  for (const char c : trim(text)) {
    if (c == '[')
      label += '(';
    else if (c == ']')
      label += ')';
    else
      label += c == '\n' ? ' ' : c;
  }
  return label;
}

void Converter::begin_link(std::string_view target) {
  if (in_link_ || target.empty()) return;
  pause_strong();
  in_link_ = true;
  link_from_ = line_.size();
  target_ = std::string(trim(target));
}

void Converter::end_link() {
  if (!in_link_) return;
  in_link_ = false;
  const std::string inside = line_.substr(std::min(link_from_, line_.size()));
  const std::string label = label_of(inside);
  if (label.empty() || inside.find("![") != std::string::npos) {
    if (!label.empty()) lose("a link around a picture");
  } else if (const std::string form = "[" + label + "](" + target_ + ")";
             links_of(form).size() == 1 && links_of(form).front().kind == Target::kGood) {
    line_.resize(std::min(link_from_, line_.size()));
    if (is_space(inside.front()) && !line_.empty() && !is_space(line_.back())) line_ += ' ';
    line_ += form;
    if (is_space(inside.back())) line_ += ' ';
  } else {
    lose("a link to \"" + shorten(target_) + "\"");
  }
}

void Converter::add_picture(const Attributes& attributes) {
  pause_strong();
  const std::string form = "![" + label_of(get(attributes, "alt")) + "](" +
                           std::string(trim(get(attributes, "src"))) + ")";
  const auto links = links_of(form);
  if (links.size() == 1 && links.front().picture && links.front().kind == Target::kGood) {
    line_ += form;
  } else {
    lose("a picture from \"" + shorten(get(attributes, "src")) + "\"");
    line_ += label_of(get(attributes, "alt"));
  }
  resume_strong();
}

void Converter::open(std::string_view name, const Attributes& attributes) {
  if (dropped_ > 0 || one_of(kDropped, name)) {
    if (dropped_++ == 0 && !one_of(kUnseen, name)) lose("<" + std::string(name) + ">");
    return;
  }
  for (const auto& [tag, what] : kPlain) {
    if (tag == name) lose(what);
  }
  if (name == "strong" || name == "b") {
    if (!in_link_ && strong_ == 0) begin_strong();
    ++strong_;
    if (in_link_) lose("bold inside a link");
  } else if (one_of(kHeadings, name)) {
    begin_block();
    if (strong_++ == 0) begin_strong();
    lose("a heading (it is bold)");
  } else if (name == "a") {
    begin_link(get(attributes, "href"));
  } else if (name == "img") {
    add_picture(attributes);
  } else if (name == "br") {
    line_ += '\n';
  } else if (name == "ul" || name == "ol") {
    if (!lists_.empty()) lose("a list in a list (its items are lines of the item above)");
    if (lists_.empty()) flush();
    int first = 1;
    const std::string_view start = get(attributes, "start");
    std::from_chars(start.data(), start.data() + start.size(), first);
    lists_.push_back({name == "ol", std::clamp(first, 0, kLastNumber)});
  } else if (name == "li") {
    begin_item();
  } else if (name == "tr") {
    if (!line_.empty() && !line_.ends_with('\n')) line_ += '\n';
  } else if (name == "td" || name == "th") {
    if (!line_.empty() && !line_.ends_with('\n')) line_ += " \u2013 ";
  } else if (one_of(kBlocks, name)) {
    begin_block();
  }
  if (name == "pre") ++pre_;
}

void Converter::close(std::string_view name) {
  if (dropped_ > 0) {
    --dropped_;
    return;
  }
  if (name == "pre") --pre_;
  if (name == "strong" || name == "b" || one_of(kHeadings, name)) {
    if (strong_ > 0 && --strong_ == 0 && !in_link_) end_strong();
    if (one_of(kHeadings, name)) begin_block();
  } else if (name == "a") {
    const bool was = in_link_;
    end_link();
    if (was) resume_strong();
  } else if (name == "ul" || name == "ol") {
    if (lists_.empty()) return;
    lists_.pop_back();
    if (!lists_.empty()) return begin_block();
    flush();
    item_ = false;
  } else if (name == "li") {
    if (lists_.size() > 1) return;
    flush();
    item_ = false;
  } else if (one_of(kBlocks, name)) {
    begin_block();
  }
}

void Converter::text(std::string_view text) {
  if (dropped_ > 0) return;
  for (const char c : text) {
    if (c == '\r' || c == '\0') continue;
    if (pre_ > 0 || !is_space(c)) {
      line_ += c;
    } else if (!line_.empty() && !is_space(line_.back())) {
      line_ += ' ';
    }
  }
}

Markup Converter::finish() {
  flush();
  Markup out;
  const Block* before = nullptr;
  for (const Block& block : blocks_) {
    if (before != nullptr) {
      const bool one_list = block.kind == before->kind && block.kind != Block::Kind::kParagraph;
      out.text += one_list ? "\n" : "\n\n";
    }
    if (block.kind == Block::Kind::kBullet) out.text += "- ";
    if (block.kind == Block::Kind::kNumber) out.text += std::to_string(block.number) + ". ";
    // Blank lines inside would end the block.
    bool first = true;
    for (const std::string& line : split(block.text, "\n")) {
      if (!std::exchange(first, false)) out.text += '\n';
      out.text += line;
    }
    before = &block;
  }
  out.losses = std::move(losses_);
  return out;
}

}  // namespace

bool html_fits(std::string_view html) {
  if (html.size() > kMaxHtmlBytes) return false;
  std::size_t tags = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const char next = at + 1 < html.size() ? html[at + 1] : ' ';
    if ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z')) ++tags;
  }
  return tags <= kMaxHtmlTags;
}

Result<Markup> markup_of_html(std::string_view html, const HtmlReader& reader) {
  if (!html_fits(html))
    return Error{Code::kTooLarge, "the article has more than " + std::to_string(kMaxHtmlTags) +
                                      " tags or " + std::to_string(kMaxHtmlBytes >> 20) + " MB"};
  Converter converter;
  if (const Status read = reader(html, converter); !read) return read.error();
  return converter.finish();
}

}  // namespace askus::faq
