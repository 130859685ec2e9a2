"""Known items: does a reader who knows what they look for find it, typed right, with a slip, or in another script?

Look-ups are made from the sample records by seeded rules, half of them from Chinese records, and divided by a hash of
the record into a part to tune on and a part to report. What is right is defined by the data alone: the record looked
for, and every other that what was typed can't tell from it. Two texts are the same when their letters and digits are,
without case, accents, punctuation and the difference of traditional and simplified script (``texts.normal``).

- ISBN: every record that has the number, as ISBN-10 or ISBN-13.
- Call number: every record with a copy or a shelf mark of that number.
- Title: every record that bears the title: as title proper, with its subtitle, or as a variant, in any script.
- Author and title: of those, the ones with an agent of that name, or of the same authority as one of that name.
- A slip: every record with a title that is at most one change away from what was typed.
- Pinyin, initials: every record with a title of that pinyin or those initials, and those whose title reads just so.

Peer of the same run: SQLite FTS5 over the same records, whole words first, then trigrams.
"""
