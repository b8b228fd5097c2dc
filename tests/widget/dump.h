// A view as text, one line a node, for golden files and for messages of failed tests.
#pragma once

#include <string>

#include "widget/view/view.h"

namespace askus::testing {

std::string dump(const view::Builder& view);

// Whether the text equals tests/widget/golden/NAME.txt. With ASKUS_UPDATE_GOLDEN set the file is
// written instead: look at the difference before it is committed.
void check_golden(const std::string& name, const std::string& text);

}  // namespace askus::testing
