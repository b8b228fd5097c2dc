# Reads the pages' XML.
find_library(PUGIXML pugixml REQUIRED)
askus_test(pages_test unit pages/slug_test.cpp pages/theme_test.cpp pages/texts_test.cpp
  pages/answer_html_test.cpp pages/help_pages_test.cpp
  LINK askus_pages askus_snapshot_builder ${PUGIXML})
