typedef int nonpaper_seat;
