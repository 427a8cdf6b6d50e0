#!/usr/bin/env node
// boulware.js --connect ADDRESS --seat SEAT: an agent from proto/PROTOCOL.md and proto/nonpaper.proto alone, with zeromq and
// protobufjs from npm. It speaks version 1 and says so: where a negotiation needs more, the broker refuses it.
'use strict';

const path = require('path');
const { parseArgs } = require('util');
const protobuf = require('protobufjs');
const zmq = require('zeromq');
const { Preferences } = require('./preferences');
const { Boulware } = require('./strategy');

const MOST_BYTES = 4 << 20, DOSSIERS = 64;
const USAGE = 64, UNAVAILABLE = 69, PROTOCOL = 76, FAULT = 3;

class Ending extends Error {
    constructor(sentence, code) {
        super(sentence);
        this.code = code;
    }
}

const proto = process.env.NONPAPER_PROTO || path.join(__dirname, '..', '..', 'proto', 'nonpaper.proto');
const Frame = protobuf.loadSync(proto).lookupType('nonpaper.Frame');
const pack = (said) => Frame.encode(Frame.fromObject(said)).finish();

// A frame is one field: its key, its length, and nothing after it.
function saysOneThing(bytes) {
    let length = 0, at = 1;
    for (let shift = 1; at < bytes.length && at <= 5; shift *= 128) {
        length += (bytes[at] & 0x7f) * shift;
        if (bytes[at++] < 0x80) return bytes.length - at === length;
    }
    return false;
}

function unpack(bytes) {
    if (bytes.length > MOST_BYTES || !saysOneThing(bytes)) throw new Ending('a frame that does not say one thing', PROTOCOL);
    try {
        return Frame.toObject(Frame.decode(bytes), { longs: String, enums: String, defaults: true });
    } catch (error) {
        throw new Ending(`a frame that does not parse: ${error.message}`, PROTOCOL);
    }
}

class Agent {
    constructor() {
        this.dossiers = new Map();
        this.runs = new Map();
    }

    obey(orders) {
        for (const dossier of orders.dossier) {
            if ((dossier.number || 0) >= DOSSIERS) throw new Ending("a dossier's number is out of range", PROTOCOL);
            this.dossiers.set(dossier.number || 0, { dossier, preferences: null });
        }
        for (const opened of orders.openRun) this.open(opened);
        const answer = orders.grant.map((grant) => this.answer(grant));
        for (const run of orders.closeRun) this.runs.delete(run);
        return answer;
    }

    open(opened) {
        const known = this.dossiers.get(opened.dossier || 0);
        if (known === undefined || this.runs.has(opened.run)) throw new Ending('a run that cannot be opened', PROTOCOL);
        known.preferences = known.preferences || new Preferences(known.dossier);
        const { terms } = known.dossier;
        this.runs.set(opened.run, new Boulware(known.preferences, terms, opened.seat || 0, opened.strategy));
    }

    answer(grant) {
        const strategy = this.runs.get(grant.run);
        if (strategy === undefined) throw new Ending('a grant for a run that is not open', PROTOCOL);
        const reply = grant.occasion.map((occasion) => {
            for (const seen of occasion.observation) strategy.observe(seen);
            return strategy.act(Number(occasion.at || 0));
        });
        return { run: grant.run, reply };
    }
}

async function converse(socket, seat, welcomed) {
    const agent = new Agent();
    await socket.send(pack({ hello: { lowest: 1, highest: 1, seat, deterministic: true, software: 'boulware.js' } }));
    let seated = false;
    for await (const parts of socket) {
        if (parts.length !== 1) throw new Ending('a message of many parts', PROTOCOL);
        if (parts[0].length === 0) continue;
        const frame = unpack(parts[0]);
        if (frame.refused) throw new Ending(`the broker refused: ${frame.refused.text}`, frame.refused.why === 'VERSION' ? PROTOCOL : USAGE);
        if (frame.goodbye) return;
        if (frame.welcome) {
            seated = true;
            welcomed();
        } else if (frame.orders && seated) {
            const answer = agent.obey(frame.orders);
            if (answer.length > 0) await socket.send(pack({ answers: { answer } }));
        } else throw new Ending('what only an agent sends', PROTOCOL);
    }
}

async function main() {
    const { values } = parseArgs({ options: { connect: { type: 'string' }, seat: { type: 'string' }, patience: { type: 'string' } } });
    if (!values.connect || !values.seat) throw new Ending('usage: boulware.js --connect ADDRESS --seat SEAT', USAGE);
    const socket = new zmq.Dealer({ linger: 1000, maxMessageSize: MOST_BYTES });
    const impatience = setTimeout(() => end(new Ending(`nobody answers at ${values.connect}`, UNAVAILABLE)), 1000 * Number(values.patience || 20));
    let here = false;
    const welcomed = () => { here = true; clearTimeout(impatience); };
    // Frames that came before the broker went away are still obeyed: the socket is closed a moment later.
    socket.events.on('disconnect', () => { if (here) setTimeout(() => process.exit(0), 200); });
    socket.connect(values.connect);
    try {
        await converse(socket, values.seat, welcomed);
    } catch (error) {
        if (!(error instanceof Ending)) await socket.send(pack({ fault: { text: String(error.message).slice(0, 1000) } }));
        throw error;
    } finally {
        clearTimeout(impatience);
        socket.close();
    }
}

function end(error) {
    if (error) console.error(`boulware.js: ${error.message}`);
    process.exit(error ? error.code || FAULT : 0);
}

process.on('SIGINT', () => process.exit(130));
main().then(() => end(null), end);
