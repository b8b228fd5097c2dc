#include "tests/widget/dump.h"

#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/catch.h"
#include "widget/flow/keys.h"

namespace askus::testing {

namespace {

using view::Role;

constexpr std::array kRoles{"?",      "region",   "heading", "text",     "run",     "link",
                            "button", "field",    "choices", "choice",   "check",   "list",
                            "item",   "options",  "option",  "status",   "alert",   "icon",
                            "avatar", "progress", "time",    "honeypot", "picture", "slot"};
constexpr std::array kTexts{
    "",
#define ASKUS_TEXT(name) #name,
#include "widget/view/texts.def"
#undef ASKUS_TEXT
};
constexpr std::array kFlags{"disabled",  "selected",     "required",      "invalid",
                            "multiline", "mark",         "strong",        "busy",
                            "expanded",  "hidden_label", "other_language"};
constexpr std::array kRegions{"div",  "header", "main",  "footer", "section", "nav", "form",
                              "card", "row",    "stack", "hero",   "person",  "pair"};

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '\n' ? "\\n" : std::string(1, c);
  return out + "\"";
}

std::string line(const view::Builder& view, const view::Node& node) {
  std::ostringstream out;
  out << std::string(node.depth * 2u, ' ') << kRoles.at(static_cast<std::size_t>(node.role));
  if (node.role == Role::kRegion) {
    out << ' ' << kRegions.at(node.style);
  } else if (node.style != 0) {
    out << " style=" << node.style;
  }
  if (node.key != 0) {
    out << " key=" << (node.key >> 16) << ':' << flow::index_of(node.key);
  }
  if (node.text != view::Text::none) out << ' ' << kTexts.at(static_cast<std::size_t>(node.text));
  if (node.number != 0) out << " number=" << node.number;
  if (node.label.size > 0) out << ' ' << quoted(view.string(node.label));
  if (node.value.size > 0) out << " value=" << quoted(view.string(node.value));
  if (node.extra.size > 0) out << " extra=" << quoted(view.string(node.extra));
  for (std::size_t i = 0; i < kFlags.size(); ++i) {
    if ((node.flags >> i & 1) != 0) out << " +" << kFlags[i];
  }
  return out.str();
}

}  // namespace

std::string dump(const view::Builder& view) {
  std::string out;
  for (const view::Node& node : view.nodes()) out += line(view, node) + "\n";
  return out;
}

void check_golden(const std::string& name, const std::string& text) {
  const std::string path = "tests/widget/golden/" + name + ".txt";
  if (std::getenv("ASKUS_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << text;
    return;
  }
  std::ifstream file(path);
  std::stringstream golden;
  golden << file.rdbuf();
  INFO(path);
  CHECK(text == golden.str());
}

}  // namespace askus::testing
