# The distribution's Emscripten as a CMake toolchain, without emcmake: that sets an emulator flag
# which current Node versions reject, and the linker's optimiser needs NODE_PATH to find acorn.
include(/usr/share/emscripten/cmake/Modules/Platform/Emscripten.cmake)
# The JavaScript of 3.1.6 would call fetch() on a file's path in Node >= 18.
set(CMAKE_CROSSCOMPILING_EMULATOR "node;--no-experimental-fetch" CACHE STRING "" FORCE)
set(CMAKE_C_LINKER_LAUNCHER env NODE_PATH=/usr/share/nodejs)
set(CMAKE_CXX_LINKER_LAUNCHER env NODE_PATH=/usr/share/nodejs)
