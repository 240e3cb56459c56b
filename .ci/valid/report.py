"""The figures of the documents, and the reasons of what is not counted as valid."""

KINDS = {
    "error": "error of the document",
    "unmade": "no value found",
    "other": "not what the client asks for",
    "left_out": "left out by the import",
    "second": "valid for the second judge",
    "failure": "FAILURE",
}


class Report:
    """What was found out about one document."""

    def __init__(self, name):
        self.name, self.operations, self.judged, self.seconds = name, 0, 0, 0.0
        self.requests, self.valid, self.answers, self.decoded = 0, 0, 0, 0
        self.lines = {kind: {} for kind in KINDS}

    def add(self, kind, text):
        """Adds a line of a kind. A line that is added again is counted and printed once."""
        self.lines[kind][text] = self.lines[kind].get(text, 0) + 1

    def print(self):
        print(f"\n{self.name}, in {self.seconds:.0f} s")
        for kind, lines in self.lines.items():
            for text, count in lines.items():
                print(f"  {KINDS[kind]}: {text}" + (f" ({count} times)" if count > 1 else ""), flush=True)

    def has_failed(self):
        return bool(self.lines["failure"]) or not self.judged


def print_table(reports):
    """Prints the figures of all documents. The last column counts the lines that are no failures."""
    head = ("document", "operations judged", "requests valid", "answers decoded", "exceptions", "failures")
    rows = [head]
    for one in reports:
        exceptions = sum(len(lines) for kind, lines in one.lines.items() if kind != "failure")
        rows.append(
            (
                one.name,
                f"{one.judged}/{one.operations}",
                f"{one.valid}/{one.requests}",
                f"{one.decoded}/{one.answers}",
                str(exceptions),
                str(len(one.lines["failure"])),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    print()
    for row in rows:
        print(
            "  ".join(
                text.ljust(width) if not column else text.rjust(width)
                for column, (text, width) in enumerate(zip(row, widths))
            )
        )
