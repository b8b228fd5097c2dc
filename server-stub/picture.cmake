# What kind of picture some bytes are.
askus_library(askus_picture picture/picture.cpp)
