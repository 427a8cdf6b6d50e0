int session_open(void);
