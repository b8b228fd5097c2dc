# Warnings, sanitizers and the header-only libraries, in one place for every target.

add_library(askus_options INTERFACE)
target_compile_options(askus_options INTERFACE -Wall -Wextra -Wconversion -Wshadow -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12's -Wrestrict is wrong about std::string's operator+ when optimising (GCC bug 105651).
  target_compile_options(askus_options INTERFACE -Wno-restrict)
endif()
target_include_directories(askus_options INTERFACE
  "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/generated")

if(ASKUS_SANITIZE)
  target_compile_options(askus_options INTERFACE
    -fsanitize=${ASKUS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(askus_options INTERFACE -fsanitize=${ASKUS_SANITIZE})
endif()
if(ASKUS_FUZZ)
  target_compile_options(askus_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

if(EMSCRIPTEN)
  # emcc must never see /usr/include: it gets a folder with links to the header-only libraries.
  set(askus_headers "${PROJECT_BINARY_DIR}/header-only")
  file(MAKE_DIRECTORY "${askus_headers}")
  foreach(library flatbuffers nlohmann catch2)
    if(EXISTS "/usr/include/${library}")
      file(CREATE_LINK "/usr/include/${library}" "${askus_headers}/${library}" SYMBOLIC)
    endif()
  endforeach()
  target_include_directories(askus_options SYSTEM INTERFACE "${askus_headers}")
  # Emscripten's JavaScript is CommonJS; the root's package.json says that ours is not.
  file(WRITE "${PROJECT_BINARY_DIR}/package.json" "{\"type\":\"commonjs\"}\n")
endif()

# askus_library(NAME SOURCES... [LINK targets...]): a static library with the project's options.
# Its sources are kept in the property ASKUS_SOURCES, for askus_wasm_module.
function(askus_library name)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  list(TRANSFORM arg_UNPARSED_ARGUMENTS PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  add_library(${name} STATIC ${arg_UNPARSED_ARGUMENTS})
  set_target_properties(${name} PROPERTIES ASKUS_SOURCES "${arg_UNPARSED_ARGUMENTS}")
  target_link_libraries(${name} PUBLIC askus_options ${arg_LINK})
endfunction()

# askus_wasm_module(NAME SOURCES... FROM libraries... [EXPORTS symbols...]): a bare module,
# NAME.wasm, that needs no Emscripten JavaScript. The libraries' sources are compiled again: for
# size, without exceptions and RTTI.
function(askus_wasm_module name)
  cmake_parse_arguments(arg "" "" "FROM;EXPORTS" ${ARGN})
  set(sources ${arg_UNPARSED_ARGUMENTS})
  foreach(library ${arg_FROM})
    get_target_property(from ${library} ASKUS_SOURCES)
    list(APPEND sources ${from})
  endforeach()
  add_executable(${name} ${sources})
  set_target_properties(${name} PROPERTIES SUFFIX ".wasm")
  target_link_libraries(${name} PRIVATE askus_options)
  # emcc's -Oz forbids all inlining (-fno-inline-functions); without that limit LLVM still inlines
  # only what gets smaller by it: 7 % fewer bytes, a third of the time.
  # What every browser of web/build.mjs's targets has is used: 250 bytes fewer.
  set(features -mbulk-memory -mnontrapping-fptoint -msign-ext)
  target_compile_options(${name} PRIVATE -Oz -sINLINING_LIMIT=0 -flto -fno-exceptions -fno-rtti
    -DNDEBUG ${features})
  list(TRANSFORM arg_EXPORTS PREPEND "_")
  list(JOIN arg_EXPORTS "," exports)
  target_link_options(${name} PRIVATE ${features} -Oz -flto --no-entry -sSTANDALONE_WASM -sFILESYSTEM=0
    -sMALLOC=emmalloc -fno-exceptions -fno-rtti -sALLOW_MEMORY_GROWTH=1 -sSUPPORT_LONGJMP=0
    -sTOTAL_STACK=65536 -sINITIAL_MEMORY=1048576 "-sEXPORTED_FUNCTIONS=${exports}")
endfunction()

# askus_test(NAME LABEL SOURCES... [LINK targets...]): a Catch2 program, one ctest entry.
# Native and wasm (through the emulator) alike.
function(askus_test name label)
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  add_executable(${name} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PRIVATE askus_catch_main ${arg_LINK})
  if(EMSCRIPTEN)
    target_compile_options(${name} PRIVATE -fexceptions)
    target_link_options(${name} PRIVATE -fexceptions -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1
      -sNODERAWFS=1)
    set(label "wasm")
  endif()
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set_tests_properties(${name} PROPERTIES LABELS "${label}" TIMEOUT 300)
endfunction()

# askus_flatbuffers(TARGET SCHEMA): generates the C++ header into build/.../generated/<dir>/.
function(askus_flatbuffers target schema)
  find_program(FLATC flatc REQUIRED)
  get_filename_component(base "${schema}" NAME_WE)
  file(RELATIVE_PATH relative "${PROJECT_SOURCE_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}/${schema}")
  get_filename_component(dir "${relative}" DIRECTORY)
  set(out "${PROJECT_BINARY_DIR}/generated/${dir}")
  add_custom_command(
    OUTPUT "${out}/${base}_generated.h"
    COMMAND "${FLATC}" --cpp --cpp-std c++17 --scoped-enums -o "${out}"
            "${CMAKE_CURRENT_SOURCE_DIR}/${schema}"
    DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${schema}"
    COMMENT "flatc ${relative}" VERBATIM)
  add_library(${target} INTERFACE)
  add_custom_target(${target}_header DEPENDS "${out}/${base}_generated.h")
  add_dependencies(${target} ${target}_header)
  if(NOT EMSCRIPTEN)
    # Generated code and the library's headers are not ours to warn about.
    target_include_directories(${target} SYSTEM INTERFACE "${PROJECT_BINARY_DIR}/generated")
  endif()
endfunction()
