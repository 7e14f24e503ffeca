"""Links that pay whoever posted them: affiliate and referral parameters, read from the address alone."""

import re

from bot.text.reading import Link
from bot.text.redirects import parameters, targets

_PAYING = frozenset(
    "aff affid aff_id affiliate affiliateid affiliate_id affcode aff_code aff_sub afftrack awinaffid awc "
    "irclickid irgwc sscid rfsn fpr referral referralcode referral_code referralid referral_id refcode "
    "ref_code refcode2 invitecode invite_code referrer_code refer_code partner_code rid_aff tap_a "
    "tap_s a_aid aff_fcid aff_short_key aff_trace_key affp1 wmlspartner cjevent clickref ransiteid raneaid "
    "tduid admitad_uid campid".split()
)
"""Parameters that mean nothing else."""

NETWORKS = frozenset(
    "awin1.com anrdoezrs.net dpbolvw.net jdoqocy.com kqzyfj.com tkqlhce.com prf.hn pxf.io sjv.io "
    "shareasale.com rstyle.me shop-links.co howl.me linksynergy.com skimresources.com clickbank.net "
    "partnerize.com viglink.com redirectingat.com avantlink.com track.webgains.com clk.tradedoubler.com "
    "evyy.net 7eer.net ojrq.net pntra.com pntrac.com pntrs.com gopjn.com pjtra.com pjatr.com georiot.com "
    "amzn.to tidd.ly fave.co bhpho.to geni.us liketk.it shopstyle.it magik.ly go.shopmy.us "
    "mavely.app.link s.click.aliexpress.com".split()
)
"""Sites and hosts of affiliate networks, their shorteners included: whatever stands beneath them pays."""

_PROGRAMS = re.compile(
    r"(?:www\.)?(?:dropbox\.com/referrals|join\.robinhood\.com|revolut\.com/referral|uber\.com/invite|"
    r"airbnb\.[a-z]{2,3}(?:\.[a-z]{2})?/[cr]|m\.do\.co/c|cash\.app/app|coinbase\.com/join|wise\.com/invite/\w+|"
    r"share\.octopus\.energy|temu\.to/k)/[\w!.-]{4,40}/?",
    re.IGNORECASE,
)
"""Addresses under which well-known programmes know who recommends them; they carry no parameter."""

_RECOMMENDED = re.compile(
    r"/(?:referrals?|refer|refer-a-friend|aff|affiliates?)/(?=[\w!.-]*\d)[\w!.-]{4,40}/?$", re.IGNORECASE
)
"""A path that says outright that somebody refers, and who: a code with a digit in it, not a page's name."""

_AMAZON = re.compile(r"(?:^|\.)amazon\.[a-z.]{2,6}$")
_AMAZON_TAG = re.compile(r"[\w-]+-2\d")
_NAMES_SOMEBODY = re.compile(r"(?=.*[A-Za-z0-9])[\w-]{2,40}")

# `ref` and `via` also say where a visitor came from (a newsletter writes its name into every link), or
# which branch of a repository is meant.
_REFERRING = frozenset({"ref", "refid", "ref_id", "via", "referrer", "referredby", "referred_by"})
_NOT_REFERRING = frozenset(
    "home homepage nav navbar footer header sidebar menu search share sharing copy link button app web www "
    "email mail newsletter rss feed twitter x facebook fb instagram ig linkedin reddit youtube discord slack "
    "telegram whatsapp github google bing producthunt hackernews hn main master develop dev head trunk "
    "organic blog docs site website desktop mobile ios android social pocket weekly daily digest news "
    "monthly times magazine review journal the".split()
)
_BRANCHES_AND_TRACKING = frozenset(
    "github.com gitlab.com bitbucket.org codeberg.org githubusercontent.com x.com twitter.com linkedin.com "
    "imdb.com facebook.com instagram.com reddit.com etsy.com ebay.com wikipedia.org".split()
)
_WORDS = re.compile(r"[-_.]+")
_VERSION = re.compile(r"v?\d+(?:\.\d+)*|[0-9a-f]{7,40}|[a-z]{1,3}_.*", re.IGNORECASE)


def pays(link: Link) -> bool:
    """Tell whether a link names somebody who is paid for it, itself or where it redirects to."""
    return _pays(link) or any(_pays(target) for target in targets(link))


def _pays(link: Link) -> bool:
    if not NETWORKS.isdisjoint((link.host, link.site)) and (link.path.strip("/") or link.query):
        return True
    if _PROGRAMS.fullmatch(f"{link.host}{link.path}") or _RECOMMENDED.search(link.path):
        return True
    # Pages that find their way by the fragment keep their parameters there: #ref=ana, #/plans?ref=ana.
    queries = filter(None, (link.query, link.fragment.rpartition("?")[2]))
    return any(_names_payee(link, *pair) for query in queries for pair in parameters(query))


def _names_payee(link: Link, name: str, value: str) -> bool:
    if not value:
        return False
    if name in _PAYING:
        return True
    if _AMAZON.search(link.host):
        return name == "tag" and _AMAZON_TAG.fullmatch(value) is not None
    return (
        name in _REFERRING
        and link.site not in _BRANCHES_AND_TRACKING
        and _NOT_REFERRING.isdisjoint(_WORDS.split(value.lower()))
        and _NAMES_SOMEBODY.fullmatch(value) is not None
        and _VERSION.fullmatch(value) is None
    )
