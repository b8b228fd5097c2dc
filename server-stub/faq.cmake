# askus-faq, the snapshot compiler.
find_package(CURL REQUIRED)
find_path(CLI11_INCLUDE CLI/CLI.hpp REQUIRED)

find_library(MINIZIP minizip REQUIRED)
find_library(GUMBO gumbo REQUIRED)

# What is around other programs' files.
askus_library(askus_containers faq/zip.cpp faq/gumbo.cpp LINK askus_faq)
target_link_libraries(askus_containers PRIVATE ${MINIZIP} ${GUMBO})

askus_library(askus_faq_commands faq/files.cpp faq/inputs.cpp faq/progress.cpp faq/built.cpp
  faq/convert_commands.cpp faq/export_pages.cpp faq/pages_command.cpp
  faq/check_command.cpp faq/external_links.cpp faq/build_command.cpp faq/show_command.cpp faq/search_command.cpp faq/eval_command.cpp
  faq/diff_command.cpp faq/key_commands.cpp faq/server_of.cpp
  faq/gaps_command.cpp faq/propose_command.cpp faq/publish_commands.cpp
  LINK askus_containers askus_faq askus_search askus_compiler askus_lexicon_builtin
  askus_publish_client askus_propose askus_files askus_pages CURL::libcurl)
add_executable(askus-faq faq/main.cpp)
target_include_directories(askus-faq SYSTEM PRIVATE "${CLI11_INCLUDE}")
target_link_libraries(askus-faq PRIVATE askus_faq_commands)
set_target_properties(askus-faq PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
