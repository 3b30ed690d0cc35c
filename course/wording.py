"""Sentences for readers, kept as templates so that they can be translated."""


def say(template: str, **places: object) -> str:
    """Return a message: a sentence with named places, which a translation can move about.

    An f-string would be filled in before any translation could see it.
    """
    return template.format(**places)
