"""Answers what Kith answers of a log of events, by DuckDB, polars and pm4py, and tells what each takes.

    others.py FOLDER THREADS RUNS [CONTENDER ...]

FOLDER has the columns of the events, sorted by case and by order within it (case.bin: uint32, activity.bin: uint8, time.bin: int64, microseconds,
segment.bin: uint8), and answers.json: what is asked, and what Kith answered of all cases and of those that the filter leaves. Each contender's answers
are compared with these before anything is measured. Each line that is written is a JSON object: contender, operation, filtered, seconds (the best of RUNS). The exit status is 1 where an answer differs.
"""

import collections
import json
import os
import pathlib
import sys
import time

FOLDER, THREADS, RUNS = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
os.environ["POLARS_MAX_THREADS"] = str(THREADS)

import numpy as np  # noqa: E402  (polars reads the number of threads when it is imported)

ASKED = json.loads((FOLDER / "answers.json").read_text())
FIRST, SEGMENT = ASKED["first"], ASKED["segment"]
STEPS = [[ord(name) - 65 for name in names] for names in ASKED["steps"]]
WINDOW, (START, GOAL), (FROM, TO) = ASKED["window"], [ord(n) - 65 for n in ASKED["between"]], [ord(n) - 65 for n in ASKED["edge"]]
NONE = 255  # what follows the last event of a case


def column(name, kind):
    return np.fromfile(FOLDER / f"{name}.bin", dtype=kind)


def name(code):
    return chr(65 + int(code))


def frequencies(different, cases, most):
    """What answers.json has of variants and paths: without those that are as frequent as the last one, of which anybody may tell other ones."""
    last = min(most.values()) if different > len(most) else 0
    return {"different": different, "cases": cases, "most": {sequence: n for sequence, n in most.items() if n > last}}


class DuckDB:
    """On a table that is sorted by case, with the next activity and the time until it as columns."""

    def __init__(self):
        import duckdb

        self.db = duckdb.connect()
        self.db.execute(f"SET threads = {THREADS}")
        events = {"case_id": column("case", "<u4"), "activity": column("activity", "u1"), "time": column("time", "<i8"), "segment": column("segment", "u1")}
        self.db.register("columns", events)
        self.db.execute(f"""
            CREATE TABLE e AS SELECT *, chr(65 + activity) AS letter FROM (
                SELECT row_number() OVER () AS i, * FROM columns) ORDER BY i""")
        self.db.execute(f"""
            CREATE TABLE m AS SELECT *, coalesce(lead(activity) OVER w, {NONE})::UTINYINT AS next, lead(time) OVER w - time AS gap
            FROM e WINDOW w AS (PARTITION BY case_id ORDER BY i) ORDER BY i""")

    def where(self, filtered, other="true"):
        return f"WHERE {other}" + (f" AND segment = {SEGMENT}" if filtered else "")

    def rows(self, text):
        return self.db.execute(text).fetchall()

    def map(self, filtered):
        return {name(a) + name(b): n for a, b, n in self.rows(f"SELECT activity, next, count(*) FROM m {self.where(filtered, f'next <> {NONE}')} GROUP BY ALL")}

    def median(self, filtered):
        rows = self.rows(f"SELECT activity, next, median(gap) FROM m {self.where(filtered, f'next <> {NONE}')} GROUP BY ALL")
        return {name(a) + name(b): gap / 1e6 for a, b, gap in rows}

    def sequences(self, inner):
        rows = self.rows(f"""
            WITH v AS (SELECT s, count(*) AS n FROM ({inner}) GROUP BY s)
            SELECT s, n, (SELECT count(*) FROM v), (SELECT sum(n) FROM v) FROM v ORDER BY n DESC LIMIT {FIRST}""")
        return frequencies(rows[0][2], int(rows[0][3]), {s: n for s, n, _, _ in rows})

    def variants(self, filtered):
        return self.sequences(f"SELECT string_agg(letter, '' ORDER BY i) AS s FROM e {self.where(filtered)} GROUP BY case_id")

    def funnel(self, filtered):
        """The next event of each step behind each one of the step before, for all entries; the best one of a case counts."""
        text, last = "", "s1"
        for k, codes in enumerate(STEPS, 1):
            text += ", " if text else "WITH "
            text += f"e{k} AS (SELECT case_id, i, time FROM e {self.where(filtered, 'activity IN (' + ','.join(map(str, codes)) + ')')})"
            if k == 1:
                text += ", s1 AS (SELECT case_id, i, time AS entered FROM e1)"
            else:
                text += f""", s{k} AS (SELECT s.case_id, e{k}.i, s.entered FROM {last} s ASOF JOIN e{k}
                    ON s.case_id = e{k}.case_id AND s.i < e{k}.i WHERE e{k}.time <= s.entered + {WINDOW})"""
            last = f"s{k}"
        return list(self.rows(text + " SELECT " + ", ".join(f"(SELECT count(DISTINCT case_id) FROM s{k})" for k in range(1, len(STEPS) + 1)))[0])

    def paths(self, filtered):
        return self.sequences(f"""
            SELECT string_agg(letter, '' ORDER BY e.i) AS s FROM e JOIN (
                SELECT f.case_id, f.i AS begins, min(t.i) AS ends
                FROM (SELECT case_id, min(i) AS i FROM e {self.where(filtered, f'activity = {START}')} GROUP BY case_id) f
                JOIN e t ON t.case_id = f.case_id AND t.activity = {GOAL} AND t.i > f.i GROUP BY ALL) p
            ON e.case_id = p.case_id AND e.i BETWEEN p.begins AND p.ends GROUP BY e.case_id""")

    def byCase(self, filtered):
        top = ASKED["top"][int(filtered)]
        return len(self.rows(f"SELECT case_id FROM e {self.where(filtered)} GROUP BY case_id HAVING count(*) = {len(top)} AND string_agg(letter, '' ORDER BY i) = '{top}'"))

    def byEvent(self, filtered):
        return len(self.db.execute(f"SELECT DISTINCT case_id FROM m {self.where(filtered, f'activity = {FROM} AND next = {TO}')}").fetchnumpy()["case_id"])


class DuckDBPlain(DuckDB):
    """Without these columns: neighbours are found by a window."""

    def __init__(self):
        super().__init__()
        self.db.execute("DROP TABLE m")
        self.db.execute("""CREATE VIEW m AS SELECT *, coalesce(lead(activity) OVER w, 255)::UTINYINT AS next, lead(time) OVER w - time AS gap
            FROM e WINDOW w AS (PARTITION BY case_id ORDER BY i)""")

    variants = funnel = paths = byCase = None  # as they are with them


class Polars:
    """On columns of codes that are sorted by case."""

    def __init__(self):
        import polars

        self.pl = pl = polars
        letters = pl.Series([name(c) for c in range(25)])
        activity = column("activity", "u1")
        self.events = pl.DataFrame({"case_id": column("case", "<u4"), "activity": activity, "time": column("time", "<i8"), "segment": column("segment", "u1")})
        self.events = self.events.with_columns(letters[activity].alias("letter"), pl.arange(0, pl.len(), dtype=pl.UInt32).alias("i"))
        self.events = self.events.with_columns(pl.col("case_id").set_sorted(), pl.col("i").set_sorted())

    def of(self, filtered):
        events = self.events.lazy()
        return events.filter(self.pl.col("segment") == SEGMENT) if filtered else events

    def edges(self, filtered, *more):
        """Neighbours, by one code for both; the last event of a case has none."""
        pl = self.pl
        case = pl.col("case_id")
        both = pl.col("activity").cast(pl.UInt16) * 32 + pl.col("activity").shift(-1)
        return self.of(filtered).select(both.alias("edge"), (case == case.shift(-1)).alias("same"), *more).filter("same")

    def named(self, frame, value):
        return {name(e // 32) + name(e % 32): n for e, n in zip(frame["edge"].to_list(), frame[value].to_list())}

    def map(self, filtered):
        return self.named(self.edges(filtered).group_by("edge").agg(self.pl.len().alias("n")).collect(), "n")

    def median(self, filtered):
        time = self.pl.col("time")
        return self.named(self.edges(filtered, (time.shift(-1) - time).alias("gap")).group_by("edge").agg(self.pl.col("gap").median() / 1e6).collect(), "gap")

    def sequences(self, frame):
        pl = self.pl
        counted = frame.group_by("letter").agg(pl.len().alias("n")).collect()
        most = counted.top_k(FIRST, by="n")
        return frequencies(counted.height, int(counted["n"].sum()), dict(zip(most["letter"].to_list(), most["n"].to_list())))

    def variants(self, filtered):
        return self.sequences(self.of(filtered).group_by("case_id", maintain_order=True).agg(self.pl.col("letter").str.join("")).select("letter"))

    def funnel(self, filtered):
        pl, out, s = self.pl, [], None
        for codes in STEPS:
            e = self.of(filtered).filter(pl.col("activity").is_in(codes)).select("case_id", "i", "time")
            if s is None:
                s = e.select("case_id", "i", pl.col("time").alias("entered")).collect()
            else:
                e = e.with_columns(pl.col("i").alias("j")).collect()
                s = s.join_asof(e, on="i", by="case_id", strategy="forward", allow_exact_matches=False, check_sortedness=False)
                s = s.lazy().filter(pl.col("j").is_not_null() & (pl.col("time") <= pl.col("entered") + WINDOW)).select("case_id", pl.col("j").alias("i"), "entered").sort("i").collect()
            out.append(s["case_id"].n_unique())
        return out

    def paths(self, filtered):
        pl = self.pl
        begins = self.of(filtered).filter(pl.col("activity") == START).group_by("case_id").agg(pl.col("i").min().alias("begins"))
        ends = self.of(filtered).filter(pl.col("activity") == GOAL).select("case_id", "i")
        p = begins.join(ends, on="case_id").filter(pl.col("i") > pl.col("begins")).group_by("case_id").agg(pl.col("begins").first(), pl.col("i").min().alias("ends"))
        within = self.of(filtered).join(p, on="case_id", maintain_order="left").filter(pl.col("i").is_between(pl.col("begins"), pl.col("ends")))
        return self.sequences(within.group_by("case_id", maintain_order=True).agg(pl.col("letter").str.join("")).select("letter"))

    def byCase(self, filtered):
        pl, top = self.pl, ASKED["top"][int(filtered)]
        of = self.of(filtered).group_by("case_id", maintain_order=True).agg(pl.col("letter").str.join("")).filter(pl.col("letter") == top)
        return of.select("case_id").collect().height

    def byEvent(self, filtered):
        pl = self.pl
        return self.edges(filtered, pl.col("case_id")).filter(pl.col("edge") == FROM * 32 + TO).select(pl.col("case_id").unique()).collect().height


class PM4Py:
    """On a data frame that is sorted already, by the functions that its simple interface calls. It has no funnel."""

    def __init__(self):
        import pandas as pd
        from pm4py.algo.discovery.dfg.adapters.pandas import df_statistics
        from pm4py.algo.filtering.pandas.between import between_filter
        from pm4py.algo.filtering.pandas.paths import paths_filter
        from pm4py.algo.filtering.pandas.variants import variants_filter
        from pm4py.statistics.variants.pandas import get

        self.statistics, self.get, self.between, self.paths_filter, self.variants_filter = df_statistics, get, between_filter, paths_filter, variants_filter
        case, at, activity = column("case", "<u4"), column("time", "<i8"), column("activity", "u1")
        letters = np.array([name(c) for c in range(25)], dtype=object)
        self.events = pd.DataFrame({"case:concept:name": case, "concept:name": letters[activity], "time:timestamp": pd.to_datetime(at, unit="us", utc=True)})
        # It sorts by time, in any order where that is equal: a microsecond more for each event of a case keeps them apart.
        first = np.concatenate([[True], case[1:] != case[:-1]])
        place = np.arange(len(case)) - np.maximum.accumulate(np.where(first, np.arange(len(case)), 0))
        self.apart = self.events.assign(**{"time:timestamp": pd.to_datetime(at + place, unit="us", utc=True)})
        self.segment = column("segment", "u1") == SEGMENT

    def of(self, events, filtered):
        return events[self.segment] if filtered else events

    def edges(self, filtered, **how):
        got = self.statistics.get_dfg_graph(self.of(self.events, filtered).copy(deep=False), sort_caseid_required=False, sort_timestamp_along_case_id=False, **how)
        return {a + b: value for (a, b), value in got.items()}

    def map(self, filtered):
        return {edge: int(n) for edge, n in self.edges(filtered).items()}

    def median(self, filtered):
        return self.edges(filtered, measure="performance", perf_aggregation_key="median")

    def sequences(self, events):
        counted = collections.Counter({"".join(v): n for v, n in self.get.get_variants_count(events).items()})
        return frequencies(len(counted), counted.total(), dict(counted.most_common(FIRST)))

    def variants(self, filtered):
        return self.sequences(self.of(self.apart, filtered))

    funnel = None

    def paths(self, filtered):
        between = self.between.apply(self.of(self.apart, filtered), name(START), name(GOAL))
        return self.sequences(between[between["case:concept:name"].str.endswith("##@@0")])  # the first one of a case

    def byCase(self, filtered):
        return int(self.variants_filter.apply(self.of(self.apart, filtered), [tuple(ASKED["top"][int(filtered)])])["case:concept:name"].nunique())

    def byEvent(self, filtered):
        return int(self.paths_filter.apply(self.of(self.apart, filtered), [(name(FROM), name(TO))])["case:concept:name"].nunique())


CONTENDERS = {"duckdb": DuckDB, "duckdb-plain": DuckDBPlain, "polars": Polars, "pm4py": PM4Py}


def same(a, b):
    if isinstance(a, dict):
        return isinstance(b, dict) and a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, float) or isinstance(b, float):
        return abs(a - b) < 2e-6
    return a == b


def main():
    for which in sys.argv[4:] or CONTENDERS:
        contender = CONTENDERS[which]()
        for operation in ASKED["operations"]:
            ask = getattr(contender, operation)
            if ask is None:
                continue
            for filtered in (False, True):
                if not same(got := ask(filtered), want := ASKED["answers"][int(filtered)][operation]):
                    sys.exit(f"{which}: {operation}, filtered: {filtered}: it answers {str(got)[:2000]}, and Kith {str(want)[:2000]}")
                took = []
                for _ in range(RUNS):
                    began = time.perf_counter()
                    ask(filtered)
                    took.append(time.perf_counter() - began)
                print(json.dumps({"contender": which, "operation": operation, "filtered": filtered, "seconds": min(took)}), flush=True)


if __name__ == "__main__":
    main()
