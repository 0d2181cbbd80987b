"""Reads a criterion, written in SQL's own words, into the closed nodes of the language.

SQLGlot only parses. Everything it can parse is refused unless it is on our short list, with the file, the line
and a sentence that says what to write instead. Its optimizer is never used: it answers wrongly at boundaries.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokenizer_core import TokenType

from simpul.engines.rules.comparisons import Operand, OperandError, compare, literal, within
from simpul.engines.rules.facts import FactKind, FactSpec
from simpul.engines.rules.language import All, Among, Any, AtLeast, IsTrue, Named, Node, Not, Operator

LONGEST_TEXT = 4_000
DEEPEST_NESTING = 25

_AGE_WORDS = ("AGE", "YEARS", "YEARS_UNTIL_YESTERDAY")

_OPERATORS: dict[type[exp.Expr], Operator] = {
    exp.LT: Operator.LESS,
    exp.LTE: Operator.AT_MOST,
    exp.GT: Operator.MORE,
    exp.GTE: Operator.AT_LEAST,
    exp.EQ: Operator.EQUAL,
    exp.NEQ: Operator.NOT_EQUAL,
}

_REFUSED: dict[type[exp.Expr], str] = {
    exp.Is: "IS is not allowed: 'not known' is an answer of its own, and asking for it would let a later answer "
    "turn a decided verdict. Leave it out",
    exp.Like: "LIKE is not allowed: make a choice fact and use = or IN",
    exp.ILike: "ILIKE is not allowed: make a choice fact and use = or IN",
    exp.Cast: "a change of type is not allowed: give the fact the right kind",
    exp.Case: "CASE is not allowed: say it with AND, OR and NOT",
    exp.Subquery: "a query inside a criterion is not allowed: make it a fact",
    exp.Select: "a query inside a criterion is not allowed: make it a fact",
    exp.Exists: "a query inside a criterion is not allowed: make it a fact",
    exp.Boolean: "TRUE and FALSE are not needed: write the fact itself, or NOT before it",
    exp.Null: "NULL is not allowed: a fact that is not given is not known by itself",
    exp.Block: "only one criterion may be written: remove the semicolon",
    exp.Literal: "a fixed value is not a criterion: compare a fact with it",
}


class RuleError(ValueError):
    """A rule that cannot be accepted: which file, which line, and a sentence that says why."""

    def __init__(self, file: str, line: int, sentence: str) -> None:
        self.file = file
        self.line = line
        self.sentence = sentence
        super().__init__(f"{file}:{line}: {sentence}" if file else sentence)


def parse(
    text: str,
    *,
    facts: Mapping[str, FactSpec],
    names: Mapping[str, Node] | None = None,
    file: str = "",
    line: int = 0,
) -> Node:
    """The node for a text such as `AGE(born) BETWEEN 6 AND 17 AND NOT cared_for`.

    names are conditions already read that the text may use: Named nodes as they are, others as criteria.
    A name hides a fact of the same name. Raises RuleError.
    """
    return _Reader(facts, names or {}, file, line).read(text)


class _Reader:
    """One text being read."""

    def __init__(
        self, facts: Mapping[str, FactSpec], names: Mapping[str, Node], file: str, line: int
    ) -> None:
        self.facts = facts
        self.names = names
        self.file = file
        self.line = line

    def read(self, text: str) -> Node:
        self._check_shape(text)
        try:
            tree = sqlglot.parse_one(text, dialect="postgres", into=exp.Condition)
        except ParseError as error:
            raise self._unreadable(error) from error
        except RecursionError:
            raise self._refusal("the text is nested too deeply") from None
        return self._condition(tree)

    def _check_shape(self, text: str) -> None:
        """Refuses what would make the parser slow, or hide words from the reader."""
        if not text.strip():
            raise self._refusal("the criterion is empty")
        if len(text) > LONGEST_TEXT:
            raise self._refusal(f"the text has {len(text)} characters; at most {LONGEST_TEXT} are read")
        try:
            tokens = sqlglot.tokenize(text, read="postgres")
        except TokenError:
            raise self._refusal("a quotation mark is opened and not closed") from None
        if any(token.comments for token in tokens) or "--" in text or "/*" in text:
            raise self._refusal("a comment inside a criterion is not allowed: write it above the line")
        depth = run = 0
        for token in tokens:
            depth += (token.token_type is TokenType.L_PAREN) - (token.token_type is TokenType.R_PAREN)
            run = run + 1 if token.token_type in (TokenType.NOT, TokenType.DASH) else 0
            if depth + run > DEEPEST_NESTING:
                raise self._refusal(f"the text is nested more than {DEEPEST_NESTING} deep")

    def _refusal(self, sentence: str, at: exp.Expr | None = None) -> RuleError:
        lines = [node.meta["line"] for node in at.walk() if "line" in node.meta] if at else []
        return RuleError(self.file, self.line + (min(lines) - 1 if lines else 0), sentence)

    def _unreadable(self, error: ParseError) -> RuleError:
        found = error.errors[0] if error.errors else {}
        near = found.get("highlight") or ""
        sentence = f"cannot be read at {near!r}" if near else "cannot be read"
        return RuleError(self.file, self.line + int(found.get("line") or 1) - 1, sentence)

    def _condition(self, tree: exp.Expr) -> Node:
        """Any part that is itself a yes or a no."""
        if isinstance(tree, exp.Paren):
            return self._condition(tree.this)
        if isinstance(tree, exp.Not):
            return Not(self._condition(tree.this))
        if isinstance(tree, exp.And):
            return All(tuple(self._condition(part) for part in tree.flatten(unnest=False)))
        if isinstance(tree, exp.Or):
            return Any(tuple(self._condition(part) for part in tree.flatten(unnest=False)))
        if isinstance(tree, exp.Column):
            return self._name(tree)
        if isinstance(tree, exp.Anonymous):
            return self._at_least(tree)
        if isinstance(tree, exp.Between):
            return self._between(tree)
        if isinstance(tree, exp.In):
            return self._among(tree)
        if type(tree) in _OPERATORS:
            return self._comparison(tree)
        raise self._refusal(self._why_refused(tree), tree)

    def _why_refused(self, tree: exp.Expr) -> str:
        for kind, sentence in _REFUSED.items():
            if isinstance(tree, kind):
                return sentence
        shown = tree.sql(dialect="postgres")
        if isinstance(tree, exp.Func):
            return f"{shown!r} is not allowed: the only functions are AGE, YEARS and AT_LEAST"
        return f"{shown!r} is not allowed: a criterion has no arithmetic, patterns or other operators of SQL"

    def _identifier(self, tree: exp.Expr) -> str:
        if not isinstance(tree, exp.Column) or not isinstance(tree.this, exp.Identifier):
            raise self._refusal(self._why_refused(tree), tree)
        if tree.this.quoted or tree.args.get("table"):
            raise self._refusal(
                f"{tree.sql(dialect='postgres')!r}: write a name plainly, without quotes or dots"
            )
        return tree.name

    def _spec(self, name: str, tree: exp.Expr) -> FactSpec:
        if name in self.facts:
            return self.facts[name]
        near = get_close_matches(name, [*self.names, *self.facts], n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise self._refusal(f"{name!r} is not known here{hint}", tree)

    def _name(self, tree: exp.Expr) -> Node:
        name = self._identifier(tree)
        if name in self.names:
            node = self.names[name]
            return node if isinstance(node, Named) else Named("criterion", name, node)
        spec = self._spec(name, tree)
        if spec.kind is not FactKind.BOOL:
            raise self._refusal(f"{name!r} is not a yes or no: compare it with something", tree)
        return IsTrue(name)

    def _at_least(self, tree: exp.Anonymous) -> Node:
        word = tree.name.upper()
        if word in _AGE_WORDS:
            raise self._refusal(f"{word} is a number: compare it, as in {word}(…) >= 18", tree)
        if word != "AT_LEAST":
            raise self._refusal(self._why_refused(tree), tree)
        count, *parts = tree.expressions or [exp.null()]
        if not isinstance(count, exp.Literal) or count.is_string or not count.name.isdecimal():
            raise self._refusal("AT_LEAST begins with a whole number: AT_LEAST(2, a, b, c)", tree)
        needed = int(count.name)
        if not 1 <= needed <= len(parts):
            raise self._refusal(
                f"AT_LEAST({needed}, …) of {len(parts)} conditions can never be in doubt", tree
            )
        nodes = tuple(self._condition(part) for part in parts)
        if len(set(nodes)) < len(nodes):
            raise self._refusal("AT_LEAST counts the same condition twice", tree)
        return AtLeast(needed, nodes)

    def _operand(self, tree: exp.Expr) -> Operand:
        """One side of a comparison."""
        tree = tree.unnest()
        if isinstance(tree, exp.Anonymous) and tree.name.upper() in _AGE_WORDS:
            return self._age(tree)
        if isinstance(tree, exp.Column):
            name = self._identifier(tree)
            if name in self.names:
                return Operand("yes or no", name)
            return Operand.of_fact(self._spec(name, tree))
        try:
            fixed = literal(tree)
        except OperandError as error:
            raise self._refusal(str(error), tree) from error
        if fixed is None:
            raise self._refusal(self._why_refused(tree), tree)
        return fixed

    def _age(self, tree: exp.Anonymous) -> Operand:
        word = tree.name.upper()
        if len(tree.expressions) != 1:
            raise self._refusal(f"{word} takes one date: {word}(born)", tree)
        name = self._identifier(tree.expressions[0])
        if name in self.names or self._spec(name, tree).kind is not FactKind.DATE:
            raise self._refusal(f"{word} takes a date, and {name!r} is not one", tree)
        return Operand("age", name, self.facts[name], until_yesterday=word == "YEARS_UNTIL_YESTERDAY")

    def _comparison(self, tree: exp.Expr) -> Node:
        left, right = self._operand(tree.this), self._operand(tree.expression)
        try:
            return compare(left, _OPERATORS[type(tree)], right)
        except OperandError as error:
            raise self._refusal(str(error), tree) from error

    def _between(self, tree: exp.Between) -> Node:
        if tree.args.get("symmetric"):
            raise self._refusal("SYMMETRIC is not allowed: write the smaller bound first", tree)
        sides = (self._operand(tree.args[part]) for part in ("this", "low", "high"))
        try:
            return within(*sides)
        except OperandError as error:
            raise self._refusal(str(error), tree) from error

    def _among(self, tree: exp.In) -> Node:
        operand = self._operand(tree.this)
        if not tree.expressions:
            raise self._refusal("a query inside a criterion is not allowed: list the choices", tree)
        if operand.kind != "choice" or operand.spec is None:
            raise self._refusal("IN is for choices: use = or BETWEEN for numbers, dates and ages", tree)
        try:
            values = [operand.choice(self._operand(part)) for part in tree.expressions]
        except OperandError as error:
            raise self._refusal(str(error), tree) from error
        if len(set(values)) < len(values):
            raise self._refusal(f"a choice of {operand.name!r} is listed twice", tree)
        if set(values) == set(operand.spec.choices):
            raise self._refusal(f"all choices of {operand.name!r} are listed: the answer is always yes", tree)
        return Among(operand.name, tuple(values))
