#!/usr/bin/env python3
"""Fits the weights of schemas/resolve_weights.json to adjudicated pairs by logistic regression.

    bench_resolve_pairs STORE > pairs.csv
    scripts/fit_resolve.py pairs.csv un_ofac_links_dev.csv [--write schemas/resolve_weights.json]

The labels name UN records and OFAC records (un_reference, ofac_ent_num, verdict same | different | absent | undecidable);
every candidate of a UN record that is known to be absent from OFAC counts as different. Other candidates of a record
whose OFAC side is known are left out: OFAC lists some twice, and the labels name one. Weights are kept on the
side that their name says (evidence that agrees never lowers, what contradicts never raises), ridge-penalised, and the
figures printed are five-fold cross-validated.
"""
import argparse
import csv
import json
import math

FEATURES = ("name names_agree birth_agrees birth_contradicts identifier_agrees identifier_contradicts nationality_agrees "
            "nationality_contradicts place_agrees regime_agrees regime_contradicts gender_contradicts mutual_best same_dataset "
            "organisation").split()
SIGN = {name: (-1 if "contradicts" in name or name == "same_dataset" else 0 if name == "organisation" else 1) for name in FEATURES}
# Too rare in the labels to be fitted, or never without a best mutual name there: set by what they mean, and kept.
FIXED = {"birth_agrees": 0.3, "identifier_contradicts": -4.0, "gender_contradicts": -2.0, "same_dataset": -2.0}


def load(pairs_file, labels_file):
    verdicts, settled = {}, set()  # settled: UN records that OFAC does not list
    for row in csv.DictReader(open(labels_file, encoding="utf-8")):
        un = f"unsc-{row['un_reference']}"
        verdicts[un, f"ofac-{row['ofac_ent_num']}"] = row["verdict"]
        if row["verdict"] == "absent":
            settled.add(un)
    rows, found = [], set()
    for row in csv.DictReader(open(pairs_file, encoding="utf-8")):
        ids = (row["one"], row["other"])
        un = next((i for i in ids if i.startswith("unsc-")), None)
        ofac = next((i for i in ids if i.startswith("ofac-")), None)
        if un is None or ofac is None:
            continue
        verdict = verdicts.get((un, ofac), "different" if un in settled else None)
        if verdict not in ("same", "different"):
            continue
        found.add((un, ofac))
        x = [float(row[f]) for f in FEATURES]
        rows.append(((un, ofac), x, int(verdict == "same"), corroborated(x, int(row["words"]))))
    same = {pair for pair, verdict in verdicts.items() if verdict == "same"}
    return rows, same - found, len(same)


def fit(rows, rounds=6000, rate=0.8, ridge=0.0005):
    weights = [FIXED.get(f, 0.0) for f in FEATURES]
    bias, n = 0.0, len(rows)
    for _ in range(rounds):
        gradient, bias_gradient = [0.0] * len(FEATURES), 0.0
        for _, x, y, _ in rows:
            error = 1 / (1 + math.exp(-max(-40, min(40, bias + sum(w * v for w, v in zip(weights, x)))))) - y
            bias_gradient += error
            for i, value in enumerate(x):
                if value:
                    gradient[i] += error * value
        bias -= rate * bias_gradient / n
        for i, name in enumerate(FEATURES):
            if name in FIXED:
                continue
            weights[i] -= rate * (gradient[i] / n + ridge * weights[i])
            if SIGN[name] > 0:
                weights[i] = max(0.0, weights[i])
            elif SIGN[name] < 0:
                weights[i] = min(0.0, weights[i])
    return weights, bias


def probability(weights, bias, x):
    return 1 / (1 + math.exp(-(bias + sum(w * v for w, v in zip(weights, x)))))


def corroborated(x, words):
    """The rule of resolve::merges, in src/resolve/pairs.cpp: enough beside the name."""
    value = dict(zip(FEATURES, x))
    if value["identifier_agrees"]:
        return True
    if value["organisation"]:
        return value["regime_agrees"] + value["nationality_agrees"] + value["place_agrees"] >= 1
    if value["name"] >= 2.7 and value["names_agree"] >= 1 and words >= 3 and value["regime_agrees"] and not value["birth_contradicts"]:
        return True
    return value["birth_agrees"] >= 2 or (value["birth_agrees"] >= 1 and value["nationality_agrees"] + value["place_agrees"] >= 1)


def curve(scored, total):
    print("probability  merged  right  precision  recall")
    for threshold in (0.33, 0.5, 0.7, 0.8, 0.9, 0.94, 0.97, 0.99):
        chosen = [(y, pair) for p, y, pair, enough in scored if p >= threshold and enough]
        right = sum(y for y, _ in chosen)
        print(f"{threshold:>11}{len(chosen):>8}{right:>7}{right / max(1, len(chosen)):>11.4f}{right / total:>8.4f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs")
    parser.add_argument("labels")
    parser.add_argument("--write")
    parser.add_argument("--errors", type=float, default=None, help="print the wrong pairs at this probability")
    arguments = parser.parse_args()
    rows, missed, total = load(arguments.pairs, arguments.labels)
    print(f"{len(rows)} labelled candidate pairs, {sum(r[2] for r in rows)} same; {len(missed)} of {total} same pairs are no candidates")
    groups = sorted({r[0][0] for r in rows})
    fold = {group: i % 5 for i, group in enumerate(groups)}
    scored = []
    for k in range(5):
        weights, bias = fit([r for r in rows if fold[r[0][0]] != k])
        scored += [(probability(weights, bias, x), y, pair, enough) for pair, x, y, enough in rows if fold[pair[0]] == k]
    print("cross-validated:")
    curve(scored, total)
    if arguments.errors is not None:
        for p, y, pair, enough in sorted(scored, reverse=True):
            if (p >= arguments.errors) != bool(y):
                print(f"{p:.4f} {'same' if y else 'different'} {pair[0]} {pair[1]} enough={enough}")
        print("not candidates:", sorted(missed))
    weights, bias = fit(rows)
    for name, weight in zip(FEATURES, weights):
        print(f"  {name:<26}{weight:8.3f}")
    print(f"  {'bias':<26}{bias:8.3f}")
    if arguments.write:
        document = json.load(open(arguments.write, encoding="utf-8"))
        document["bias"] = round(bias, 4)
        document["weights"] = {name: round(weight, 4) for name, weight in zip(FEATURES, weights)}
        with open(arguments.write, "w", encoding="utf-8") as out:
            json.dump(document, out, indent=1)
            out.write("\n")


if __name__ == "__main__":
    main()
