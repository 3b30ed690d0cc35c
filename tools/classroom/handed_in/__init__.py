"""What students hand in, read and laid out for the teacher.

The command ``make collect`` and a page of the course run the same modules, the page in the
browser's Python. So they need the standard library and XlsxWriter only, read no file by themselves
but in `sources`, and give back files by name.
"""
