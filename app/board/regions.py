"""Which region of the world a country lies in: those of the United Nations' M49, as CLDR holds them."""

from collections.abc import Mapping
from types import MappingProxyType

# CLDR 48, supplemental/territoryContainment: the Americas are two, for theirs are two ways of being heard.
_COUNTRIES = {
    "002": (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EA EG EH ER ET GA GH GM GN GQ GW IC IO KE KM LR LS LY MA MG "
        "ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW"
    ),
    "419": (
        "AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN KY LC "
        "MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI"
    ),
    "021": "BM CA GL PM US",
    "142": (
        "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY "
        "NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE"
    ),
    "150": (
        "AD AL AT AX BA BE BG BY CH CQ CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV "
        "MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK"
    ),
    "009": "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW QO SB TK TO TV UM VU WF WS",
}
REGIONS = tuple(_COUNTRIES)
_REGION_OF: Mapping[str, str] = MappingProxyType(
    {country: region for region, countries in _COUNTRIES.items() for country in countries.split()}
)


def region_of(country: str) -> str:
    """The M49 code of the region that a country of two letters (ISO 3166) lies in; "" for none that is known."""
    return _REGION_OF.get(country, "")
