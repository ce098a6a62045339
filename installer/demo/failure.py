"""What went wrong, in words for the person who ran the demonstration. Never holds an answer or a passphrase."""


class Failure(Exception):
    pass
