#include "server-stub/faq/gumbo.h"

#include <gumbo.h>

#include <memory>
#include <vector>

#include "shared/faq/words.h"

namespace askus::faq {
namespace {

std::string name_of(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece piece = element.original_tag;
  gumbo_tag_from_original_text(&piece);
  return lower({piece.data == nullptr ? "" : piece.data, piece.length});
}

HtmlSink::Attributes attributes_of(const GumboElement& element) {
  HtmlSink::Attributes attributes;
  for (const std::string_view name : kHtmlAttributes) {
    if (const auto* found = gumbo_get_attribute(&element.attributes, std::string(name).c_str()))
      attributes.emplace(name, found->value);
  }
  return attributes;
}

// Children in order, without recursion: a document may be thousands of elements deep.
void walk(const GumboNode* root, HtmlSink& to) {
  struct Place {
    const GumboNode* node;
    unsigned next = 0;
  };
  std::vector<Place> open{{root}};
  while (!open.empty()) {
    Place& place = open.back();
    const GumboElement& element = place.node->v.element;
    if (place.next == element.children.length) {
      to.close(name_of(element));
      open.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(element.children.data[place.next++]);
    if (child->type == GUMBO_NODE_ELEMENT || child->type == GUMBO_NODE_TEMPLATE) {
      to.open(name_of(child->v.element), attributes_of(child->v.element));
      open.push_back({child});
    } else if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE ||
               child->type == GUMBO_NODE_CDATA) {
      to.text(child->v.text.text);
    }
  }
}

}  // namespace

Status read_html(std::string_view html, HtmlSink& to) {
  if (!html_fits(html)) return Error{Code::kTooLarge, "the HTML is too large"};
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  const auto destroy = [&](GumboOutput* output) { gumbo_destroy_output(&options, output); };
  const std::unique_ptr<GumboOutput, decltype(destroy)> output(
      gumbo_parse_with_options(&options, html.data(), html.size()), destroy);
  if (!output) return Error{Code::kUnavailable, "no memory for the HTML"};
  to.open("html", attributes_of(output->root->v.element));
  walk(output->root, to);
  return {};
}

}  // namespace askus::faq
