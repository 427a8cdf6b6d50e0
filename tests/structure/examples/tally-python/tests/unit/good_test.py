class Suite:
    def test_0(self):
        pass
    def test_1(self):
        pass
