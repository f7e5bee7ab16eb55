"""Makes a corpus of English from what Debian's packages hold, and sentences of the task's kind.

    python corpus.py FOLDER SENTENCES.jsonl PROMPTS.jsonl > corpus.jsonl

FOLDER is where packages were unpacked: paragraphs of more than 20 words of each page of HTML become one text
in English, and each quote of fortune's files of more than 12 words another. SENTENCES are pairs as
`piecrust task ioi` prints them: each clean prompt with its right answer is a text, but those of PROMPTS,
which are to be studied, are left out. Texts are shuffled with a fixed seed. Says on standard error what it
found. Needs Python 3 alone.
"""

import html.parser
import json
import random
import re
import sys
from pathlib import Path

PARAGRAPH_WORDS = 20
QUOTE_WORDS = 12
# Of the same book there are many translations.
PAGES = ("usr/share/doc/debian-handbook/html/en-US/*.html", "usr/share/debian-reference/*.en.html")
QUOTES = "usr/share/games/fortunes/*"
NO_PROSE = {"ascii-art", "translate-me"}


class Paragraphs(html.parser.HTMLParser):
    """The text of a page's paragraphs and list items."""

    BLOCKS = {"p", "li", "dd", "dt", "div", "td", "h1", "h2", "h3", "pre"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.parts = []
        self.verbatim = 0

    def end(self):
        text = " ".join("".join(self.parts).split())
        if len(text.split()) > PARAGRAPH_WORDS:
            self.found.append(text)
        self.parts = []

    def handle_starttag(self, tag, attributes):
        if tag in self.BLOCKS:
            self.end()
        self.verbatim += tag in ("pre", "script", "style")

    def handle_endtag(self, tag):
        if tag in self.BLOCKS:
            self.end()
        self.verbatim -= tag in ("pre", "script", "style")

    def handle_data(self, data):
        if not self.verbatim:
            self.parts.append(data)


def pages(folder):
    for pattern in PAGES:
        for file in sorted(folder.glob(pattern)):
            page = Paragraphs()
            page.feed(file.read_text(encoding="utf-8"))
            page.end()
            if page.found:
                yield "\n\n".join(page.found)


def quotes(folder):
    for file in sorted(folder.glob(QUOTES)):
        if file.suffix or file.is_symlink() or file.name in NO_PROSE:
            continue
        for quote in re.split(r"(?m)^%\s*$", file.read_text(encoding="utf-8", errors="replace")):
            text = " ".join(quote.split())
            if len(text.split()) > QUOTE_WORDS:
                yield text


def pairs(file):
    with open(file, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sentences(file, prompts):
    """Each once, and none that is to be studied, in its clean form or its corrupted one."""
    studied = {pair[key] for pair in pairs(prompts) for key in ("text_clean", "text_corr")}
    made = {}
    for pair in pairs(file):
        if pair["text_clean"] not in studied:
            made[f"{pair['text_clean']}{pair['io_clean']}."] = True
    return list(made)


def main(folder, generated, prompts):
    parts = {
        "pages": list(pages(Path(folder))),
        "quotes": list(dict.fromkeys(quotes(Path(folder)))),
        "sentences of the task's kind": sentences(generated, prompts),
    }
    texts = [text for part in parts.values() for text in part]
    for name, part in parts.items():
        words = sum(len(text.split()) for text in part)
        print(f"{len(part):,} {name}, {words:,} words", file=sys.stderr)
    if not parts["pages"]:
        sys.exit(f"{folder} has no pages of the packages, expected what dpkg-deb -x made of them")
    random.Random(0).shuffle(texts)
    for text in texts:
        print(json.dumps({"text": text}))


if __name__ == "__main__":
    main(*sys.argv[1:])
