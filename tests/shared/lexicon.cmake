askus_test(lexicon_test unit
  lexicon/lexicon_test.cpp lexicon/matcher_test.cpp lexicon/compile_test.cpp
  lexicon/find_test.cpp
  LINK askus_lexicon_builtin askus_snapshot_builder)
