"""Paper: a Typst template and its words, set as a PDF that a screen reader can follow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

PDF = "application/pdf"


def typeset(template: Path, words: Mapping[str, Any]) -> bytes:
    """The PDF. Typst reads the words as JSON (`sys.inputs.data`): nothing that anybody typed becomes Typst source.

    Raises typst.TypstError for words that the template cannot set, whatever they are written in.
    """
    inputs = {"data": json.dumps(words, ensure_ascii=False)}
    try:
        made: bytes = typst.compile(str(template), sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        # PDF/UA allows no sign that the fonts cannot draw. A name in another script must not lose its paper:
        # it is then tagged all the same, without claiming the standard.
        made = typst.compile(str(template), sys_inputs=inputs)
    return made
