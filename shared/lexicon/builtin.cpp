#include "shared/lexicon/builtin.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>

// The assembler takes the files in as they are: a compiler needs minutes and gigabytes for two
// megabytes of string literals. ASKUS_LEXICON_DIR is the folder at build time.
#define ASKUS_LEXICON(name)                                                                  \
  __asm__(".section .rodata\n.global askus_lexicon_" #name "\naskus_lexicon_" #name          \
          ":\n.incbin \"" ASKUS_LEXICON_DIR "/" #name ".txt\"\n.global askus_lexicon_" #name \
          "_end\naskus_lexicon_" #name "_end:\n.byte 0\n.text\n");                           \
  extern "C" const char askus_lexicon_##name[], askus_lexicon_##name##_end[];

ASKUS_LEXICON(general)
ASKUS_LEXICON(devices)
ASKUS_LEXICON(telecom)
ASKUS_LEXICON(bank)
ASKUS_LEXICON(shop)
ASKUS_LEXICON(city)

namespace askus::lexicon {
namespace {

struct File {
  std::string_view name;
  const char *begin, *end;
};

Lexicon read() {
  const File files[] = {
      {"general.txt", askus_lexicon_general, askus_lexicon_general_end},
      {"devices.txt", askus_lexicon_devices, askus_lexicon_devices_end},
      {"telecom.txt", askus_lexicon_telecom, askus_lexicon_telecom_end},
      {"bank.txt", askus_lexicon_bank, askus_lexicon_bank_end},
      {"shop.txt", askus_lexicon_shop, askus_lexicon_shop_end},
      {"city.txt", askus_lexicon_city, askus_lexicon_city_end},
  };
  Lexicon lexicon;
  for (const File& file : files) {
    const std::string_view text(file.begin, static_cast<std::size_t>(file.end - file.begin));
    if (const Status added = add(text, file.name, Origin::kBuiltin, lexicon); !added) {
      std::fprintf(stderr, "%s\n", added.error().text.c_str());
      std::abort();
    }
  }
  return lexicon;
}

}  // namespace

const Lexicon& builtin() {
  static const Lexicon lexicon = read();
  return lexicon;
}

}  // namespace askus::lexicon
