"""The counts of notebook 01 a second time."""

from recounts import Counts, Row, Ways
from recounts.addresses import addresses, furniture, words_in

FOUR = {  # characters, counted by hand in what 01 writes into its four files
    "first line": 4 * 27,
    "date line": 4 * 10,
    "paragraph": 36 + 60 + 46 + 51,
    "yours: Write to our harbour desk.": 4 * 26,
    "rights line": 4 * 21,
}


def ways(values: dict) -> Ways:
    """Give how to count again by president, and by paragraph."""

    def president(row: Row) -> Counts:
        ids = [name for name, held in addresses().items() if held["president"] == row["president"]]
        return {"articles": len(ids), "words": words_in(ids)}

    def paragraph(row: Row) -> Counts:
        n = [held["paragraphs"].count(row["paragraph"]) for held in addresses().values()]
        return {"count": sum(n), "n_articles": sum(one > 0 for one in n)}

    def rule(row: Row) -> Counts:
        if "count" not in row:  # the receipt of the four invented files
            return {"n_articles": 4, "characters": FOUR[row["rule"]]}
        found = [stretches[row["rule"]] for stretches in furniture().values() if stretches[row["rule"]]]
        every = [stretch for stretches in found for stretch in stretches]
        return {"count": len(every), "n_articles": len(found), "characters": sum(map(len, every))}

    def encoding(row: Row) -> Counts:
        return {"articles": {"utf-8": len(addresses())}[row["encoding"]]}

    return {"rule": rule, "president": president, "paragraph": paragraph, "encoding": encoding}
