"""What a scrape says, as a test asks for it."""

from prometheus_client.parser import text_string_to_metric_families


def samples(text: bytes) -> dict[tuple[str, ...], float]:
    """Every sample by its name, the values of its labels in the order of their names, and its process at the end."""
    return {
        (sample.name, *(each for label, each in sorted(sample.labels.items()) if label != "process"), of): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
        if (of := sample.labels["process"])
    }
