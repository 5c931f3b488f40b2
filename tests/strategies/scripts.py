"""Hypothesis strategies for scripts: values that YAML must carry unchanged, and plain narration."""

from hypothesis import strategies as st

letters = st.characters(categories=("L", "N"), max_codepoint=0x2FFF)
words = st.text(letters, min_size=1, max_size=9)
sentences = st.lists(words, min_size=1, max_size=8).map(" ".join)
plain_texts = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\\“”„‘’{"), min_size=1, max_size=30
)
numbers = st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False, width=32)
names = st.text(st.characters(categories=["Ll"], max_codepoint=0x7F), min_size=1, max_size=8)
values = st.recursive(
    plain_texts | numbers | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
