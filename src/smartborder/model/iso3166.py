"""Country codes: ISO 3166-1 and the codes that Doc 9303-3 adds for travel documents.

Every record holds alpha-3. ``understand`` takes what a message or a document says and
returns the alpha-3 code with how it was understood; it never guesses a country.
"""

from typing import Literal

Understood = Literal["as-is", "from-alpha-2", "from-mrz", "withdrawn"]

_ISO = """
ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA
AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES
BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK
CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA
DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA
GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS
GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD
IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA
KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA
LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ
MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC
NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC
SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV
SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR
TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR
VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
"""

ALPHA2_TO_ALPHA3: dict[str, str] = {pair[:2]: pair[2:] for pair in _ISO.split()}
"""ISO 3166-1, the 249 entries in force."""

_DOC_9303 = """
GBD GBN GBO GBP GBS UNO UNA UNK XBA XCC XCE XCO XEC XES XIM XMP XOM XPO XDC XXA XXB XXC XXX
EUE RKS IAO
"""
DOC_9303 = frozenset(_DOC_9303.split())
"""Doc 9303-3 section 5, parts B to D: classes of British nationality, organisations, stateless
(XXA), refugees (XXB, XXC), unspecified (XXX), Kosovo as issued (RKS)."""

_WITHDRAWN = """
ANT CSK DDR NTZ ROM SCG SUN TMP YUG ZAR YMD BUR
"""
WITHDRAWN = frozenset(_WITHDRAWN.split())
"""ISO 3166-3: formerly used; documents in circulation and old systems still carry them."""

ASSIGNED = frozenset(ALPHA2_TO_ALPHA3.values()) | DOC_9303
"""Every alpha-3 code that stands as it is: ISO 3166-1 and Doc 9303-3."""


def understand(text: str) -> tuple[str, Understood] | None:
    """The alpha-3 code for what was reported, and how; None if no such country is known.

    Accepts alpha-3, alpha-2, ``D`` (Germany, Doc 9303-3), and withdrawn codes as they stand.
    Letter case and surrounding blanks or ``<`` do not matter.
    """
    code = text.strip(" <").upper()
    if code in ASSIGNED:
        return code, "as-is"
    if code == "D":
        return "DEU", "from-mrz"
    if len(code) == 2 and code in ALPHA2_TO_ALPHA3:
        return ALPHA2_TO_ALPHA3[code], "from-alpha-2"
    if code in WITHDRAWN:
        return code, "withdrawn"
    return None
