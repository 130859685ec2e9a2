"""007, the physical description in codes: the first character says which category, each further position one thing.

https://www.loc.gov/marc/bibliographic/bd007.html. A code list of a position is named ``{category}_{thing}``, where
categories share a thing's codes it is ``{thing}_007``.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ingest.mappings.facts.codes import fixed
from ingest.mappings.names import bf, bg


class Position(NamedTuple):
    """One position of a 007, or several of one kind: which code list, and what it says of the Instance."""

    start: int
    codes: str
    predicate: str
    width: int = 1
    repeats: int = 1


COLOR, SOUND = bf("colorContent"), bf("soundContent")
_DIMENSIONS = bg("codedDimensions")
_SOUND_MEDIUM, _REPRODUCTION = bg("soundMedium"), bg("typeOfReproduction")
_BASE, _EMULSION, _MOUNT = bf("baseMaterial"), bf("emulsion"), bf("mount")
_SOUND_CHARACTERISTIC, _VIDEO = bf("soundCharacteristic"), bf("videoCharacteristic")
_DIGITAL, _TACTILE = bf("digitalCharacteristic"), bf("notation")
_FORMAT, _GENERATION, _POLARITY = bf("projectionCharacteristic"), bf("generation"), bf("polarity")

POSITIONS: dict[str, tuple[Position, ...]] = {
    "a": (
        Position(3, "color_007", COLOR),
        Position(4, "map_material", _BASE),
        Position(5, "map_reproduction", _REPRODUCTION),
        Position(6, "map_production", bf("productionMethod")),
        Position(7, "polarity_007", _POLARITY),
    ),
    "c": (
        Position(3, "color_007", COLOR),
        Position(4, "electronic_dimensions", _DIMENSIONS),
        Position(5, "sound_007", SOUND),
        Position(9, "electronic_file_formats", _DIGITAL),
        Position(11, "electronic_source", bg("digitizedFrom")),
        Position(12, "electronic_compression", _DIGITAL),
        Position(13, "electronic_quality", _DIGITAL),
    ),
    "d": (
        Position(3, "color_007", COLOR),
        Position(4, "globe_material", _BASE),
        Position(5, "map_reproduction", _REPRODUCTION),
    ),
    "f": (
        Position(3, "tactile_braille_class", _TACTILE, repeats=2),
        Position(5, "tactile_contraction", _TACTILE),
        Position(6, "tactile_music_format", bf("musicFormat"), repeats=3),
        Position(9, "tactile_special", _TACTILE),
    ),
    "g": (
        Position(3, "color_007", COLOR),
        Position(4, "projected_base", _BASE),
        Position(5, "sound_007", SOUND),
        Position(6, "sound_medium_007", _SOUND_MEDIUM),
        Position(7, "projected_dimensions", _DIMENSIONS),
        Position(8, "mount_007", _MOUNT),
    ),
    "h": (
        Position(3, "polarity_007", _POLARITY),
        Position(4, "microform_dimensions", _DIMENSIONS),
        Position(5, "microform_reduction", bf("reductionRatio")),
        Position(9, "color_007", COLOR),
        Position(10, "microform_emulsion", _EMULSION),
        Position(11, "microform_generation", _GENERATION),
        Position(12, "microform_base", _BASE),
    ),
    "k": (
        Position(3, "color_007", COLOR),
        Position(4, "graphic_support", _BASE),
        Position(5, "graphic_support", _MOUNT),
    ),
    "m": (
        Position(3, "color_007", COLOR),
        Position(4, "film_format", _FORMAT),
        Position(5, "sound_007", SOUND),
        Position(6, "sound_medium_007", _SOUND_MEDIUM),
        Position(7, "film_dimensions", _DIMENSIONS),
        Position(8, "channels_007", _SOUND_CHARACTERISTIC),
        Position(9, "film_elements", bg("productionElements")),
        Position(10, "polarity_007", _POLARITY),
        Position(11, "film_generation", _GENERATION),
        Position(12, "film_base", _BASE),
        Position(13, "film_color_process", bg("colorProcess")),
    ),
    "r": (
        Position(3, "sensing_altitude", bg("sensorAltitude")),
        Position(4, "sensing_attitude", bg("sensorAttitude")),
        Position(5, "sensing_cloud_cover", bg("cloudCover")),
        Position(6, "sensing_platform", bg("sensingPlatform")),
        Position(7, "sensing_use", bg("sensingPlatformUse")),
        Position(8, "sensing_sensor", bg("sensorType")),
        Position(9, "sensing_data_type", bg("sensingDataType"), 2),
    ),
    "s": (
        Position(3, "sound_speed", _SOUND_CHARACTERISTIC),
        Position(4, "channels_007", _SOUND_CHARACTERISTIC),
        Position(5, "sound_groove", _SOUND_CHARACTERISTIC),
        Position(6, "sound_dimensions", _DIMENSIONS),
        Position(7, "sound_tape_width", _DIMENSIONS),
        Position(8, "sound_tape_tracks", _SOUND_CHARACTERISTIC),
        Position(9, "sound_generation", _GENERATION),
        Position(10, "sound_material", _BASE),
        Position(11, "sound_cutting", _SOUND_CHARACTERISTIC),
        Position(12, "sound_playback", _SOUND_CHARACTERISTIC),
        Position(13, "sound_capture", bf("capture")),
    ),
    "v": (
        Position(3, "color_007", COLOR),
        Position(4, "video_format", _VIDEO),
        Position(5, "sound_007", SOUND),
        Position(6, "sound_medium_007", _SOUND_MEDIUM),
        Position(7, "video_dimensions", _DIMENSIONS),
        Position(8, "channels_007", _SOUND_CHARACTERISTIC),
    ),
}
MATERIAL_DESIGNATION = bg("materialDesignation")


@lru_cache(maxsize=16_384)
def physical(value: str) -> tuple[tuple[str, str], ...]:
    """Predicate and object of each thing that a 007 says.

    >>> [obj.rsplit("/", 2)[1:] for _, obj in physical("vd cvaizq")][1:3]
    [['color_007', 'c>'], ['video_format', 'v>']]
    """
    category = value[:1]
    designation = fixed("smd_007", value[:2]) or fixed("category_007", category)
    found = [(MATERIAL_DESIGNATION, designation)]
    for position in POSITIONS.get(category, ()):
        found.extend((position.predicate, fixed(position.codes, code)) for code in _codes(position, value))
    return tuple((predicate, obj) for predicate, obj in found if obj is not None)


def _codes(position: Position, value: str) -> Iterator[str]:
    end = position.start + position.width * position.repeats
    return (value[at : at + position.width] for at in range(position.start, end, position.width))
