static long sim_time(int days) {
    return days; /* time() in a comment, and "time(" in a string, are talk */
}

long now(void) {
    const char *talk = "time(NULL)";
    return (long)time(0) + sim_time(1) + (long)malloc(1) + talk[0] + rand();
}
