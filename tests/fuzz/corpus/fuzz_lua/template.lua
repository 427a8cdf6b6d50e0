-- A strategy for nonpaper, in Lua. Play it:
--
--     nonpaper run SCENARIO --strategy SEAT=mine.lua
--     nonpaper run SCENARIO --strategy "SEAT=mine.lua(e=0.5)"
--
-- It concedes by the clock, and accepts what is worth what it asks for. What `host` and `reply` offer is in
-- docs/strategies.md.

-- What the seat asks for at a moment: all at first, its reservation value at the deadline.
local function target_at(self, host, at)
    local reservation, best = host.reservation(), host.best()
    if not best then return reservation end
    local time = math.min(at / host.deadline, 1)
    return reservation + (1 - time ^ (1 / self.e)) * (host.utility(best) - reservation)
end

return {
    name = "mine",
    summary = "concedes by the clock",
    parameters = {
        {name = "e", initial = 0.5, least = 0.01, most = 100, summary = "pace; below 1 late, above 1 early"},
    },

    -- A run begins. What is returned is handed to the other functions.
    open = function(host, arguments)
        return {e = arguments.e, offers = {}, signed = false}
    end,

    -- The seat has come to know something.
    observe = function(self, host, seen)
        if seen.kind == "offer" and seen.seat ~= host.seat then
            if host.turns then self.offers = {} end
            self.offers[seen.seat] = {number = seen.offer, menu = seen.menu}
        elseif seen.kind == "withdrawal" or seen.kind == "lapse" then
            for seat, offer in pairs(self.offers) do
                if offer.number == seen.offer then self.offers[seat] = nil end
            end
        elseif seen.kind == "signature" then
            self.signed = true
        end
    end,

    -- The seat may move. A move takes effect `host.delay` seconds from now.
    act = function(self, host, now, reply)
        if self.signed then return end
        local target = target_at(self, host, now + host.delay)
        local towards
        for _, offer in pairs(self.offers) do
            for k, package in ipairs(offer.menu) do
                local good = host.acceptable(package) and host.utility(package) >= target
                if good and not offer.accepted then
                    offer.accepted = true
                    reply.accept(offer.number, k)
                    return
                end
                if host.complete(package) then towards = package end
            end
        end
        if host.mediator and host.mediator ~= host.seat then return end -- it judges, and does not draft
        local package = towards and host.nearest(target, 0.02, towards) or host.at_least(target)
        if package and (host.turns or package ~= self.last) then
            self.last = package
            reply.offer(package)
        end
        reply.wake(now + 7 * host.day)
    end,
}
