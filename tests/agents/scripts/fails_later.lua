-- A seat that answers once and fails the second time.
return {
    name = "fails_later",
    summary = "fails when it is asked again",
    open = function() return {asked = 0} end,
    act = function(state)
        state.asked = state.asked + 1
        if state.asked == 2 then
            error("the second time is too much")
        end
    end,
}
