"""An agent in JavaScript, written from PROTOCOL.md and nonpaper.proto alone, plays as the program does. Its libraries come from
npm; where they could not be fetched the tests say so and do not count as passed."""
import json
import os
import pathlib
import shutil
import unittest

from broker import BOULWARE, SOURCE, run

FOLDER = SOURCE / "agents" / "javascript"
PLACES = [SOURCE / "build" / "javascript" / "node_modules", FOLDER / "node_modules"]
BOULWARE_JS = str(FOLDER / "boulware.js")
HELLO = str(SOURCE / "configs" / "01-hello.yaml")


class JavaScript(unittest.TestCase):
    def setUp(self):
        node = shutil.which("node")
        place = next((place for place in PLACES if (pathlib.Path(place) / "zeromq").is_dir()), None)
        if node is None or place is None:
            self.skipTest("no node" if node is None else "zeromq and protobufjs are not there: npm ci in agents/javascript")
        os.environ["NODE_PATH"] = str(place)

    def compare(self, scenario, specification, *casts):
        """Each cast names, for some seats, who plays boulware there; the rest is as given."""
        digests = []
        for cast in casts:
            played = [word for seat, who in cast.items() for word in ("--strategy", f"{seat}={who}{specification}")]
            got, done = run(scenario, "--seed", "2", *played)
            self.assertIsNotNone(got, done.stderr)
            digests.append(got)
        self.assertEqual(digests, [digests[0]] * len(casts))

    def test_two_towns_one_digest(self):
        for specification in ("(e=0.5, every=3)", "(e=0.9, every=2)"):
            casts = [{"upper": "boulware", "lower": "boulware"}, {"upper": BOULWARE_JS, "lower": BOULWARE_JS},
                     {"upper": BOULWARE, "lower": BOULWARE_JS}]
            self.compare(HELLO, specification, *casts)

    def test_turns_over_a_pie_one_digest(self):
        pie = str(SOURCE / "configs" / "textbook" / "split-the-pie.yaml")
        self.compare(pie, "(e=0.4)", {"ann": "boulware"}, {"ann": BOULWARE_JS})

    def test_it_speaks_version_1_and_is_told_where_that_is_not_enough(self):
        riyadh = str(SOURCE / "configs" / "riyadh-2025.yaml")
        _, done = run(riyadh, "--seed", "1", "--strategy", f"ukraine={BOULWARE_JS}")
        said = json.loads(done.stdout)
        self.assertEqual((said["verdict"], said["seat"]), ("breakdown", "ukraine"), done.stderr)


if __name__ == "__main__":
    unittest.main()
