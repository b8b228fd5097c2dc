askus_test(tags_test unit tags/proposer_test.cpp tags/watch_words_test.cpp text/slips_test.cpp LINK askus_tags)
askus_test(tone_test unit tone/tone_test.cpp LINK askus_tone)
