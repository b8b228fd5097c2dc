askus_test(text_test unit text/utf8_test.cpp text/fold_test.cpp text/letters_test.cpp
  text/hash_test.cpp text/decimal_test.cpp text/tokens_test.cpp text/stem_test.cpp text/english_test.cpp
  text/stop_words_test.cpp text/skeleton_test.cpp text/layout_test.cpp text/translit_test.cpp
  LINK askus_text)
askus_test(snapshot_test unit snapshot/snapshot_test.cpp snapshot/hostile_test.cpp
  snapshot/hostile_concepts_test.cpp
  LINK askus_search askus_snapshot_builder)
askus_test(search_test unit search/search_test.cpp search/highlight_test.cpp
  search/spelling_test.cpp search/exact_test.cpp search/language_test.cpp search/bytes_test.cpp
  search/work_test.cpp search/same_question_test.cpp search/ranking_test.cpp
  search/strings_test.cpp search/heap_test.cpp search/similar_test.cpp
  LINK askus_search askus_snapshot_builder)
askus_test(request_test unit request/request_test.cpp request/named_test.cpp request/uuid_test.cpp
  LINK askus_request)
askus_test(work_test unit work/work_test.cpp LINK askus_work)
