"""suite.py FILE: runs a file of unittest and says what tools/tally counts: how many tests were announced and how many
passed. A skipped test has not passed; its reason is said."""
import os
import pathlib
import sys
import unittest

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here))
name = pathlib.Path(sys.argv[1]).stem
suite = unittest.defaultTestLoader.loadTestsFromName(name)
announced = suite.countTestCases()
print(f"[==========] {name}: Running {announced} test(s).", flush=True)
result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
lost = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
passed = result.testsRun - lost - len(result.skipped) - len(result.expectedFailures)
print(f"[  PASSED  ] {passed} test(s).")
for test, reason in result.skipped:
    print(f"[ NOT HERE ] 1 test(s): {test}: {reason}")
sys.stdout.flush()
os._exit(0 if result.wasSuccessful() and announced == result.testsRun else 1)
