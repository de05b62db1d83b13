"""How a campaign looks: what facilitators set, and which ink can be read on which ground."""

import pytest

from app.board.campaigning import CampaignEdit, CampaignLogo, campaign_of
from app.board.contrast import READABLE, contrast, readable_ink
from app.board.formats import fits, reads_from_a_car
from app.outcomes.billboards import COLORS
from tests.board.story import given, refused


def test_K7_facilitators_set_hashtag_and_colours_and_what_is_not_given_stays():
    story, facilitator = given()
    facilitator.asks(CampaignEdit(hashtag=" ##FlipTheScript", ground="#0B6E4F"))
    facilitator.asks(CampaignEdit(ink="#ffffff"))
    campaign = campaign_of(story.board)
    assert (campaign.hashtag, campaign.ground, campaign.ink) == ("#FlipTheScript", "#0b6e4f", "#ffffff")
    facilitator.asks(CampaignEdit(hashtag="", colors="none"))
    assert (campaign_of(story.board).hashtag, campaign_of(story.board).ground) == ("", "")
    facilitator.undoes(story.seq)
    assert campaign_of(story.board).ground == "#0b6e4f"


def test_K7_participants_do_not():
    story, _ = given()
    lyon = story.joins("Lyon")
    for command in (CampaignEdit(hashtag="#Mine"), CampaignLogo(file="a" * 32)):
        with refused("only-facilitators"):
            lyon.asks(command)


@pytest.mark.parametrize("color", ["red", "#12345", "#12345g", "#1234567", "url(x)", '#fff"'])
def test_K7_what_is_no_colour_is_refused(color):
    _, facilitator = given()
    with refused("invalid", field="ground"):
        facilitator.asks(CampaignEdit(ground=color))


def test_K7_a_hashtag_is_one_word():
    _, facilitator = given()
    for hashtag in ("two words", "#a#b", "#a/b", "<b>"):
        with refused("invalid", field="hashtag"):
            facilitator.asks(CampaignEdit(hashtag=hashtag))
    with refused("too-long", max=39, field="hashtag"):
        facilitator.asks(CampaignEdit(hashtag="a" * 40))
    facilitator.asks(CampaignEdit(hashtag="المدن_المستدامة"))


def test_K8_a_logo_stays_until_it_is_taken_away():
    story, facilitator = given()
    facilitator.asks(CampaignLogo(file="a" * 32))
    facilitator.asks(CampaignEdit(hashtag="#X"))
    assert campaign_of(story.board).logo == "a" * 32
    facilitator.asks(CampaignEdit(logo="none"))
    assert campaign_of(story.board).logo == ""
    with refused("invalid", field="file"):
        facilitator.asks(CampaignLogo(file="../../etc/passwd"))


def test_K5_contrast_is_that_of_wcag():
    # The examples of WCAG 2.2, 1.4.3: black on white, and the grey that just passes.
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert contrast("#777777", "#ffffff") < READABLE


def test_K5_an_ink_that_cannot_be_read_gives_way_to_one_that_can():
    assert readable_ink("#17181c", "#ffe07a") == "#ffe07a"
    assert readable_ink("#ffe07a", "#ffffff") == "#17181c"
    for level in range(256):
        ground = f"#{level:02x}{level:02x}{level:02x}"
        assert contrast(ground, readable_ink(ground, ground)) >= READABLE
    assert all(contrast(*pair) >= READABLE for pair in COLORS.values())


def test_K9_what_is_too_long_to_be_read_from_a_car():
    assert reads_from_a_car("Le changement global a un code postal.")
    assert not reads_from_a_car("One two three four five six seven eight nine")
    assert not reads_from_a_car("a" * 51)
    assert fits("#FlipTheScript", "hashtag") and not fits("#Flip the script", "hashtag")
