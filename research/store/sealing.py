"""What is kept as it came is kept encrypted: AES-256-GCM, the key in a file of its own.

The key file is made when first needed, readable by its owner alone, beside the data folder
and not in it: a copy of the folder does not carry the key along. The database knows the key
by a mark, so that a lost key is noticed before another one is made.
"""

import base64
import binascii
import hashlib
import os
from pathlib import Path
from time import sleep

from sqlalchemy import insert, select

from research.errors import KeyLost
from research.store.database import Store
from research.store.schema import key_marks

MAGIC = b"KBS1"
KEY_BYTES, NONCE_BYTES = 32, 12
WAITS = 100
_MARK = b"klantbeeld key mark"
WAY_OUT = (
    "Put the file back, or say with KLANTBEELD_KEY_FILE where it is. Results that are there "
    "stay; files whose key is lost for good can be removed and added again."
)


def is_sealed(content: bytes) -> bool:
    """Whether the bytes are encrypted; what an older version wrote is not."""
    return content.startswith(MAGIC)


def seal(store: Store, content: bytes, about: str) -> bytes:
    """The bytes, encrypted; `about` ties them to their place. Raises `KeyLost`."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE_BYTES)
    return MAGIC + nonce + AESGCM(_key(store)).encrypt(nonce, content, about.encode())


def unseal(store: Store, content: bytes, about: str) -> bytes:
    """The bytes as they were before `seal`. Raises `KeyLost`."""
    if not is_sealed(content):
        return content
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = content[len(MAGIC) : len(MAGIC) + NONCE_BYTES]
    secret = content[len(MAGIC) + NONCE_BYTES :]
    try:
        return AESGCM(_key(store)).decrypt(nonce, secret, about.encode())
    except InvalidTag as error:
        raise KeyLost(_other(store.key_file)) from error


def seal_text(store: Store, text: str, about: str) -> str:
    """A text, encrypted, as text."""
    return base64.b64encode(seal(store, text.encode("utf-8", "surrogatepass"), about)).decode()


def unseal_text(store: Store, text: str, about: str) -> str:
    """The text as it was before `seal_text`."""
    content = unseal(store, base64.b64decode(text), about)
    return content.decode("utf-8", "surrogatepass")


def _key(store: Store) -> bytes:
    """The key; made when nothing was ever encrypted here. Raises `KeyLost`."""
    try:
        written = store.key_file.read_bytes()
    except FileNotFoundError:
        return _new_key(store)
    except OSError as error:
        raise KeyLost(
            f"The key file {store.key_file} cannot be read ({error.strerror})."
        ) from error
    key = _decoded(written, store.key_file)
    if _known_mark(store) is None:
        _keep_mark(store, key)
    return key


def _decoded(written: bytes, path: Path) -> bytes:
    try:
        key = base64.b64decode(written.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyLost(f"The key file {path} does not hold a key. {WAY_OUT}")
    return key


def _new_key(store: Store) -> bytes:
    if _known_mark(store) is not None:
        raise KeyLost(
            f"The key file {store.key_file} is gone, and without it what was kept as it came "
            f"cannot be read. {WAY_OUT}"
        )
    key = os.urandom(KEY_BYTES)
    try:
        handle = os.open(store.key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _decoded(_written(store.key_file), store.key_file)
    except OSError as error:
        raise KeyLost(
            f"The key file {store.key_file} cannot be made ({error.strerror}). Choose another "
            "place with KLANTBEELD_KEY_FILE."
        ) from error
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(key) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    _keep_mark(store, key)
    return key


def _written(path: Path) -> bytes:
    """The key that another process is writing at this moment."""
    for _ in range(WAITS):
        content = path.read_bytes()
        if content.endswith(b"\n"):
            break
        sleep(0.02)
    return content


def _other(path: Path) -> str:
    return (
        f"The key in {path} is not the one that this was encrypted with, or the data was "
        f"changed. {WAY_OUT}"
    )


def _known_mark(store: Store) -> bytes | None:
    with store.engine.connect() as connection:
        return connection.scalar(select(key_marks.c.mark).order_by(key_marks.c.id).limit(1))


def _keep_mark(store: Store, key: bytes) -> None:
    mark = hashlib.sha256(_MARK + key).digest()[:16]
    with store.engine.begin() as connection:
        connection.execute(insert(key_marks).prefix_with("OR IGNORE").values(id=1, mark=mark))
