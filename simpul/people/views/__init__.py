"""People's pages: looking for somebody, registering, the person's page, consent."""
