"""Acts for who develops: fill a company, empty it, play a buyer. Only with BESEDKA_DEV_MODE."""
