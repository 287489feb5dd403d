"""What a teacher takes along: assignments that grade themselves, slides, a zip of it all."""
