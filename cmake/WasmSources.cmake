# Libraries that the distribution has in binary only, compiled to WebAssembly from its source packages
# (scripts/fetch-sources). Each is a target like askus_library's.
set(askus_deps "${PROJECT_SOURCE_DIR}/build/deps")

# askus_source_library(NAME PACKAGE FILES...): PACKAGE is a name that scripts/fetch-sources knows.
function(askus_source_library name package)
  file(GLOB found LIST_DIRECTORIES true "${askus_deps}/${package}-*")
  if(NOT found)
    execute_process(COMMAND "${PROJECT_SOURCE_DIR}/scripts/fetch-sources" ${package})
    file(GLOB found LIST_DIRECTORIES true "${askus_deps}/${package}-*")
  endif()
  if(NOT found)
    message(FATAL_ERROR "The studio needs the sources of ${package}: run scripts/fetch-sources ${package}")
  endif()
  list(SORT found COMPARE NATURAL ORDER DESCENDING)
  list(GET found 0 folder)
  list(TRANSFORM ARGN PREPEND "${folder}/" OUTPUT_VARIABLE files)
  add_library(${name} STATIC ${files})
  set_target_properties(${name} PROPERTIES ASKUS_SOURCES "${files}" ASKUS_FOLDER "${folder}")
  # Not ours to warn about.
  target_compile_options(${name} PRIVATE -w)
  target_include_directories(${name} SYSTEM PUBLIC "${folder}")
endfunction()
