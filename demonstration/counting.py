"""Count the pictures of a version of a dataset, digit by digit: it knows nothing of Hanse but $HANSE_DATASET_DIGITS."""

import os
from collections import Counter

from botocore.session import get_session


def main() -> None:
    bucket, _, prefix = os.environ["HANSE_DATASET_DIGITS"].removeprefix("s3://").partition("/")
    store = get_session().create_client("s3")
    pages = store.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    keys = [entry["Key"].removeprefix(prefix) for page in pages for entry in page.get("Contents", [])]
    for digit, pictures in sorted(Counter(key.partition("/")[0] for key in keys).items()):
        print(f"{digit}: {pictures} pictures")
    print(f"{len(keys)} in all")


if __name__ == "__main__":
    main()
