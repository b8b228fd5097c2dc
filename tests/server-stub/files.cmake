askus_test(files_test unit files/files_test.cpp LINK askus_files)
