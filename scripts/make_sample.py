#!/usr/bin/env python3
"""Writes the sample feed set feeds/sample/ from the facts in scripts/sample/, in the publishers' formats.

usage: make_sample.py [--check]     --check: write nothing, say whether the committed files are in step

OFAC ADVANCED XML follows OFAC's schema (namespace .../exports/ADVANCED_XML), the UN list that of the Security Council.
Ids of parties are the publishers' own; all others are numbered here. No clock: the same facts give the same bytes.
"""
import pathlib
import sys
from xml.sax.saxutils import escape, quoteattr

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAMESPACE = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML"
ISSUED = (2025, 11, 4)

# OFAC's reference values that the sample uses: id and text.
COUNTRIES = {"CN": (11065, "China"), "KP": (11120, "Korea, North"), "RU": (11171, "Russia"), "US": (11212, "United States"),
             "HK": (11247, "Hong Kong"), "VG": (11278, "Virgin Islands, British")}
PROGRAMS = {"NPWMD": (91031, 1811), "DPRK": (91168, 91245), "561-Related": (91421, 91422), "DPRK2": (91700, 91701),
            "DPRK3": (91735, 91736), "CYBER2": (91741, 91742), "DPRK4": (91744, 91745), "CYBER4": (93001, 93002)}
LEGAL_BASES = {1811: "Executive Order 13382 (Non-proliferation)", 91245: "Executive Order 13551 (North Korea)",
               91422: "Iranian Financial Sanctions Regulations, 31 CFR part 561", 91701: "Executive Order 13687 (North Korea)",
               91736: "Executive Order 13722 (North Korea)", 91742: "Executive Order 13757 (Cyber)",
               91745: "Executive Order 13810 (North Korea)", 93002: "Executive Order 13694 (Cyber), as further amended"}
LISTS = {"sdn": (1550, "SDN List"), "cons": (91420, "Part 561 List")}
FEATURES = {"birth": (8, "Birthdate"), "birthplace": (9, "Place of Birth"), "nationality": (10, "Nationality Country"),
            "bic": (13, "SWIFT/BIC"), "website": (14, "Website"), "email": (21, "Email Address"), "gender": (224, "Gender"),
            "address": (25, "Location"), "title": (26, "Title"), "XBT": (344, "Digital Currency Address - XBT"),
            "ETH": (345, "Digital Currency Address - ETH"), "risk": (504, "Secondary sanctions risk:"),
            "type": (647, "Organization Type:"), "target": (826, "Target Type"), "USDT": (887, "Digital Currency Address - USDT"),
            "USDC": (998, "Digital Currency Address - USDC")}
RISK = "North Korea Sanctions Regulations, sections 510.201 and 510.210"
DETAILS = {"Male": 91526, RISK: 91762, "Financial Institution": 92036,
           "Other information technology and computer service activities": 92083}
RELATIONS = {15001: "Providing support to", 15002: "Acting for or on behalf of", 15003: "Owned or Controlled By",
             91725: "Leader or official of"}
DOCUMENTS = {"passport": (1571, "Passport"), "national id": (1584, "National ID No.")}
PARTS = {"last": (1520, "Last Name"), "first": (1521, "First Name"), "entity": (1525, "Entity Name")}
ALIASES = {"aka": (1400, "A.K.A."), "weak": (1400, "A.K.A."), "script": (1403, "Name"), "fka": (1401, "F.K.A."), "name": (1403, "Name")}
SCRIPTS = {"Latn": (215, "Latin", "Latn"), "Kore": (287, "Korean", "Korean")}


class Xml:
    """Indented lines; attributes are a dict, text goes on one line."""

    def __init__(self):
        self.lines = ['<?xml version="1.0" encoding="utf-8" standalone="yes"?>']
        self.open = []

    def start(self, name, **attributes):
        self.lines.append("  " * len(self.open) + f"<{name}{self._attributes(attributes)}>")
        self.open.append(name)

    def end(self):
        name = self.open.pop()
        self.lines.append("  " * len(self.open) + f"</{name}>")

    def leaf(self, name, text="", **attributes):
        tail = f">{escape(str(text))}</{name}>" if str(text) else "/>"
        self.lines.append("  " * len(self.open) + f"<{name}{self._attributes(attributes)}{tail}")

    @staticmethod
    def _attributes(attributes):
        return "".join(f" {key.replace('__', '-')}={quoteattr(str(value))}" for key, value in attributes.items())

    def text(self):
        return "\n".join(self.lines) + "\n"


def blocks(path):
    """Blocks of "key: value" lines; each a list of pairs in order."""
    found, block = [], []
    for line in path.read_text(encoding="utf-8").splitlines() + [""]:
        if line.startswith("#"):
            continue
        if not line.strip():
            if block:
                found.append(block)
            block = []
            continue
        key, _, value = line.partition(":")
        block.append((key.strip(), value.strip()))
    return found


def all_of(block, key):
    return [value for name, value in block if name == key]


def one(block, key, default=""):
    values = all_of(block, key)
    return values[0] if values else default


def simple_date(xml, date):
    for name, value in zip(("Year", "Month", "Day"), date):
        xml.leaf(name, int(value))


def period(xml, day):
    date = day.split("-")
    xml.start("DatePeriod", CalendarTypeID=1, YearFixed="false", MonthFixed="false", DayFixed="false")
    for end in ("Start", "End"):
        xml.start(end, Approximate="false", YearFixed="false", MonthFixed="false", DayFixed="false")
        for side in ("From", "To"):
            xml.start(side)
            simple_date(xml, date)
            xml.end()
        xml.end()
    xml.end()


class Advanced:
    """One ADVANCED file: collects locations, documents and parties, then writes them in the order of the schema."""

    def __init__(self, parties):
        self.parties = parties
        self.locations = []      # (id, street, city, country, feature version)
        self.documents = []
        self.features = {}       # uid -> [(feature id, type, kind, value)]
        self.names = {}          # uid -> [(alias key, script, [(part, text, group id)], name id)]
        for party in parties:
            self._prepare(party)

    def _prepare(self, party):
        uid, person = int(one(party, "party")), one(party, "kind") == "person"
        number = uid * 1000
        names = []
        for key, value in party:
            if key not in ALIASES:
                continue
            number += 1
            script, text = ("Kore", value.split(" ", 1)[1]) if key == "script" else ("Latn", value)
            if person and script == "Latn" and ", " in text:
                last, first = text.split(", ", 1)
                parts = [("last", last), ("first", first)]
            elif person:
                parts = [("last", text[:1]), ("first", text[1:])] if script == "Kore" else [("last", text)]
            else:
                parts = [("entity", text)]
            groups = []
            for offset, (part, piece) in enumerate(parts):
                groups.append((part, piece, number * 10 + offset))
            names.append((key, script, groups, number))
        self.names[uid] = names
        features, number = [], uid * 1000
        for key, value in party:
            if key == "wallet":
                key, value = value.split(" ", 1)
            if key not in FEATURES:
                continue
            number += 1
            if key == "address":
                street, city, country = (piece.strip() for piece in value.split("|"))
                if street or city:
                    self.locations.append((number, street, city, country, number))
                    value = number
                else:
                    value = 1000000 + COUNTRIES[country][0]
            features.append((number, key, value))
        if one(party, "list") == "sdn":
            features.append((number + 1, "risk", RISK))
        self.features[uid] = features
        for key, value in party:
            if key in DOCUMENTS:
                words = value.split()
                dates = dict(zip(words[2::2], words[3::2]))
                self.documents.append((uid * 1000 + len(self.documents) + 1, key, uid, words[0], words[1], dates))

    def write(self):
        xml = Xml()
        xml.start("Sanctions", xmlns=NAMESPACE, Version=3)
        xml.start("DateOfIssue", CalendarTypeID=1)
        simple_date(xml, ISSUED)
        xml.end()
        self._references(xml)
        xml.start("Locations")
        for code, (country, _) in COUNTRIES.items():
            self._location(xml, 1000000 + country, "", "", code, None)
        for location in self.locations:
            self._location(xml, *location)
        xml.end()
        xml.start("IDRegDocuments")
        for document in self.documents:
            self._document(xml, *document)
        xml.end()
        xml.start("DistinctParties")
        for party in self.parties:
            self._party(xml, party)
        xml.end()
        xml.start("ProfileRelationships")
        number = 0
        for party in self.parties:
            uid = int(one(party, "party"))
            for link in all_of(party, "link"):
                relation, other = (int(word) for word in link.split())
                number += 1
                xml.start("ProfileRelationship", ID=number, From__ProfileID=uid, To__ProfileID=other, RelationTypeID=relation,
                          RelationQualityID=1, Former="false", SanctionsEntryID=uid)
                xml.leaf("Comment")
                xml.end()
        xml.end()
        xml.start("SanctionsEntries")
        for party in self.parties:
            self._entry(xml, party)
        xml.end()
        xml.start("SanctionsEntryLinks")
        xml.end()
        xml.end()
        return xml.text()

    def _references(self, xml):
        xml.start("ReferenceValueSets")

        def values(group, name, rows):
            xml.start(group)
            for text, attributes in rows:
                xml.leaf(name, text, **attributes)
            xml.end()

        used = {key for features in self.features.values() for _, key, _ in features}
        values("AliasTypeValues", "AliasType", [(text, {"ID": i}) for i, text in sorted(set(ALIASES.values()))])
        values("AreaCodeValues", "AreaCode", [(code, {"ID": i, "CountryID": i, "Description": text, "AreaCodeTypeID": 1})
                                              for code, (i, text) in COUNTRIES.items()])
        values("AreaCodeTypeValues", "AreaCodeType", [("ISO 3166 (2)", {"ID": 1})])
        values("CalendarTypeValues", "CalendarType", [("Gregorian", {"ID": 1})])
        values("CountryValues", "Country", [(text, {"ID": i, "ISO2": code}) for code, (i, text) in COUNTRIES.items()])
        values("CountryRelevanceValues", "CountryRelevance", [("PRIMARY", {"ID": 1413})])
        values("DecisionMakingBodyValues", "DecisionMakingBody", [("United States Treasury Department", {"ID": 1, "OrganisationID": 1})])
        values("DetailReferenceValues", "DetailReference", [(text, {"ID": i}) for text, i in DETAILS.items()])
        values("DetailTypeValues", "DetailType", [("DATE", {"ID": 1430}), ("LOOKUP", {"ID": 1431}), ("TEXT", {"ID": 1432}),
                                                  ("COUNTRY", {"ID": 1433}), ("LOCATION", {"ID": 1434})])
        values("DocNameStatusValues", "DocNameStatus", [("Primary Latin", {"ID": 1}), ("Others", {"ID": 2})])
        values("EntryEventTypeValues", "EntryEventType", [("Created", {"ID": 1})])
        values("EntryLinkTypeValues", "EntryLinkType", [("Unknown", {"ID": 1})])
        values("ExRefTypeValues", "ExRefType", [("Unknown", {"ID": 1})])
        values("FeatureTypeValues", "FeatureType", [(text, {"ID": i, "FeatureTypeGroupID": 1})
                                                    for key, (i, text) in FEATURES.items() if key in used])
        values("FeatureTypeGroupValues", "FeatureTypeGroup", [("Unknown", {"ID": 1})])
        values("IDRegDocDateTypeValues", "IDRegDocDateType", [("Issue Date", {"ID": 1480}), ("Expiration Date", {"ID": 1481})])
        values("IDRegDocTypeValues", "IDRegDocType", [(text, {"ID": i}) for i, text in DOCUMENTS.values()])
        values("IdentityFeatureLinkTypeValues", "IdentityFeatureLinkType", [("Unknown", {"ID": 1})])
        values("LegalBasisValues", "LegalBasis", [(text, {"ID": i, "LegalBasisShortRef": text, "LegalBasisTypeID": 1,
                                                          "SanctionsProgramID": 1}) for i, text in LEGAL_BASES.items()])
        values("LegalBasisTypeValues", "LegalBasisType", [("Unknown", {"ID": 1})])
        values("ListValues", "List", [(text, {"ID": i}) for i, text in LISTS.values()])
        values("LocPartTypeValues", "LocPartType", [("ADDRESS1", {"ID": 1451}), ("CITY", {"ID": 1454})])
        values("LocPartValueStatusValues", "LocPartValueStatus", [("Main", {"ID": 1})])
        values("LocPartValueTypeValues", "LocPartValueType", [("Unknown", {"ID": 1})])
        values("NamePartTypeValues", "NamePartType", [(text, {"ID": i}) for i, text in PARTS.values()])
        values("OrganisationValues", "Organisation", [("State", {"ID": 1, "CountryID": 11212})])
        values("PartySubTypeValues", "PartySubType", [("Unknown", {"ID": 3, "PartyTypeID": 2}), ("Unknown", {"ID": 4, "PartyTypeID": 1})])
        values("PartyTypeValues", "PartyType", [("Individual", {"ID": 1}), ("Entity", {"ID": 2})])
        values("RelationQualityValues", "RelationQuality", [("Unknown", {"ID": 1})])
        values("RelationTypeValues", "RelationType", [(text, {"ID": i, "Symmetrical": "false"}) for i, text in RELATIONS.items()])
        values("ReliabilityValues", "Reliability", [("Unknown", {"ID": 1})])
        values("SanctionsProgramValues", "SanctionsProgram", [("Unknown", {"ID": 1, "SubsidiaryBodyID": 1})] + [
            (text, {"ID": i, "SubsidiaryBodyID": 1}) for text, (i, _) in PROGRAMS.items()])
        values("SanctionsTypeValues", "SanctionsType", [("Program", {"ID": 1}), ("Block", {"ID": 1705})])
        values("ScriptValues", "Script", [(text, {"ID": i, "ScriptCode": code}) for i, text, code in SCRIPTS.values()])
        values("ScriptStatusValues", "ScriptStatus", [("Unknown", {"ID": 1})])
        values("SubsidiaryBodyValues", "SubsidiaryBody", [("Office of Foreign Assets Control",
                                                           {"ID": 1, "Notional": "false", "DecisionMakingBodyID": 1})])
        values("SupInfoTypeValues", "SupInfoType", [("Unknown", {"ID": 1})])
        values("TargetTypeValues", "TargetType", [("Unknown", {"ID": 1})])
        values("ValidityValues", "Validity", [("Valid", {"ID": 1}), ("Fraudulent", {"ID": 2})])
        xml.end()

    @staticmethod
    def _location(xml, number, street, city, country, feature):
        xml.start("Location", ID=number)
        xml.leaf("LocationAreaCode", AreaCodeID=COUNTRIES[country][0])
        xml.leaf("LocationCountry", CountryID=COUNTRIES[country][0], CountryRelevanceID=1413)
        for kind, text in ((1451, street), (1454, city)):
            if text:
                xml.start("LocationPart", LocPartTypeID=kind)
                xml.start("LocationPartValue", Primary="true", LocPartValueTypeID=1, LocPartValueStatusID=1)
                xml.leaf("Comment")
                xml.leaf("Value", text)
                xml.end()
                xml.end()
        if feature is not None:
            xml.leaf("FeatureVersionReference", FeatureVersionID=feature)
        xml.end()

    def _document(self, xml, number, kind, uid, text, country, dates):
        xml.start("IDRegDocument", ID=number, IDRegDocTypeID=DOCUMENTS[kind][0], IdentityID=uid,
                  IssuedBy__CountryID=COUNTRIES[country][0], ValidityID=1)
        xml.leaf("Comment")
        xml.leaf("IDRegistrationNo", text)
        xml.leaf("IssuingAuthority")
        for word, kind_of_date in (("issued", 1480), ("expires", 1481)):
            if word in dates:
                xml.start("DocumentDate", IDRegDocDateTypeID=kind_of_date)
                period(xml, dates[word])
                xml.end()
        xml.leaf("DocumentedNameReference", DocumentedNameID=self.names[uid][0][3])
        xml.end()

    def _party(self, xml, party):
        uid = int(one(party, "party"))
        xml.start("DistinctParty", FixedRef=uid)
        xml.leaf("Comment")
        xml.start("Profile", ID=uid, PartySubTypeID=4 if one(party, "kind") == "person" else 3)
        xml.start("Identity", **{"ID": uid, "FixedRef": uid, "Primary": "true", "False": "false"})
        names = self.names[uid]
        main = [name for name in names if name[0] in ("name", "script")]
        for group in [main] + [[name] for name in names if name not in main]:
            key = group[0][0]
            xml.start("Alias", FixedRef=uid, AliasTypeID=ALIASES[key][0], Primary=str(key == "name").lower(),
                      LowQuality=str(key == "weak").lower())
            for _, script, parts, number in group:
                xml.start("DocumentedName", ID=number, FixedRef=uid, DocNameStatusID=1 if key == "name" and script == "Latn" else 2)
                for _, text, part_group in parts:
                    xml.start("DocumentedNamePart")
                    xml.leaf("NamePartValue", text, NamePartGroupID=part_group, ScriptID=SCRIPTS[script][0], ScriptStatusID=1,
                             Acronym="false")
                    xml.end()
                xml.end()
            xml.end()
        xml.start("NamePartGroups")
        for _, _, parts, _ in names:
            for part, _, part_group in parts:
                xml.start("MasterNamePartGroup")
                xml.leaf("NamePartGroup", ID=part_group, NamePartTypeID=PARTS[part][0])
                xml.end()
        xml.end()
        xml.end()
        for number, key, value in self.features[uid]:
            xml.start("Feature", ID=number, FeatureTypeID=FEATURES[key][0])
            xml.start("FeatureVersion", ID=number, ReliabilityID=1)
            xml.leaf("Comment")
            if key == "birth":
                period(xml, value)
                xml.leaf("VersionDetail", DetailTypeID=1430)
            elif key in ("gender", "risk", "type", "target"):
                xml.leaf("VersionDetail", DetailTypeID=1431, DetailReferenceID=DETAILS[value])
            elif key == "nationality":
                xml.leaf("VersionDetail", DetailTypeID=1433)
                xml.leaf("VersionLocation", LocationID=1000000 + COUNTRIES[value][0])
            elif key == "address":
                xml.leaf("VersionLocation", LocationID=value)
            else:
                xml.leaf("VersionDetail", value, DetailTypeID=1432)
            xml.end()
            xml.leaf("IdentityReference", IdentityID=uid, IdentityFeatureLinkTypeID=1)
            xml.end()
        xml.end()
        xml.end()

    @staticmethod
    def _entry(xml, party):
        uid, programs = int(one(party, "party")), one(party, "programs").split()
        fixed = {"CalendarTypeID": 1, "YearFixed": "true", "MonthFixed": "true", "DayFixed": "true"}
        xml.start("SanctionsEntry", ID=uid, ProfileID=uid, ListID=LISTS[one(party, "list")][0])
        for number, program in enumerate(programs):
            xml.start("EntryEvent", ID=uid * 10 + number, EntryEventTypeID=1, LegalBasisID=PROGRAMS[program][1])
            xml.leaf("Comment")
            xml.start("Date", CalendarTypeID=1)
            simple_date(xml, one(party, "listed").split("-"))
            xml.end()
            xml.end()
        if one(party, "list") == "sdn":
            xml.start("SanctionsMeasure", ID=uid * 10, SanctionsTypeID=1705)
            xml.leaf("DatePeriod", **fixed)
            xml.end()
        for number, program in enumerate(programs):
            xml.start("SanctionsMeasure", ID=uid * 10 + number + 1, SanctionsTypeID=1)
            xml.leaf("Comment", program)
            xml.leaf("DatePeriod", **fixed)
            xml.end()
        xml.end()


def un_list(listings):
    xml = Xml()
    xml.start("CONSOLIDATED_LIST", **{"xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                                      "xsi:noNamespaceSchemaLocation": "https://www.un.org/sc/resources/sc-sanctions.xsd",
                                      "dateGenerated": "2025-11-04T00:00:00.000Z"})
    for group, kind, person in (("INDIVIDUALS", "INDIVIDUAL", True), ("ENTITIES", "ENTITY", False)):
        xml.start(group)
        for block in listings:
            if (one(block, "reference")[2] == "i") == person:
                un_record(xml, block, kind, person)
        xml.end()
    xml.end()
    return xml.text()


def un_record(xml, block, kind, person):
    reference = one(block, "reference")
    xml.start(kind)
    xml.leaf("DATAID", 9900000 + int(reference[4:]) + (500 if person else 0))
    xml.leaf("VERSIONNUM", 1)
    for tag, part in zip(("FIRST_NAME", "SECOND_NAME", "THIRD_NAME"), one(block, "name").split("|")):
        xml.leaf(tag, part)
    xml.leaf("UN_LIST_TYPE", "DPRK")
    xml.leaf("REFERENCE_NUMBER", reference)
    xml.leaf("LISTED_ON", one(block, "listed"))
    if one(block, "gender"):
        xml.leaf("GENDER", one(block, "gender"))
    xml.leaf("COMMENTS1", one(block, "comments"))

    def valued(tag, values):
        if values:
            xml.start(tag)
            for value in values:
                xml.leaf("VALUE", value)
            xml.end()

    valued("DESIGNATION", all_of(block, "designation"))
    valued("NATIONALITY", all_of(block, "nationality"))
    valued("LIST_TYPE", ["UN List"])
    valued("LAST_DAY_UPDATED", all_of(block, "updated"))
    qualities = {"aka": "Good" if person else "a.k.a.", "weak": "Low", "fka": "f.k.a."}
    aliases = [(qualities[key], value) for key, value in block if key in qualities] or [("", "")]
    for quality, alias in aliases:
        xml.start(f"{kind}_ALIAS")
        xml.leaf("QUALITY", quality)
        xml.leaf("ALIAS_NAME", alias)
        xml.end()
    for address in all_of(block, "address") or ["||"]:
        xml.start(f"{kind}_ADDRESS")
        street, city, country = address.split("|")
        if street:
            xml.leaf("STREET", street)
        if city:
            xml.leaf("CITY", city)
        xml.leaf("COUNTRY", country)
        xml.end()
    if person:
        for birth in all_of(block, "birth") or [""]:
            xml.start("INDIVIDUAL_DATE_OF_BIRTH")
            words = birth.split()
            xml.leaf("TYPE_OF_DATE", words[0] if words else "")
            if len(words) == 2:
                xml.leaf("DATE", words[1])
            for tag, year in zip(("FROM_YEAR", "TO_YEAR"), words[1:] if len(words) == 3 else []):
                xml.leaf(tag, year)
            xml.end()
        xml.leaf("INDIVIDUAL_PLACE_OF_BIRTH")
        for passport in all_of(block, "passport"):
            number, _, note = passport.partition(" ")
            xml.start("INDIVIDUAL_DOCUMENT")
            xml.leaf("TYPE_OF_DOCUMENT", "Passport")
            xml.leaf("NUMBER", number)
            xml.leaf("ISSUING_COUNTRY", "Democratic People's Republic of Korea")
            if note:
                xml.leaf("NOTE", note)
            xml.end()
        if not all_of(block, "passport"):
            xml.leaf("INDIVIDUAL_DOCUMENT")
    xml.leaf("SORT_KEY")
    xml.leaf("SORT_KEY_LAST_MOD")
    xml.end()


def main():
    parties = blocks(ROOT / "scripts/sample/ofac_parties.txt")
    of_list = lambda name: [party for party in parties if one(party, "list") == name]
    files = {
        "us_ofac_sdn/SDN_ADVANCED.XML": Advanced(of_list("sdn")).write(),
        "us_ofac_cons/CONS_ADVANCED.XML": Advanced(of_list("cons")).write(),
        "un_sc/consolidated.xml": un_list(blocks(ROOT / "scripts/sample/un_listings.txt")),
    }
    stale = []
    for name, text in files.items():
        path = ROOT / "feeds/sample" / name
        if "--check" in sys.argv[1:]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"feeds/sample/{name} is not what scripts/make_sample.py writes; run it")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
