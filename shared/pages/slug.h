// The readable part of a page's address, and the part that says which page it is.
#pragma once

#include <string>
#include <string_view>

namespace askus::pages {

// A slug's length at most, in bytes; it ends with a whole word, unless that is the only one.
inline constexpr std::size_t kMaxSlug = 80;

// "chy-bezkoshtovna-dostavka" of "Чи безкоштовна доставка?": a-z, 0-9 and single hyphens, none at
// the ends. Ukrainian by the table of the Cabinet of Ministers' resolution No. 55 of 27 January
// 2010, Russian (`language` "ru" or "ru-...") by ICAO Doc 9303, part 3, section 6; accents of Latin
// letters go, other scripts too. May be empty.
std::string slug(std::string_view title, std::string_view language);

// An id as a part of an address: letters, digits, '.', '_' and '-' as they are; one with anything
// else is '~' and the whole in base64url. Different ids give different parts, of at most 135 bytes.
std::string path_of_id(std::string_view id);

// What parts the two: a slug never holds it, so an address says its id whatever the slug has been.
inline constexpr std::string_view kBeforeId = "--";

}  // namespace askus::pages
