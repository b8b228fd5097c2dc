// A text without what tells who wrote it, before it becomes something that everybody reads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace askus::api {

struct Cleaned {
  std::string text;
  std::vector<std::string> removed;  // what was taken out, as it stood, each once
};

// Whose names are taken out, in whatever case form ("Олена", "Олено"): the visitor's name and
// contact, the name of who answered.
struct Known {
  std::string name, contact, author;
};

// Addresses of mail, user names with an @, numbers of five digits and more in whatever pieces, and
// words of known names are left out, with what then stands alone of the sentence's signs. Lines and
// web addresses stay. Another person's name cannot be told from any other word: who publishes it
// reads it before. UTF-8 stays UTF-8.
Cleaned without_contacts(std::string_view text, const Known& known);

}  // namespace askus::api
