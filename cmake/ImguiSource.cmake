# Finds Dear ImGui's sources in build/deps, fetching them first by scripts/fetch-sources, and makes
# the library askus_imgui of them. Without them (no network yet) a native tree goes on without the
# skin's tests; the wasm tree cannot.
set(askus_deps "${PROJECT_SOURCE_DIR}/build/deps")
file(GLOB askus_imgui_dirs LIST_DIRECTORIES true "${askus_deps}/imgui-*")
if(NOT askus_imgui_dirs)
  execute_process(COMMAND "${PROJECT_SOURCE_DIR}/scripts/fetch-sources" imgui)
  file(GLOB askus_imgui_dirs LIST_DIRECTORIES true "${askus_deps}/imgui-*")
endif()
if(NOT askus_imgui_dirs)
  if(EMSCRIPTEN)
    message(FATAL_ERROR "The skin needs Dear ImGui's sources: run scripts/fetch-sources imgui")
  endif()
  message(STATUS "No Dear ImGui sources: the skin's native tests are left out")
  return()
endif()

list(SORT askus_imgui_dirs COMPARE NATURAL ORDER DESCENDING)
list(GET askus_imgui_dirs 0 ASKUS_IMGUI_DIR)
set(ASKUS_IMGUI_SOURCES
  "${ASKUS_IMGUI_DIR}/imgui.cpp" "${ASKUS_IMGUI_DIR}/imgui_demo.cpp"
  "${ASKUS_IMGUI_DIR}/imgui_draw.cpp" "${ASKUS_IMGUI_DIR}/imgui_tables.cpp"
  "${ASKUS_IMGUI_DIR}/imgui_widgets.cpp")
# Not ours to warn about. The sanitizers watch the one file that we call.
set_source_files_properties(${ASKUS_IMGUI_SOURCES} PROPERTIES COMPILE_OPTIONS "-w")
if(ASKUS_SANITIZE)
  set_source_files_properties(${ASKUS_IMGUI_SOURCES} PROPERTIES COMPILE_OPTIONS "-w;-fno-sanitize=all")
  set_source_files_properties("${ASKUS_IMGUI_DIR}/imgui_draw.cpp" PROPERTIES COMPILE_OPTIONS "-w")
endif()

add_library(askus_imgui STATIC ${ASKUS_IMGUI_SOURCES})
set_target_properties(askus_imgui PROPERTIES ASKUS_SOURCES "${ASKUS_IMGUI_SOURCES}")
target_link_libraries(askus_imgui PUBLIC askus_options)
target_include_directories(askus_imgui SYSTEM PUBLIC "${ASKUS_IMGUI_DIR}")
target_compile_definitions(askus_imgui PUBLIC IMGUI_USER_CONFIG="widget/skin/imgui_config.h")
