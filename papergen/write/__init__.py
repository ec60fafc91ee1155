"""Writers: takes a paper of the model with its template, and gives it as Word, PDF, HTML or plain words."""
