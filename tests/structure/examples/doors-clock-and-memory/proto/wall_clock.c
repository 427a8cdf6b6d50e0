long wall_now(void) {
    return time(0);
}
