"""Reads every table of a run, CSV or Parquet, with pandas, polars and duckdb as they are, and compares types and values with the data package.

    python -m venv readers && readers/bin/pip install pandas polars duckdb pyarrow
    readers/bin/python tests/readers/check.py outputs/china-like-seed1
"""

import csv
import json
import math
import pathlib
import sys

import duckdb
import pandas
import polars

POLARS = {"integer": "Int64", "number": "Float64", "string": "String", "boolean": "Boolean"}
DUCKDB = {"integer": "BIGINT", "number": "DOUBLE", "string": "VARCHAR", "boolean": "BOOLEAN"}
PANDAS = {"integer": ("int64",), "number": ("float64",), "string": ("str", "object"), "boolean": ("bool",)}
# A column with empty cells: pandas has no whole numbers and flags with gaps unless told so.
PANDAS_WITH_GAPS = PANDAS | {"integer": ("float64",), "boolean": ("object",)}


def problems_of_csv(resource, path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    # polars takes a column for text that is empty in the first hundred rows, unless it may look at all of them.
    sparse = any(any(column) and not any(column[:100]) for column in zip(*rows))
    by_polars = polars.read_csv(path, infer_schema_length=None if sparse else 100)
    by_pandas, by_duckdb = pandas.read_csv(path), duckdb.read_csv(str(path))
    if not len(rows) == len(by_pandas) == len(by_polars) == by_duckdb.shape[0]:
        yield "other numbers of rows"
    if any(cell.lower() in ("nan", "inf", "-inf") for row in rows for cell in row):
        yield "a cell that is not finite"
    for index, field in enumerate(resource["schema"]["fields"]):
        name, kind = field["name"], field["type"]
        cells = [row[index] for row in rows]
        if not any(cells):
            continue
        expected = {"pandas": (PANDAS if all(cells) else PANDAS_WITH_GAPS)[kind], "polars": (POLARS[kind],), "duckdb": (DUCKDB[kind],)}
        found = {
            "pandas": str(by_pandas[name].dtype),
            "polars": str(by_polars[name].dtype),
            "duckdb": str(by_duckdb.types[by_duckdb.columns.index(name)]),
        }
        yield from (f"{name} is {kind}, but {reader} reads {found[reader]}" for reader in found if found[reader] not in expected[reader])
        if field.get("constraints", {}).get("required") and not all(cells):
            yield f"the key {name} has empty cells"
        if kind == "number":
            exact = [float(cell) if cell else None for cell in cells]
            if by_polars[name].to_list() != exact:
                yield f"polars reads other values of {name}"
            if [row[0] for row in by_duckdb.project(f'"{name}"').fetchall()] != exact:
                yield f"duckdb reads other values of {name}"
            if [None if value != value else value for value in by_pandas[name]] != exact:
                yield f"pandas reads other values of {name} (before version 3: float_precision='round_trip')"


def problems_of_parquet(resource, path):
    by_pandas, by_polars, by_duckdb = pandas.read_parquet(path), polars.read_parquet(path), duckdb.read_parquet(str(path))
    if not len(by_pandas) == len(by_polars) == by_duckdb.shape[0]:
        yield "other numbers of rows"
    for field in resource["schema"]["fields"]:
        name, kind = field["name"], field["type"]
        cells = by_polars[name].to_list()
        gaps = None in cells
        found = {
            "pandas": str(by_pandas[name].dtype),
            "polars": str(by_polars[name].dtype),
            "duckdb": str(by_duckdb.types[by_duckdb.columns.index(name)]),
        }
        expected = {"pandas": (PANDAS_WITH_GAPS if gaps else PANDAS)[kind], "polars": (POLARS[kind],), "duckdb": (DUCKDB[kind],)}
        if all(cell is None for cell in cells):
            expected["pandas"] = (found["pandas"],)
        yield from (f"{name} is {kind}, but {reader} reads {found[reader]}" for reader in found if found[reader] not in expected[reader])
        if field.get("constraints", {}).get("required") and gaps:
            yield f"the key {name} has gaps"
        if any(isinstance(cell, float) and not math.isfinite(cell) for cell in cells):
            yield f"{name} has a value that is not finite"
        if [row[0] for row in by_duckdb.project(f'"{name}"').fetchall()] != cells:
            yield f"duckdb reads other values of {name}"
        if [None if pandas.isna(value) else value for value in by_pandas[name]] != cells:
            yield f"pandas reads other values of {name}"
    metadata = {bytes(row[1]): bytes(row[2]) for row in duckdb.sql(f"SELECT * FROM parquet_kv_metadata('{path}')").fetchall()}
    if json.loads(metadata.get(b"datapackage.resource", b"null")) != resource:
        yield "the description in the file is not that of the data package"


def problems_of(resource, path):
    return (problems_of_parquet if resource["format"] == "parquet" else problems_of_csv)(resource, path)


def main(folder):
    failed = False
    for resource in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        problems = list(problems_of(resource, folder / resource["path"]))
        failed = failed or bool(problems)
        print(f"{resource['name']:<16}", "; ".join(problems) or "ok")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
