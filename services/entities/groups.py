"""In which group of a page a statement stands, and how its parts are put together: tables only."""

from dataclasses import dataclass

from common.namespaces import BF, BFLC, BG, DCTERMS, OWL, RDF, RDFS, SKOS


@dataclass(frozen=True, slots=True)
class Headline:
    """How a dependent node is put in one line: values of ``predicates`` in order, put together by ``separator``."""

    predicates: tuple[str, ...]
    separator: str = " "


def _terms(namespace: str, names: str) -> tuple[str, ...]:
    return tuple(f"<{namespace}{name}>" for name in names.split())


#: Groups in the order of the page, each with its predicates in the order of the group.
GROUPS: dict[str, tuple[str, ...]] = {
    "title": (*_terms(BF, "title mainTitle subtitle variantTitle responsibilityStatement"), *_terms(SKOS, "altLabel")),
    "creators": (*_terms(BF, "contribution agent role contributor"), *_terms(BG, "roleTerm")),
    "publication": (
        *_terms(
            BF, "editionStatement provisionActivity provisionActivityStatement copyrightDate originDate originPlace"
        ),
        *_terms(BF, "issuance firstIssue lastIssue frequency"),
        *_terms(BG, "startYear endYear"),
    ),
    "description": (
        *_terms(BG, "extent physicalDetails accompanyingMaterial"),
        *_terms(BF, "extent dimensions duration content media carrier"),
    ),
    "content": (
        *_terms(BF, "language genreForm intendedAudience geographicCoverage temporalCoverage"),
        *_terms(BG, "originalLanguage"),
        *_terms(DCTERMS, "abstract tableOfContents"),
    ),
    "subjects": (*_terms(BF, "subject classification"), *_terms(BG, "indexTerm instanceSubject")),
    "identifiers": _terms(BF, "identifiedBy electronicLocator"),
    "series": (*_terms(BF, "hasSeries seriesStatement seriesEnumeration"),),
    "relations": (
        *_terms(BF, "instanceOf hasInstance expressionOf hasExpression itemOf hasItem partOf hasPart relatedTo"),
        *_terms(BF, "translationOf translation precededBy succeededBy otherPhysicalFormat references"),
        *_terms(SKOS, "broader narrower related exactMatch closeMatch broadMatch narrowMatch"),
        *_terms(OWL, "sameAs"),
    ),
    "notes": (*_terms(SKOS, "note scopeNote definition"), *_terms(BG, "generalNote bibliographyNote")),
    "holdings": (*_terms(BF, "heldBy sublocation shelfMark"), *_terms(BG, "callNumber holdingsStatement barcode")),
    "other": (),
    "record": (
        *_terms(BF, "adminMetadata status"),
        *_terms(BG, "controlNumber source"),
        *_terms(DCTERMS, "modified created"),
    ),
}

GROUP_OF = {predicate: group for group, predicates in GROUPS.items() for predicate in predicates}
ORDER_OF = {predicate: order for order, predicate in enumerate(p for group in GROUPS.values() for p in group)}

#: Shown in the head of the page, or about the graph and not about the entity.
NOT_LISTED = frozenset({f"<{RDF}type>", f"<{RDFS}label>", f"<{SKOS}prefLabel>", f"<{BG}canonical>"})

#: Class of a dependent node -> its one line. A class that is not listed is shown statement by statement.
HEADLINES: dict[str, Headline] = {
    f"<{BF}Title>": Headline(_terms(BF, "mainTitle subtitle partNumber partName"), " : "),
    f"<{BF}Contribution>": Headline(_terms(BF, "agent")),
    f"<{BF}Identifier>": Headline(_terms(RDF, "value")),
    f"<{BF}ProvisionActivity>": Headline(_terms(BFLC, "simplePlace simpleAgent simpleDate"), " : "),
    f"<{BF}Classification>": Headline(_terms(BF, "classificationPortion itemPortion")),
}

#: Predicate that leads to a dependent node -> the class whose headline it takes, whatever its own class is.
HEADLINE_OF = {
    f"<{BF}title>": f"<{BF}Title>",
    f"<{BF}contribution>": f"<{BF}Contribution>",
    f"<{BF}identifiedBy>": f"<{BF}Identifier>",
    f"<{BF}provisionActivity>": f"<{BF}ProvisionActivity>",
    f"<{BF}classification>": f"<{BF}Classification>",
}

#: Parts of a dependent node that say nothing to a reader; the data formats have them.
HIDDEN_PARTS = frozenset({f"<{RDF}type>", f"<{BFLC}nonSortNum>"})

#: Links that an instance's page also shows of its work, so that the page is as full as a catalogue record.
WORK_GROUPS = frozenset({"creators", "content", "subjects", "series", "relations"})


def group_of(predicate: str) -> str:
    """The group of a predicate; every note has a property of its own, all of which are named alike."""
    found = GROUP_OF.get(predicate)
    if found is None:
        found = "notes" if predicate.endswith(("Note>", "note>")) else "other"
    return found
