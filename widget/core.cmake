# What the visitor sees and does: flow and view, for tests of both trees, and the shipped module.
askus_library(askus_widget
  view/view.cpp view/strings.cpp view/markup.cpp
  flow/flow.cpp flow/draw.cpp flow/ask.cpp flow/read.cpp flow/write.cpp flow/form.cpp
  flow/send.cpp flow/offered.cpp flow/sent.cpp flow/draft.cpp flow/library.cpp flow/text.cpp
  flow/times.cpp
  LINK askus_markup askus_search askus_request)

if(EMSCRIPTEN)
  askus_wasm_module(askus_core
    "${CMAKE_CURRENT_SOURCE_DIR}/wasm/module.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/wasm/runtime.cpp"
    FROM askus_widget askus_markup askus_search askus_snapshot askus_request askus_text
    EXPORTS askus_buffer askus_event askus_search askus_snapshot _initialize)
  add_dependencies(askus_core askus_snapshot_schema_header)
  # The host's functions are known by their import attributes only; tests/widget/module.test.mjs
  # holds the import list to the protocol, which finds any other missing function.
  target_link_options(askus_core PRIVATE -sERROR_ON_UNDEFINED_SYMBOLS=0
    -sWARN_ON_UNDEFINED_SYMBOLS=0)
  set(features --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext)
  # The linker exports helpers for JavaScript that this module does without.
  find_program(WASM_METADCE wasm-metadce REQUIRED)
  add_custom_command(TARGET askus_core POST_BUILD
    COMMAND "${WASM_METADCE}" ${features} "--graph-file=${CMAKE_CURRENT_SOURCE_DIR}/wasm/exports.json"
            "$<TARGET_FILE:askus_core>" -o "$<TARGET_FILE:askus_core>" > unused-exports.txt
    VERBATIM)
  # Once more for size: what the linker's optimiser leaves (150 bytes under Brotli).
  find_program(WASM_OPT wasm-opt REQUIRED)
  add_custom_command(TARGET askus_core POST_BUILD
    COMMAND "${WASM_OPT}" ${features} -Oz --converge --low-memory-unused "$<TARGET_FILE:askus_core>" -o "$<TARGET_FILE:askus_core>"
    VERBATIM)
endif()
