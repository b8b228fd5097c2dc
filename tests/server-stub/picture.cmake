askus_test(picture_test unit picture/picture_test.cpp LINK askus_picture)
