// A real SMTP server on a free port of loopback. Prints its port, then each message it took as a line of JSON.
// Recipients at refused.example are refused for good, those at later.example until the third attempt.
import { SMTPServer } from "smtp-server";

const attempts = new Map();
const server = new SMTPServer({
  hideSTARTTLS: process.argv.includes("--no-tls"),
  authOptional: !process.argv.includes("--auth"),
  allowInsecureAuth: true,
  disableReverseLookup: true,
  onAuth: ({ username, password }, _, done) =>
    username === "flick" && password === "stream" ? done(null, { user: username }) : done(new Error("Wrong password")),
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
      console.log(JSON.stringify({ from: mailFrom.address, to: rcptTo.map((r) => r.address), text: Buffer.concat(parts).toString("latin1") }));
      done();
    });
  },
});
server.on("error", (fault) => console.error(fault.message));
server.listen(0, "127.0.0.1", () => console.log(server.server.address().port));
process.stdin.resume();
process.stdin.on("end", () => process.exit());
