class Suite:
    def test_0(self):
        pass
