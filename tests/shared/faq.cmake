askus_test(faq_test unit
  faq/dates_test.cpp faq/links_test.cpp faq/words_test.cpp faq/csv_test.cpp faq/json_test.cpp
  faq/findings_test.cpp faq/round_trip_test.cpp faq/xlsx_test.cpp faq/settings_test.cpp faq/check_test.cpp faq/diff_test.cpp
  LINK askus_faq askus_snapshot_builder)
askus_test(studio_test unit studio/studio_test.cpp studio/gaps_test.cpp
  LINK askus_compiler askus_lexicon_builtin)
