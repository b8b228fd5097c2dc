# Whole files on disk, of the server and of the compiler.
askus_library(askus_files files/files.cpp)
