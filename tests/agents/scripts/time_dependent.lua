-- Concession by the clock, written once more in Lua: agents/time_dependent.c with all that is behind it, move for
-- move. tests/agents/test_lua_twin.c holds one against the other.

local SLACK = 0.02       -- how far above its target a seat looks for a package that is nearer to the others
local MOST_ACCEPTANCES = 4
local MOST_REJECTIONS = 2

-- Utilities are whole billionths; so is what they are held against.
local function exactly(target)
    local scaled = target * 1e9
    local whole = scaled < 0 and -math.floor(0.5 - scaled) or math.floor(scaled + 0.5)
    return whole / 1e9
end

-- --- the curve ---

local function follow(self, host)
    local best = host.best()
    self.reservation = host.reservation()
    self.best = self.reservation
    if best and host.utility(best) > self.best then self.best = host.utility(best) end
end

local function target_at(self, host, at)
    if at >= host.deadline then return self.reservation end
    local share = at > 0 and at / host.deadline or 0.0
    local conceded = self.k + (1 - self.k) * share ^ self.exponent
    return exactly(self.reservation + (1 - conceded) * (self.best - self.reservation))
end

-- --- offers as this seat sees them ---

local function judges(host)
    return host.mediator ~= nil and host.mediator ~= host.seat
end

local function one_move_at_a_time(host)
    return host.turns or host.rounds
end

local function weigh(offer, host)
    for k, package in ipairs(offer.menu) do
        local worth = host.utility(package)
        offer.worth[k] = worth
        if not host.acceptable(package) then
            offer.merit[k] = "never"
        elseif host.complete(package) then
            offer.merit[k] = "by worth"
        else
            offer.merit[k] = worth > host.utility({}) and "always" or "never"
        end
    end
end

local function serves(offer, host, k)
    if offer.merit[k] ~= "by worth" then return offer.merit[k] == "always" end
    return offer.worth[k] >= host.reservation()
end

local function is_hopeless(offer, host)
    local needed = false
    for k, package in ipairs(offer.menu) do
        if serves(offer, host, k) then return false end
        needed = needed or host.needs(package)
    end
    return needed
end

local function best_complete(offer, host)
    local best
    for k, package in ipairs(offer.menu) do
        if host.complete(package) and (not best or offer.worth[k] > offer.worth[best]) then best = k end
    end
    return best
end

-- --- observing ---

local function see_offer(self, host, seen)
    if host.turns then
        for _, seat in ipairs(host.seats) do self.offers[seat].number = 0 end
    end
    local offer = self.offers[seen.seat]
    offer.number, offer.expires_at, offer.table = seen.offer, seen.expires_at, seen.table
    if seen.seat == host.seat then
        self.on_their_way = math.max(self.on_their_way - 1, 0)
        return
    end
    offer.menu, offer.worth, offer.merit, offer.accepted, offer.rejected = seen.menu, {}, {}, {}, false
    weigh(offer, host)
end

local function find_offer(self, host, number)
    for _, seat in ipairs(host.seats) do
        if number ~= 0 and self.offers[seat].number == number then return self.offers[seat] end
    end
end

local see = {offer = see_offer}

function see.withdrawal(self, host, seen)
    local offer = find_offer(self, host, seen.offer)
    if not offer then return end
    if offer == self.offers[seen.seat] then
        offer.number = 0
    elseif seen.seat == host.seat then
        offer.accepted[seen.package] = nil
    end
end

function see.lapse(self, host, seen)
    local offer = find_offer(self, host, seen.offer)
    if not offer then return end
    offer.number = 0
    if offer == self.offers[host.seat] then offer.menu = {} end
end

function see.refusal(self, host, seen)
    if seen.refused ~= "offer" then return end
    self.offers[host.seat].menu = {}
    self.on_their_way = math.max(self.on_their_way - 1, 0)
end

function see.signature(self) self.closed = true end

function see.appraisal(self) self.moved, self.stale = true, true end

see.accord, see.status_quo = see.appraisal, see.appraisal

-- The single text, as its mediator and its judges see it.
local function observe_text(self, host, seen)
    local text = self.text
    if not host.mediator then return end
    if seen.kind == "offer" then
        text.draft, text.number, text.said, text.yes = seen.menu[1], seen.offer, false, false
        text.final = text.text ~= nil and text.text == text.draft
    end
    if seen.kind == "accord" then text.text = nil end
    if text.number == 0 or seen.offer ~= text.number then return end
    if seen.kind == "acceptance" then
        local for_it = 0
        for _, seat in ipairs(seen.seats) do for_it = for_it + (seat ~= host.mediator and 1 or 0) end
        if for_it == #host.seats - 1 then text.text = text.draft end
    elseif seen.kind == "lapse" or seen.kind == "withdrawal" and seen.seat == host.mediator then
        text.number = 0
    end
end

-- --- answering ---

local function say(text, yes, reply)
    local room
    if yes then room = reply.accept(text.number) else room = reply.reject(text.number) end
    if room then text.said, text.yes = true, yes end
end

local function withdraw(reply, number, package)
    return reply.withdraw(number, package)
end

local function take_back_acceptances(offer, host, reply)
    for k in ipairs(offer.menu) do
        if offer.number ~= 0 and offer.accepted[k] and not serves(offer, host, k) then
            if not withdraw(reply, offer.number, k) then return false end
            offer.accepted[k] = nil
        end
    end
    return true
end

local function serves_wholly(offer, host)
    for k in ipairs(offer.menu) do
        if not serves(offer, host, k) then return false end
    end
    return true
end

local function take_back_offer(self, host, now, reply)
    local own = self.offers[host.seat]
    weigh(own, host)
    if own.number == 0 and self.on_their_way == 0 or serves_wholly(own, host) then return true end
    self.due = now
    if self.on_their_way > 0 then
        reply.wake(now + host.delay)
        return false
    end
    if not withdraw(reply, own.number, 1) then return false end
    own.number, own.menu = 0, {}
    return true
end

local function take_back(self, host, now, reply)
    if not self.moved or self.closed then return end
    local done = true
    if judges(host) then
        local text, draft = self.text, self.offers[host.mediator]
        local bound = text.number ~= 0 and text.number == draft.number and text.final and text.yes
        if bound and not serves(draft, host, 1) then say(text, false, reply) end
    else
        for _, seat in ipairs(host.seats) do
            if seat ~= host.seat then
                done = take_back_acceptances(self.offers[seat], host, reply) and done
            end
        end
        done = take_back_offer(self, host, now, reply) and done
    end
    self.moved = not done
end

local function clears(offer, k, target)
    if offer.merit[k] ~= "by worth" then return offer.merit[k] == "always" end
    return offer.worth[k] >= target
end

local function judge_text(self, host, target, reply)
    local text, draft = self.text, self.offers[host.mediator]
    if text.number == 0 or text.said or draft.number ~= text.number then return end
    if not text.final then
        local gain = host.utility(text.draft) - (text.text and host.utility(text.text) or 0)
        say(text, host.acceptable(text.draft) and (not text.text or gain > 0), reply)
    elseif clears(draft, 1, target) then
        say(text, true, reply)
    elseif is_hopeless(draft, host) then
        say(text, false, reply)
    end
end

local function is_own(self, host, where, package)
    if where ~= self.where or host.turns then return false end
    for _, mine in ipairs(self.offers[host.seat].menu) do
        if mine == package then return true end
    end
    return false
end

local function best_offered(self, host, at, target)
    local best, which
    for _, seat in ipairs(host.seats) do
        local offer = self.offers[seat]
        local open = seat ~= host.seat and offer.number ~= 0 and
                     (not offer.expires_at or at < offer.expires_at)
        for k, package in ipairs(offer.menu) do
            if open and not offer.accepted[k] and clears(offer, k, target) and
               (not best or offer.worth[k] > best.worth[which]) and
               not is_own(self, host, offer.table, package) then
                best, which = offer, k
            end
        end
    end
    return best, which
end

-- Says whether the turn is spent.
local function accept(self, host, now, target, reply)
    take_back(self, host, now, reply)
    if judges(host) then
        judge_text(self, host, target, reply)
        return false
    end
    for _ = 1, one_move_at_a_time(host) and 1 or MOST_ACCEPTANCES do
        local offer, k = best_offered(self, host, now + host.delay, target)
        if not offer or not reply.accept(offer.number, k) then return false end
        offer.accepted[k] = true
    end
    return one_move_at_a_time(host)
end

local function reject(self, host, reply)
    local made = 0
    if host.turns or judges(host) then return end
    for _, seat in ipairs(host.seats) do
        local offer = self.offers[seat]
        if made < MOST_REJECTIONS and seat ~= host.seat and offer.number ~= 0 and
           not offer.rejected and is_hopeless(offer, host) then
            if not reply.reject(offer.number) then return end
            offer.rejected = true
            made = made + 1
        end
    end
end

-- --- tabling ---

local function is_due(self, host, now)
    if host.turns then return true end
    if judges(host) then return false end
    return (host.rounds or now >= self.due) and now + 2 * host.delay <= host.deadline
end

-- Towards the seat that leaves this one least, the best of its menu.
local function reference(self, host)
    local package, least
    for _, seat in ipairs(host.seats) do
        local offer = self.offers[seat]
        local best = seat ~= host.seat and best_complete(offer, host)
        if best and (not package or offer.worth[best] < least) then
            package, least = offer.menu[best], offer.worth[best]
        end
    end
    return package
end

local function choose(self, host, target)
    local towards = reference(self, host)
    local found = towards and host.nearest(target, SLACK, towards) or host.at_least(target)
    if found then return found end
    found = host.best()
    return found and host.utility(found) >= host.reservation() and found or nil
end

local function offer(self, host, package, reply)
    local own, text = self.offers[host.seat], self.text
    local final_reading = host.mediator == host.seat and text.text ~= nil and not text.final and
                          text.text == package
    if not host.turns and not final_reading and #own.menu == 1 and own.menu[1] == package then return end
    if not reply.offer(package, {table = self.where}) then return end
    own.menu, own.worth, own.merit = {package}, {}, {}
    self.on_their_way = self.on_their_way + 1
end

local function wait(self, host, now, reply)
    local last_call = host.deadline - host.delay
    if one_move_at_a_time(host) or now >= last_call then return end
    if now >= self.due then
        local patience = math.max((host.deadline - now) // 2, math.max(self.every // 4, 2 * host.delay))
        self.due = now + math.max(math.min(patience, self.every), host.lookahead)
    end
    reply.wake(math.min(self.due, last_call))
end

-- --- the strategy ---

local function sit(host, name)
    if name == "" then return host.tables[1].id end
    for _, member in ipairs(host.tables[name] and host.tables[name].members or {}) do
        if member == host.seat then return name end
    end
end

return {
    name = "lua_time_dependent",
    summary = "concedes by the clock, in Lua",
    source = "Faratin, Sierra and Jennings 1998, time-dependent tactics: F(t) = k + (1 - k)(t/T)^(1/e)",
    parameters = {
        {name = "e", initial = 0.2, least = 0.01, most = 100, summary = "pace of concession; the smaller, the later"},
        {name = "k", initial = 0, least = 0, most = 1, summary = "share of the way conceded at once"},
        {name = "every", initial = 14, least = 0.01, most = 3650, summary = "days between offers that nobody prompted"},
        {name = "table", text = "", summary = "closed table at which it tables its offers; empty: the public one"},
    },

    open = function(host, arguments)
        local where = sit(host, arguments.table)
        if not where then return nil, "this seat is a member of no table \"" .. arguments.table .. "\"." end
        local self = {
            exponent = 1 / arguments.e, k = arguments.k, where = where,
            every = math.max(math.floor(arguments.every * host.day), 1),
            due = 0, on_their_way = 0, offers = {}, text = {number = 0},
        }
        for _, seat in ipairs(host.seats) do
            self.offers[seat] = {number = 0, menu = {}, worth = {}, merit = {}, accepted = {}}
        end
        follow(self, host)
        return self
    end,

    observe = function(self, host, seen)
        observe_text(self, host, seen)
        if see[seen.kind] then see[seen.kind](self, host, seen) end
    end,

    act = function(self, host, now, reply)
        if self.closed then return end
        if self.stale then
            self.stale = false
            for _, seat in ipairs(host.seats) do
                if seat ~= host.seat then weigh(self.offers[seat], host) end
            end
            follow(self, host)
        end
        local target = target_at(self, host, now + host.delay)
        if accept(self, host, now, target, reply) then return end
        reject(self, host, reply)
        if is_due(self, host, now) then
            local package = choose(self, host, target)
            if package then offer(self, host, package, reply) end
        end
        wait(self, host, now, reply)
    end,
}
