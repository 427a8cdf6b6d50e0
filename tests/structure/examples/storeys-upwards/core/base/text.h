void text_add(void);
