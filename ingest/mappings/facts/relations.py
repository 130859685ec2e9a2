"""Relations between works, in words ($i of 7XX) and by tag (76X–78X), as BIBFRAME names them."""

from functools import lru_cache

from ingest.mappings.names import bf

HAS_PART = bf("hasPart")
RELATED = bf("relatedTo")

#: What $i says, in lower case, without what stands in brackets -> property.
_WORDS = {
    "absorbed": "absorbed",
    "absorbed by": "absorbedBy",
    "adaptation of": "derivativeOf",
    "adapted as": "hasDerivative",
    "augmentation of": "supplementTo",
    "augmented by": "supplement",
    "based on": "derivativeOf",
    "basis for": "hasDerivative",
    "bearbeitung von": "derivativeOf",
    "contained in": "partOf",
    "container of": "hasPart",
    "contains": "hasPart",
    "continued by": "continuedBy",
    "continuation of": "continues",
    "continues": "continues",
    "enthalten in": "partOf",
    "enthält": "hasPart",
    "enthält werk": "hasPart",
    "expanded version of": "derivativeOf",
    "fortsetzung": "continuedBy",
    "fortsetzung von": "continues",
    "imitation of": "derivativeOf",
    "in": "partOf",
    "libretto for": "accompanies",
    "merger of": "mergerOf",
    "other edition": "otherEdition",
    "paraphrase of": "derivativeOf",
    "parody of": "derivativeOf",
    "preceded by": "precededBy",
    "prequel": "precededBy",
    "reproduction of": "reproductionOf",
    "sequel": "succeededBy",
    "sequel to": "precededBy",
    "succeeded by": "succeededBy",
    "supplement": "supplement",
    "supplement to": "supplementTo",
    "traduction de": "translationOf",
    "translated as": "translation",
    "translation": "translation",
    "translation of": "translationOf",
    "übersetzung von": "translationOf",
    "variations based on": "derivativeOf",
}


@lru_cache(maxsize=4096)
def of_words(text: str) -> str | None:
    """Property that a $i names, None where it is none of the usual words.

    >>> of_words("Container of (work):")
    '<http://id.loc.gov/ontologies/bibframe/hasPart>'
    """
    name = _WORDS.get(text.split("(", 1)[0].strip(" :.").lower())
    return bf(name) if name else None


#: Linking entries by tag, and by second indicator where it makes the difference.
_BY_TAG = {
    "760": bf("hasSeries"),
    "762": bf("hasSubseries"),
    "765": bf("translationOf"),
    "767": bf("translation"),
    "770": bf("supplement"),
    "772": bf("supplementTo"),
    "773": bf("partOf"),
    "774": HAS_PART,
    "775": bf("otherEdition"),
    "776": bf("otherPhysicalFormat"),
    "777": bf("issuedWith"),
    "780": bf("precededBy"),
    "785": bf("succeededBy"),
    "786": bf("dataSource"),
    "787": RELATED,
}
#: What the second indicators 0, 1, 2 … say.
_BY_INDICATOR = {
    "780": "continues continuesInPart replacementOf replacementOf mergerOf absorbed absorbed separatedFrom",
    "785": "continuedBy continuedInPartBy replacedBy replacedBy absorbedBy absorbedBy splitInto mergedToForm "
    "continuedBy",
}
_KINDS = {(tag, str(ind2)): bf(name) for tag, names in _BY_INDICATOR.items() for ind2, name in enumerate(names.split())}


def of_linking_entry(tag: str, ind2: str) -> str:
    """Property of a linking entry: 780 and 785 say by the second indicator in which way."""
    return _KINDS.get((tag, ind2)) or _BY_TAG[tag]
