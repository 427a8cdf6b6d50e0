/* A shared object that is no plug-in. */
int nonpaper_something_else(void);
int nonpaper_something_else(void) {
    return 1;
}
