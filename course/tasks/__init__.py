"""One module of tasks a lesson: references, misconceptions and hints."""
