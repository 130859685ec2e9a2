"""In which group of a page a statement stands, and how its parts are put together: tables only."""

from dataclasses import dataclass

from common.namespaces import BF, BFLC, BG, DCTERMS, OWL, RDF, RDFS, SKOS


@dataclass(frozen=True, slots=True)
class Headline:
    """How a dependent node is put in one line.

    Attributes:
        parts: Predicates in order, each with the sign that stands before its values.
        between: What stands between two values of one predicate.
    """

    parts: tuple[tuple[str, str], ...]
    between: str = "; "


def _terms(namespace: str, names: str) -> tuple[str, ...]:
    return tuple(f"<{namespace}{name}>" for name in names.split())


#: Groups in the order of the page, each with its predicates in the order of the group.
GROUPS: dict[str, tuple[str, ...]] = {
    "title": (*_terms(BF, "title mainTitle subtitle variantTitle responsibilityStatement"),),
    "names": (
        *_terms(SKOS, "altLabel"),
        *_terms(BG, "mainHeading topicalSubdivision geographicSubdivision chronologicalSubdivision formSubdivision"),
        *_terms(
            BG, "uniformTitlePartNumber uniformTitlePartName uniformTitleForm uniformTitleLanguage uniformTitleDate"
        ),
        *_terms(BG, "uniformTitleMusicKey uniformTitleVersion formerHeading"),
    ),
    "creators": (*_terms(BF, "contribution agent role contributor credits"), *_terms(BG, "roleTerm performerNote")),
    "publication": (
        *_terms(
            BF, "editionStatement provisionActivity provisionActivityStatement copyrightDate originDate originPlace"
        ),
        *_terms(BF, "issuance firstIssue lastIssue frequency"),
        *_terms(BG, "startYear endYear countryCode frequencyStatement formerFrequencyStatement regularity"),
        *_terms(BG, "numberingStatement producingCountry"),
    ),
    "description": (
        *_terms(BG, "extent physicalDetails accompanyingMaterial physicalDescription materialDesignation formOfItem"),
        *_terms(BF, "extent dimensions duration content media carrier illustrativeContent soundContent colorContent"),
        *_terms(
            BF, "soundCharacteristic videoCharacteristic projectionCharacteristic digitalCharacteristic baseMaterial"
        ),
        *_terms(BF, "generation polarity emulsion reductionRatio productionMethod musicFormat"),
        *_terms(BG, "codedDimensions generalMaterialDesignation"),
    ),
    "content": (
        *_terms(DCTERMS, "abstract"),
        *_terms(BF, "language genreForm intendedAudience geographicCoverage temporalCoverage supplementaryContent"),
        *_terms(BG, "originalLanguage languageOfAccompanyingMaterial languageOfLibretto languageOfSummary"),
        *_terms(BG, "languageOfSubtitles languageOfPerformance languageOfContents scriptOfTitle languageNote"),
        *_terms(BF, "musicMedium capture awards coordinates relief"),
        *_terms(BG, "mediumOfPerformance mediumOfPerformanceStatement mediumCode scaleStatement"),
        *_terms(DCTERMS, "tableOfContents"),
    ),
    "subjects": (*_terms(BF, "subject classification"), *_terms(BG, "indexTerm instanceSubject")),
    "identifiers": (*_terms(BF, "identifiedBy electronicLocator"), *_terms(BG, "electronicLink plateNumber issn")),
    "series": (*_terms(BF, "hasSeries seriesStatement seriesEnumeration"), *_terms(BG, "seriesIssn")),
    "relations": (
        *_terms(BF, "instanceOf hasInstance expressionOf hasExpression itemOf hasItem partOf hasPart relatedTo"),
        *_terms(BF, "translationOf translation precededBy succeededBy continues continuedBy absorbed replacementOf"),
        *_terms(BF, "otherPhysicalFormat otherEdition supplement supplementTo references dataSource part"),
        *_terms(BG, "digitizedFrom relatedElectronicLocator linkingEntryText"),
        *_terms(SKOS, "broader narrower related exactMatch closeMatch broadMatch narrowMatch inScheme"),
        *_terms(OWL, "sameAs"),
    ),
    "notes": (
        *_terms(RDFS, "comment"),
        *_terms(SKOS, "note scopeNote definition"),
        *_terms(BG, "generalNote bibliographyNote"),
    ),
    "holdings": (
        *_terms(BF, "heldBy sublocation shelfMark place"),
        *_terms(
            BG, "holdingInstitutionName shelvingLocation callNumber shelvingScheme holdingsStatement appliesToPart"
        ),
        *_terms(BG, "barcode holdingAddress publicationPattern"),
    ),
    "other": (),
    "record": (
        *_terms(BF, "adminMetadata status custodialHistory acquisitionTerms"),
        *_terms(BG, "controlNumber source holdingLibrary holdingLibraryCode sourceConsulted sourceWithoutInformation"),
        *_terms(DCTERMS, "modified created"),
    ),
}

GROUP_OF = {predicate: group for group, predicates in GROUPS.items() for predicate in predicates}
ORDER_OF = {predicate: order for order, predicate in enumerate(p for group in GROUPS.values() for p in group)}

#: Shown in the head of the page, or about the graph and not about the entity.
NOT_LISTED = frozenset({f"<{RDF}type>", f"<{RDFS}label>", f"<{SKOS}prefLabel>", f"<{BG}canonical>"})

#: Predicate that leads to a dependent node -> the node's one line. Others are shown statement by statement.
HEADLINES: dict[str, Headline] = {
    f"<{BF}title>": Headline(
        ((f"<{BF}mainTitle>", ""), (f"<{BF}subtitle>", " : "), (f"<{BF}partNumber>", ". "), (f"<{BF}partName>", ", "))
    ),
    f"<{BF}contribution>": Headline(((f"<{BF}agent>", ""),)),
    f"<{BF}identifiedBy>": Headline(((f"<{RDF}value>", ""),)),
    f"<{BF}provisionActivity>": Headline(
        ((f"<{BFLC}simplePlace>", ""), (f"<{BFLC}simpleAgent>", " : "), (f"<{BFLC}simpleDate>", ", "))
    ),
    f"<{BF}classification>": Headline(((f"<{BF}classificationPortion>", ""), (f"<{BF}itemPortion>", " "))),
}

#: Rows that are named by the class of the node (ISBN, variant title, publication) and not by the predicate.
NAMED_BY_CLASS = frozenset({f"<{BF}title>", f"<{BF}identifiedBy>", f"<{BF}provisionActivity>", f"<{BF}classification>"})

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
