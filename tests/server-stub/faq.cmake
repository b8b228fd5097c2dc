# The program as people run it.
askus_test(askus_faq_test unit faq/program_test.cpp faq/import_test.cpp faq/publish_test.cpp faq/files_test.cpp
  faq/pages_test.cpp
  LINK askus_faq_commands)
add_dependencies(askus_faq_test askus-faq)
target_compile_definitions(askus_faq_test PRIVATE
  ASKUS_FAQ_PROGRAM="$<TARGET_FILE:askus-faq>")
