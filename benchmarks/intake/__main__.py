"""`make bench-intake`: reading, roles and redaction, printed as Markdown."""

import argparse

from benchmarks.intake import reading, redaction, roles


def main() -> None:
    """Print the tables that are asked for, all when none is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    jobs = ("reading", "roles", "redaction")
    parser.add_argument("job", nargs="*", choices=[*jobs, []], default=list(jobs))
    parser.add_argument("--gigabytes", type=float, default=1.0, help="size of the review CSV")
    parser.add_argument("--split", choices=redaction.SPLITS, default="test", help="which texts")
    parser.add_argument(
        "--missed", action="store_true", help="what was missed in the development texts"
    )
    parser.add_argument("--presidio", default="", help="a Python that has presidio-analyzer")
    asked = parser.parse_args()
    if asked.missed:
        print(redaction.missed("names" if asked.split == "names" else "dev"))
        return
    if "reading" in asked.job:
        print(f"### Reading\n\n{reading.table(asked.gigabytes)}\n")
    if "roles" in asked.job:
        print(f"### Who speaks\n\n{roles.table()}\n")
    if "redaction" in asked.job:
        told = redaction.table(asked.split, asked.presidio)
        print(f"### Personal data ({asked.split} texts)\n\n{told}\n")


if __name__ == "__main__":
    main()
