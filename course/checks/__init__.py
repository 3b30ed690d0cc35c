"""The engine that checks an answer and explains a wrong one.

A task computes its right value from the tables, and each of its misconceptions computes the
wrong value that a known mistake would give. An answer is brought into the one form in which its
kind is compared (`form`), compared value by value (`compare`), and what was found is said
(`say`); a written answer is read for what it has to quote (`text`). A check always answers with a
message: it never prints the answer before it is right and never raises an error at a student.
"""

from course.checks.judge import Tasks
from course.checks.say import Verdict
from course.checks.task import KINDS, Kind, Misconception, Task, together
from course.checks.text import spellings

__all__ = ["KINDS", "Kind", "Misconception", "Task", "Tasks", "Verdict", "spellings", "together"]
