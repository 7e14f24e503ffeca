"""An affiliate or referral link makes a post promotion, in the check and in the ledger alike."""

import pytest

from bot.coach.paid_links import PaidLinks
from bot.coach.readers import default_reader
from bot.text.draft import Draft
from bot.text.kind import Kind
from bot.text.links import find_links
from bot.text.read import read
from bot.text.referrals import pays
from tests.services.world import WordReader

READER = PaidLinks(WordReader())


@pytest.mark.parametrize(
    "address",
    [
        "https://toolshed.example/irons?aff=mk77",
        "https://toolshed.example/irons?utm_source=chat&affiliate_id=9",
        "https://www.amazon.com/dp/B00X?tag=ana-20",
        "https://www.amazon.co.uk/dp/B00X?th=1&tag=ana-21",
        "https://podhaven.example/?via=lena",
        "https://cloud.example/signup?ref=ana-ruiz",
        "https://cloud.example/signup?referral_code=X1Y2",
        "https://www.awin1.com/cread.php?awinmid=1&ued=https%3A%2F%2Fshop.example",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Ftoolshed.example%2Firons%3Faff%3Dmk77",
        "cloud.example/?invite_code=ana",
        "https://cloud.example/irons?color=red&amp;aff=mk77",
        "https://www.dropbox.com/referrals/AAB1cDE",
        "https://revolut.com/referral/ana!JAN1",
        "https://www.airbnb.co.uk/c/anar12",
        "https://m.do.co/c/123abc456def",
        "https://www.coinbase.com/join/ana_1",
        "https://cloud.example/refer/ana42",
        "https://cloud.example/signup#ref=ana",
        "https://cloud.example/#/plans?aff=mk77",
        "cloud.example#aff=mk77",
        "https://web.archive.org/web/2026/https://cloud.example/x#via=lena",
        "https://www.google.com/amp/s/www.amazon.com/dp/B00X?tag=ana-20",
        "https://www.ebay.com/itm/1?mkcid=1&campid=5338000000",
        "https://shop.example/kettle?cjevent=1a2b3c",
        "https://amzn.to/3xYz",
        "amzn.to/3xYz",
        "https://tidd.ly/43Ls6pF",
        "https://geni.us/kettle",
        "https://www.bhpho.to/3xYz",
        "https://go.magik.ly/ml/1abc/",
        "https://go.shopmy.us/p-123",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Famzn.to%2F3xYz",
    ],
)
def test_a_link_that_pays_is_promotion(address: str):
    (link,) = find_links(address)
    assert pays(link)
    reading = read(Draft(f"this kettle lasted me ten years {address}"))
    opinion = READER.opinion(reading)
    assert opinion.kind is Kind.PROMOTION
    assert READER.kinds([reading]) == [opinion.kinds]
    assert sum(opinion.kinds.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/a?utm_source=newsletter&utm_campaign=may",
        "https://github.com/ana/loom/blob/x.py?ref=main",
        "https://github.com/ana/loom?ref=ana-patch",
        "https://cloud.example/docs?ref=v1.2",
        "https://cloud.example/docs?ref=homepage",
        "https://news.example/a?via=newsletter",
        "https://news.example/a?ref=producthunt",
        "https://news.example/a?ref=weekly-digest",
        "https://news.example/a?ref=the-harbour-post",
        "https://x.com/ana/status/1?ref_src=twsrc",
        "https://blog.example/posts?tag=python",
        "https://www.amazon.com/dp/B00X?ref=sr_1_1&tag=",
        "https://shop.example/kettle?color=red",
        "https://cloud.example/?aff=",
        "https://cloud.example/docs/referrals/how-it-works",
        "https://cloud.example/affiliates/terms",
        "https://www.airbnb.com/rooms/12345",
        "https://www.coinbase.com/learn/ana_1",
        "https://www.uber.com/invite",
        "https://discord.com/invite/abc123",
        "https://cloud.example/%?%%%&ref",
        "https://cloud.example/docs#ref",
        "https://cloud.example/docs#ref=v1.2",
        "https://github.com/ana/loom#ref=ana-patch",
        "https://cloud.example/docs?page=2#install",
        "https://amzn.to/",
        "https://www.shareasale.com",
        "https://amzn.eu/d/0abc",
        "https://bit.ly/3xYz",
    ],
)
def test_where_a_visitor_came_from_is_no_referral(address: str):
    (link,) = find_links(address)
    assert not pays(link)
    assert READER.opinion(read(Draft(f"this is about {address}"))).kind is not Kind.PROMOTION


def test_a_quoted_referral_is_not_the_authors():
    text = "> https://toolshed.example/irons?aff=mk77\nplease post such links without the tail"
    assert READER.opinion(read(Draft(text))).kind is not Kind.PROMOTION


def test_the_products_own_reader_agrees_with_itself():
    reader = default_reader()
    reading = read(Draft("The kettle I told you about: https://toolshed.example/kettle?aff=mk77"))
    assert reader.opinion(reading).kind is Kind.PROMOTION
    assert reader.kinds([reading]) == [reader.opinion(reading).kinds]
