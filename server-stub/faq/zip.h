// The zip around a workbook's parts, by minizip, in memory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/faq/xlsx.h"

namespace askus::faq {

bool is_zip(std::string_view bytes);

// The parts that wanted_part() names. kMalformed: no zip, damaged, or with a password; kTooLarge
// over kMaxParts or kMaxPartBytes, whatever the zip says about its sizes.
Result<std::vector<Part>> unzip(std::string_view bytes);

// The same parts give the same bytes. kInternal when the library refuses.
Result<std::string> zip(const std::vector<Part>& parts);

}  // namespace askus::faq
