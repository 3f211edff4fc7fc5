// A real SMTP server on a free port of loopback. Prints its port, then as lines of JSON each message that it took, and the end of each connection.
// Recipients at refused.example are refused for good, those at later.example until the third attempt. Messages to held.example are answered once
// there was one to release.example. With --one-each it takes no second message over a connection and closes it, with --enough
// it does not close it, with --leaves it leaves after the first.
import { SMTPServer } from "smtp-server";

const attempts = new Map();
const held = [];
const has = (flag) => process.argv.includes(flag);
const server = new SMTPServer({
  hideSTARTTLS: has("--no-tls"),
  authOptional: !has("--auth"),
  allowInsecureAuth: true,
  disableReverseLookup: true,
  onAuth: ({ username, password }, _, done) =>
    username === "flick" && password === "stream" ? done(null, { user: username }) : done(new Error("Wrong password")),
  onMailFrom(_, session, done) {
    if (has("--enough") && session.hasSent) return done(Object.assign(new Error("Too many over this one"), { responseCode: 450 }));
    if (has("--one-each") && session.hasSent) return done(Object.assign(new Error("Enough over this one"), { responseCode: 421 }));
    done();
  },
  onRcptTo({ address }, _, done) {
    const tries = (attempts.get(address) ?? 0) + 1;
    attempts.set(address, tries);
    const refusal = (code) => Object.assign(new Error("Not taken"), { responseCode: code });
    if (address.endsWith("@refused.example")) return done(refusal(550));
    if (address.endsWith("@later.example") && tries < 3) return done(refusal(451));
    done();
  },
  onData(stream, session, done) {
    const parts = [];
    stream.on("data", (part) => parts.push(part));
    stream.on("end", () => {
      const { mailFrom, rcptTo } = session.envelope;
      const to = rcptTo.map((r) => r.address);
      const isTo = (domain) => to.some((address) => address.endsWith(`@${domain}`));
      session.hasSent = true;
      console.log(JSON.stringify({ from: mailFrom.address, to, text: Buffer.concat(parts).toString("latin1"), connection: session.id }));
      if (isTo("held.example")) return held.push(done);
      if (isTo("release.example")) held.splice(0).forEach((answer) => answer());
      done();
      if (has("--leaves")) server.connections.forEach((connection) => connection.id === session.id && connection.close());
    });
  },
  onClose({ id }) {
    console.log(JSON.stringify({ closed: id }));
  },
});
server.on("error", (fault) => console.error(fault.message));
server.listen(0, "127.0.0.1", () => console.log(server.server.address().port));
process.stdin.resume();
process.stdin.on("end", () => process.exit());
