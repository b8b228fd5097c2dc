#include "server-stub/api/html.h"

namespace askus::api {

std::string html_page(std::string_view language, std::string_view style, std::string_view title,
                      std::string_view content) {
  return "<!doctype html>\n<html lang=\"" + escape_html(language) +
         "\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
         "content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n"
         "<link rel=\"stylesheet\" href=\"" +
         escape_html(style) + "\">\n<title>" + escape_html(title) + "</title>\n<main>\n<h1>" +
         escape_html(title) + "</h1>\n" + std::string(content) + "</main>\n";
}

}  // namespace askus::api
