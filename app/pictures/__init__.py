"""Pictures that people send, drawn anew: what is shown to others is never what was sent, only its pixels."""
