"""Python's answers are the program's, to the last bit: arithmetic, luck, worth, search and what a host comes to know."""
import json
import math
import os
import struct
import subprocess
import unittest

from nonpaper import real, wire
from nonpaper.host import Brief, Host
from nonpaper.luck import Luck, key_of
from nonpaper.inverse import InverseCache

CASES = 60


def number(digits):
    return struct.unpack(">d", bytes.fromhex(digits))[0]


def digits(number):
    if number != number:
        return "7ff8000000000000"
    return struct.pack(">d", number).hex()


def package(text):
    return None if text is None else bytes.fromhex(text)


def vectors():
    program = os.path.join(os.environ["NONPAPER_BINARY_DIR"], "python-tests", "vectors")
    lines = subprocess.run([program, str(CASES)], check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in lines.splitlines()]


class SameAnswers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.said = vectors()

    def all(self, key):
        found = [line[key] for line in self.said if key in line]
        self.assertGreater(len(found), 10, f"no vectors of {key}")
        return found

    def test_exp_log_pow_and_sqrt_have_the_same_bits(self):
        for case in self.all("real"):
            x, y = number(case[0]), number(case[1])
            got = [real.exp(x), real.log(x), real.pow(x, y), real.sqrt(x)]
            self.assertEqual([digits(g) for g in got], case[2:], (x, y))

    def test_streams_draw_the_same_numbers(self):
        for seed, name, first, second, words, unit, below, normal in self.all("luck"):
            self.assertEqual(key_of(seed, name), (first, second))
            luck = Luck(first, second)
            self.assertEqual([luck.u32() for _ in words], words)
            self.assertEqual(digits(luck.unit()), unit)
            self.assertEqual(luck.below(3000000000), below)
            self.assertEqual(digits(luck.normal()), normal)

    def cases(self):
        """Each question with the host that it is put to, which has heard all the news before it."""
        host, cache = None, InverseCache()
        for line in self.said:
            if "open" in line:
                orders = wire.read_frame(bytes.fromhex(line["open"])).orders
                dossier, opened = orders.dossier[0], orders.open_run[0]
                terms = wire.read_terms(dossier.terms)
                profile = wire.read_profile(dossier.profile, terms)
                library = wire.read_library(dossier.type, terms)
                luck = (opened.luck_first, opened.luck_second)
                host = Host(
                    Brief(opened.run, opened.seat, terms, profile, library, luck, opened.strategy), cache
                )
            elif "news" in line:
                for grant in wire.read_frame(bytes.fromhex(line["news"])).orders.grant:
                    for occasion in grant.occasion:
                        for one in occasion.observation:
                            host._take(wire.read_observation(one, host._terms, host.seat))
            elif host is not None:
                yield host, line

    def test_packages_are_worth_the_same(self):
        asked = 0
        for host, line in self.cases():
            if "package" not in line:
                continue
            what, at, *want = line["package"]
            it = package(what)
            got = [
                digits(host.utility(it)),
                digits(host.value_at(it, at)),
                host.acceptable(it),
                host.needed(it),
                digits(host.durability(it)),
                digits(host.audience_cost(it)),
            ]
            self.assertEqual(got, want, (host._brief.run, what))
            asked += 1
        self.assertGreater(asked, CASES * 10)

    def test_searches_find_the_same(self):
        exact = bounded = 0
        for host, line in self.cases():
            if "search" not in line:
                continue
            is_exact, best, target, slack, reference, least, near, issue, option, with_it = line["search"]
            exact, bounded = exact + is_exact, bounded + (not is_exact)
            where = (host._brief.run, is_exact)
            self.assertEqual(host.exact(), is_exact, where)
            self.assertEqual(host.best(), package(best), where)
            self.assertEqual(host.at_least(number(target)), package(least), where)
            found = host.nearest(number(target), number(slack), package(reference))
            self.assertEqual(found, package(near), where)
            self.assertEqual(host.best_with(issue, option), package(with_it), where)
        self.assertGreater(exact, 10)
        self.assertGreater(bounded, 10)

    def test_lists_and_walks_of_ranked_spaces_are_the_same(self):
        listed = 0
        for host, line in self.cases():
            if "walk" in line:
                least, most, room, packages, after, following = line["walk"]
                got = host.between(number(least), number(most), room)
                self.assertEqual([p.hex() for p in got], packages, host._brief.run)
                self.assertEqual(host.next_best(package(after)), package(following), host._brief.run)
                listed += len(got)
        self.assertGreater(listed, 100)

    def test_what_a_host_comes_to_know_is_the_same(self):
        beliefs = 0
        for host, line in self.cases():
            if "self" not in line:
                continue
            got = [host.reservation()]
            got += [host.seen(i) for i in range(len(host.variable))]
            got += [host.level(i) for i in range(len(host.lever))]
            about = package(line["about"])
            for seat in range(host.seats):
                for type_ in range(host.types(seat)):
                    got += [host.belief(seat, type_), host.type_utility(seat, type_, about)]
                    beliefs += not math.isnan(got[-1])
            self.assertEqual([digits(g) for g in got], line["self"], host._brief.run)
        self.assertGreater(beliefs, 10)

    def test_walking_down_by_utility_meets_every_package_once(self):
        walked = 0
        for host, line in self.cases():
            if "search" not in line or not host.exact():
                continue
            listed = host.between(-1e6, 1e6, 300)
            worths = [host._search()._worth(p) for p in listed]
            order = list(zip([-w for w in worths], listed))
            self.assertEqual(order, sorted(order))
            self.assertEqual(len(set(listed)), len(listed))
            step, chain = host.next_best(), []
            while step is not None and len(chain) < 300:
                chain.append(step)
                step = host.next_best(step)
            self.assertEqual(chain, listed)
            walked += len(listed) > 20
        self.assertGreater(walked, 3)


if __name__ == "__main__":
    unittest.main()
