"""The built-in model's mind: it finds the sentence that answers and quotes it, or calls a person.

`decide` is pure and deterministic. It never makes a fact up: all it says about the goods stands in
the listing or in a passage of a document.
"""

from besedka.assistant.extractive.clauses import questions_in
from besedka.assistant.extractive.deciding import decide

__all__ = ["decide", "questions_in"]
